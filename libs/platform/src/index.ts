export * from './config/clock.js';
export * from './config/config.module.js';
export * from './config/environment.js';
export * from './observability/execution-context.js';
export * from './mongo/index.js';
export * from './messaging/index.js';
export * from './redis/index.js';
export * from './http/index.js';
