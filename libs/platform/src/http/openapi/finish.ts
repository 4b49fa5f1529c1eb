import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, schemasOf } from './operations-of.js';
import type { DocumentedSchema } from './operations-of.js';
import { describedTags } from './tags.js';

/** Says of every operation who may use it, lists the tags, and closes the schemas of request bodies, whose unknown fields are refused. */
export function finishOperations(document: OpenAPIObject): void {
  const operations = operationsOf(document);
  for (const operation of operations) operation.security ??= [];
  document.tags = describedTags(operations.flatMap((operation) => operation.tags ?? []));
  const schemas = schemasOf(document);
  for (const name of referredTo(
    operations.map((operation) => operation.requestBody ?? {}),
    schemas,
  )) {
    const schema = schemas[name];
    if (schema?.properties) schema.additionalProperties ??= false;
  }
}

/** The names of all schemas that `parts` refer to, directly or through others. */
function referredTo(parts: readonly object[], schemas: Readonly<Record<string, DocumentedSchema>>): Set<string> {
  const found = new Set<string>();
  const look = (part: object): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || found.has(name)) continue;
      found.add(name);
      const schema = schemas[name];
      if (schema) look(schema);
    }
  };
  parts.forEach(look);
  return found;
}
