import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, schemasOf } from './operations-of.js';
import type { DocumentedSchema } from './operations-of.js';

/** Gives every body and answer of the document an example, made from the examples of its fields. */
export function addExamples(document: OpenAPIObject): void {
  const schemas = schemasOf(document);
  for (const operation of operationsOf(document)) {
    for (const body of [operation.requestBody, ...Object.values(operation.responses ?? {})]) {
      const media = body?.content?.['application/json'];
      if (media?.schema && media.example === undefined && media.examples === undefined)
        media.example = exampleOf(media.schema, schemas, []);
    }
  }
}

/** `within` names the schemas that this one stands in: a tree is shown one level deep, not for ever. */
function exampleOf(schema: DocumentedSchema, schemas: Readonly<Record<string, DocumentedSchema>>, within: readonly string[]): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    const named = schemas[name];
    return named && !within.includes(name) ? exampleOf(named, schemas, [...within, name]) : undefined;
  }
  const [only] = schema.allOf ?? schema.oneOf ?? [];
  if (only) return exampleOf(only, schemas, within);
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    const examples = Object.entries(schema.properties).map(([name, property]) => [name, exampleOf(property, schemas, within)] as const);
    return Object.fromEntries(examples.filter(([, example]) => example !== undefined));
  }
  if (!schema.items) return undefined;
  const item = exampleOf(schema.items, schemas, within);
  return item === undefined ? [] : [item];
}
