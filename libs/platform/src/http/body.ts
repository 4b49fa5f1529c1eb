import type { FastifyInstance } from 'fastify';
import { DomainError } from '@daraa/kernel';
import type { HttpRequest } from './request-state.js';

/** A JSON body may be this large (bytes), this deep, and its lists this long. */
export const BODY_LIMIT = 100 * 1024;
const MAXIMUM_DEPTH = 10;
const MAXIMUM_LIST = 200;

/** Names that reach an object's prototype; no field is called so. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
// Lone surrogates cannot be stored as UTF-8, and NUL ends a string in too many places.
const NUL = '\u0000';

function refuse(field: string, message: string): never {
  throw new DomainError('VALIDATION_ERROR', { details: [{ field: field === '' ? 'body' : field, message }] });
}

/** True for text that can be stored and shown: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes(NUL) && isWellFormed(text);
}

function isWellFormed(text: string): boolean {
  // A surrogate that stands alone matches; one that is half of a pair does not, thanks to the `u` flag.
  return !/\p{Surrogate}/u.test(text);
}

/**
 * Refuses with `VALIDATION_ERROR`, naming the field, what no route wants: nesting below ten levels, lists of more than 200,
 * keys that reach a prototype, text that cannot be stored.
 */
export function inspectStructure(value: unknown, field = '', depth = 1): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) refuse(field, 'must be text without NUL and without broken characters');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAXIMUM_DEPTH) refuse(field, `must not be nested deeper than ${MAXIMUM_DEPTH} levels`);
  if (Array.isArray(value)) {
    if (value.length > MAXIMUM_LIST) refuse(field, `must not have more than ${MAXIMUM_LIST} items`);
    value.forEach((item, index) => inspectStructure(item, `${field}[${index}]`, depth + 1));
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const name = field === '' ? key : `${field}.${key}`;
    if (FORBIDDEN_KEYS.has(key)) refuse(name, 'must not be named so');
    if (!isStorableText(key)) refuse(field, 'must not have names with NUL or broken characters');
    inspectStructure(item, name, depth + 1);
  }
}

/**
 * Reads JSON bodies and nothing else: every other content type is refused by Fastify. An empty body is no body.
 * Routes under `rawBodyPrefix` keep their bytes, and what they hold is left to the signature.
 */
export function acceptJsonOnly(fastify: FastifyInstance, rawBodyPrefix: string): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request: HttpRequest, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    const signed = request.url.startsWith(rawBodyPrefix);
    if (signed) request.rawBody = bytes;
    const parsed = (error: Error | null, body?: unknown): void => {
      if (error || signed) return done(error, body);
      try {
        inspectStructure(body);
        done(null, body);
      } catch (refusal) {
        done(refusal as Error, undefined);
      }
    };
    void parse(request, bytes.toString('utf8'), parsed);
  });
}
