export { buildOpenApiDocument } from './document.js';
export { Operation } from './operation.js';
export type { OperationOptions, SuccessAnswer } from './operation.js';
