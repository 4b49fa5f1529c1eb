export * from './aggregate-schema.js';
export * from './aggregate-store.js';
export * from './aggregates.module.js';
export * from './coalesced-writes.js';
export * from './duplicate-key-error.js';
export * from './insert-with-slug.js';
export * from './mongo.module.js';
export * from './read-page.js';
