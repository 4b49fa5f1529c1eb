import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
// Not by the front door, which loads the Stripe emulator as well: every integration test would wait for that.
import { withDatabase } from '../../libs/local/src/mongodb/database-uri.js';

/** A database for one test file alone. */
export interface FreshDatabase {
  readonly name: string;
  /** Connection string that names the database. */
  readonly uri: string;
  /** Removes the database with all it holds. */
  drop(): Promise<void>;
}

/** A database that nobody has used; it is dropped after the tests of the file that asked for it. */
export function freshDatabase(): FreshDatabase {
  const server = process.env['MONGODB_URI'];
  if (!server) throw new Error('MONGODB_URI is not set: run this file in the Jest projects int or e2e');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const uri = withDatabase(server, name);
  const drop = async (): Promise<void> => {
    const connection = await mongoose.createConnection(uri).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
  afterAll(drop);
  return { name, uri, drop };
}
