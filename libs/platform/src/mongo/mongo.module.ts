import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Environment } from '../config/environment.js';
import { BuiltIndexes } from './built-indexes.js';
import { CoalescedWrites } from './coalesced-writes.js';

/** The connection to MongoDB: acknowledged by a majority and journalled, so that nothing acknowledged is lost by a crash. */
@Global()
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => ({
        uri: environment.MONGODB_URI,
        maxPoolSize: environment.MONGODB_POOL_SIZE,
        writeConcern: { w: 'majority', journal: true },
        retryAttempts: 3,
        retryDelay: 500,
        serverSelectionTimeoutMS: 5000,
        lazyConnection: environment.MONGODB_CONNECT === 'when-used',
        // Tests count round trips; in production the driver need not tell each command.
        monitorCommands: environment.NODE_ENV === 'test',
      }),
    }),
  ],
  providers: [BuiltIndexes, CoalescedWrites],
  exports: [CoalescedWrites],
})
export class MongoModule {}
