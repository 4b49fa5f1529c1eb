import type { CommandStartedEvent, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/** What the server did for one read. */
export interface QueryPlan {
  readonly stages: readonly string[];
  readonly documents: number;
  readonly returned: number;
}

/** Runs some reads and lets the server explain each of them, as it was sent. */
export async function plansOf(connection: Connection, read: () => Promise<unknown>): Promise<QueryPlan[]> {
  const commands: Document[] = [];
  const listen = (event: CommandStartedEvent) => {
    if (['find', 'aggregate', 'count', 'delete', 'findAndModify'].includes(event.commandName)) commands.push(event.command);
  };
  const client = connection.getClient();
  client.on('commandStarted', listen);
  try {
    await read();
  } finally {
    client.off('commandStarted', listen);
  }
  return Promise.all(commands.map((command) => explain(connection, command)));
}

async function explain(connection: Connection, command: Document): Promise<QueryPlan> {
  const { lsid: _session, $db: _database, $clusterTime: _time, $readPreference: _preference, writeConcern: _concern, ...plain } = command;
  const explained = await connection.db?.command({ explain: plain, verbosity: 'executionStats' });
  if (!explained) throw new Error('MongoDB is not connected.');
  const first = (explained['stages'] as Document[] | undefined)?.[0]?.['$cursor'] as Document | undefined;
  const stats = (explained['executionStats'] ?? first?.['executionStats']) as Document;
  const plan = (explained['queryPlanner'] ?? first?.['queryPlanner']) as Document;
  return { stages: [...stagesOf(plan['winningPlan'] as Document)], documents: Number(stats['totalDocsExamined']), returned: Number(stats['nReturned']) };
}

function stagesOf(plan: Document): Set<string> {
  const below = [plan['inputStage'], plan['queryPlan'], ...((plan['inputStages'] as Document[] | undefined) ?? [])];
  const stages = new Set(below.flatMap((each) => (each ? [...stagesOf(each as Document)] : [])));
  if (typeof plan['stage'] === 'string') stages.add(plan['stage']);
  return stages;
}
