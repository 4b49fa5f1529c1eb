// The platform on one machine, for development, tests and demonstrations; never loaded in production.
export { type DataFolder, openDataFolder } from './data-folder/data-folder.js';
export { type LocalSecrets, loadSecrets } from './data-folder/secrets.js';
export { type LocalServer, type LocalServerOptions, type RequestHandler, startLocalServer } from './http/local-server.js';
export { type Inbox, type InboxOptions, startInbox } from './inbox/inbox.js';
export type { InboxMessage } from './inbox/message-store.js';
export { LocalPlatformError } from './local-platform-error.js';
export { databaseOf, withDatabase } from './mongodb/database-uri.js';
export { type EmbeddedMongoDb, type EmbeddedMongoDbOptions, startEmbeddedMongoDb } from './mongodb/embedded-mongodb.js';
export { describeExit, exitOf, type ProcessExit, type RunningProcess, stopChild } from './processes/child-process.js';
export { endOfLog, type NodeProgram, type NodeProgramOptions, type RunningProgram, startNodeProgram } from './processes/node-program.js';
export { freePort, requireFreePort } from './processes/ports.js';
export { type Supervised, type Supervision, supervise } from './processes/supervise.js';
export { type RedisServer, type RedisServerOptions, startRedisServer } from './redis/redis-server.js';
export { type LocalServices, type LocalServicesOptions, newWebhookSecret, startLocalServices } from './start-local-services.js';
export * from './stripe/index.js';
