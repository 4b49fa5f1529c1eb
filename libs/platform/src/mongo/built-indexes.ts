import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';

/** Lets no process serve before its unique indexes stand: rules such as one account per email rest on them. */
@Injectable()
export class BuiltIndexes implements OnApplicationBootstrap {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Throws when an index cannot be built. A process that connects only when it must (it writes a document) waits for nothing. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.connection.readyState === mongoose.ConnectionStates.disconnected) return;
    await Promise.all(Object.values(this.connection.models).map((model) => model.init()));
  }
}
