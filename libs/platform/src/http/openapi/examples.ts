import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of a schema that an example can be made from. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly example?: unknown;
}

interface Media {
  readonly schema?: Schema;
  example?: unknown;
  readonly examples?: unknown;
}

interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

const DEEPEST = 12;
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** Gives every body and answer of the document an example, made from the examples of its fields. */
export function addExamples(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const item of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      if (!METHODS.has(method)) continue;
      const bodies = [operation.requestBody, ...Object.values(operation.responses ?? {})];
      for (const body of bodies) {
        const media = body?.content?.['application/json'];
        if (media?.schema && media.example === undefined && media.examples === undefined) media.example = exampleOf(media.schema, schemas, 0);
      }
    }
  }
}

function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth: number): unknown {
  if (schema.example !== undefined) return schema.example;
  if (depth > DEEPEST) return null;
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
    return named ? exampleOf(named, schemas, depth + 1) : null;
  }
  const [only] = schema.allOf ?? schema.oneOf ?? [];
  if (only) return exampleOf(only, schemas, depth + 1);
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const examples = Object.entries(schema.properties).map(([name, property]) => [name, exampleOf(property, schemas, depth + 1)] as const);
    return Object.fromEntries(examples.filter(([, example]) => example !== undefined));
  }
  if (schema.items) return [exampleOf(schema.items, schemas, depth + 1)];
  return undefined;
}
