// Starts the databases, tells which processes they are and waits to be killed; for tests of what happens then.
import path from 'node:path';
import { startEmbeddedMongoDb, startRedisServer } from '@daraa/local';

const [dataDir = ''] = process.argv.slice(2);
const mongodb = await startEmbeddedMongoDb({ dataDir: path.join(dataDir, 'mongodb') });
const redis = await startRedisServer({ dataDir: path.join(dataDir, 'redis') });
process.send?.({ mongodb: mongodb.pid, redis: redis.pid });
