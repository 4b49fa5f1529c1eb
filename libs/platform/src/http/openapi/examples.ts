import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, schemasOf } from './operations-of.js';
import type { DocumentedSchema } from './operations-of.js';

const DEEPEST = 12;

/** Gives every body and answer of the document an example, made from the examples of its fields. */
export function addExamples(document: OpenAPIObject): void {
  const schemas = schemasOf(document);
  for (const operation of operationsOf(document)) {
    for (const body of [operation.requestBody, ...Object.values(operation.responses ?? {})]) {
      const media = body?.content?.['application/json'];
      if (media?.schema && media.example === undefined && media.examples === undefined) media.example = exampleOf(media.schema, schemas, 0);
    }
  }
}

function exampleOf(schema: DocumentedSchema, schemas: Readonly<Record<string, DocumentedSchema>>, depth: number): unknown {
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
