import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of a schema that an example can be made from. */
export interface DocumentedSchema {
  readonly $ref?: string;
  readonly allOf?: readonly DocumentedSchema[];
  readonly oneOf?: readonly DocumentedSchema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, DocumentedSchema>>;
  readonly items?: DocumentedSchema;
  readonly example?: unknown;
  additionalProperties?: boolean | object;
}

/** One media type of a body or an answer. */
export interface DocumentedMedia {
  readonly schema?: DocumentedSchema;
  example?: unknown;
  readonly examples?: object;
}

interface DocumentedBody {
  readonly content?: Readonly<Record<string, DocumentedMedia>>;
}

/** An operation of an OpenAPI document, as far as it is worked on here. */
export interface DocumentedOperation {
  tags?: readonly string[];
  security?: readonly object[];
  readonly requestBody?: DocumentedBody;
  readonly responses?: Readonly<Record<string, DocumentedBody>>;
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** Every operation of the document. */
export function operationsOf(document: OpenAPIObject): DocumentedOperation[] {
  return Object.values(document.paths).flatMap((item) =>
    Object.entries(item as Record<string, DocumentedOperation>).flatMap(([method, operation]) => (METHODS.has(method) ? [operation] : [])),
  );
}

/** The schemas of the document by name. */
export function schemasOf(document: OpenAPIObject): Record<string, DocumentedSchema> {
  return (document.components?.schemas ?? {}) as Record<string, DocumentedSchema>;
}
