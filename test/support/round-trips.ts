import type { Connection } from 'mongoose';

/** What the driver says to the server by itself. */
const BACKGROUND = new Set(['hello', 'ping', 'isMaster', 'endSessions', 'createIndexes', 'create', 'listCollections']);

/** Counts the commands that a connection sends to MongoDB; each is one round trip. */
export class RoundTrips {
  private readonly seen: string[] = [];

  constructor(connection: Connection) {
    connection.getClient().on('commandStarted', ({ commandName }) => {
      if (!BACKGROUND.has(commandName)) this.seen.push(commandName);
    });
  }

  /** The commands that `work` sends until it is done, and what it returned. */
  async during<Result>(work: () => Promise<Result>): Promise<{ commands: string[]; result: Result }> {
    const start = this.seen.length;
    const result = await work();
    return { commands: this.seen.slice(start), result };
  }
}
