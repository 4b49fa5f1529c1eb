export * from './number-fields.js';
export * from './object-fields.js';
export * from './query-fields.js';
export * from './text-fields.js';
export type { FieldOptions } from './declare.js';
