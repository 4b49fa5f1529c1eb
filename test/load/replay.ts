import { Agent, type IncomingMessage, request } from 'node:http';
import type { AnyClientBulkWriteModel, Db, Document } from 'mongodb';
import { GroupCommit } from './group-commit.js';
import type { Command, Exchange, ProviderCall, Wave } from './plan.js';
import { type Template, templateOf, type Tokens, tokensIn } from './template.js';
import { textOf } from './tollbooth.js';

type Step = (flow: Tokens) => Promise<unknown>;

/** An exchange that can be done again by anybody. */
export interface Replayed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Template<unknown>;
  before(flow: Tokens): Promise<void>;
  after(flow: Tokens): Promise<void>;
}

const ACKNOWLEDGE_AFTER_MS = 50;

/** Does recorded commands and calls again, with the plain driver and the plain HTTP client of Node. */
export class Replay {
  private readonly writes: GroupCommit;
  private readonly acknowledgements: GroupCommit;
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly database: Db,
    private readonly providerUrl: string,
  ) {
    this.writes = new GroupCommit(database.client, { w: 'majority' });
    this.acknowledgements = new GroupCommit(database.client, { w: 1, afterMs: ACKNOWLEDGE_AFTER_MS });
  }

  /** How many writes met no document. */
  get missed(): number {
    return this.writes.missed + this.acknowledgements.missed;
  }

  compile({ status, headers, body, before, after }: Exchange): Replayed {
    return { status, headers, body: templateOf(JSON.parse(body) as unknown), before: this.inTurn(before), after: this.inTurn(after) };
  }

  private inTurn(waves: readonly Wave[]): (flow: Tokens) => Promise<void> {
    const steps = waves.map((wave) => ('call' in wave ? this.call(wave.call) : this.atOnce(wave.commands)));
    return async (flow) => {
      for (const step of steps) await step(flow);
    };
  }

  private atOnce(commands: readonly Command[]): Step {
    const steps = commands.map((command) => this.command(command));
    const [only] = steps;
    return only && steps.length === 1 ? only : (flow) => Promise.all(steps.map((step) => step(flow)));
  }

  private command({ name, command }: Command): Step {
    switch (name) {
      case 'find':
        return this.find(command);
      case 'bulkWrite':
        return this.bulkWrite(command);
      case 'insert':
        return this.insert(command);
      case 'update':
        return this.update(command);
      default:
        throw new Error(`The limit server does not know the command ${name}: teach it.`);
    }
  }

  private find({ find, filter, projection, sort, skip, limit, singleBatch }: Document): Step {
    const collection = this.database.collection(String(find));
    const options = { projection, sort, skip, limit, singleBatch };
    const filterOf = templateOf(filter as Document);
    return (flow) => collection.find(filterOf(flow), options).toArray();
  }

  private insert({ insert, documents }: Document): Step {
    const collection = this.database.collection(String(insert));
    const documentsOf = templateOf(documents as Document[]);
    return (flow) => Promise.all(documentsOf(flow).map((document) => collection.insertOne(document)));
  }

  private update({ update, updates }: Document): Step {
    const collection = this.database.collection(String(update));
    const updatesOf = templateOf(updates as { q: Document; u: Document; upsert?: boolean }[]);
    return (flow) => Promise.all(updatesOf(flow).map(({ q, u, upsert = false }) => collection.updateOne(q, u, { upsert })));
  }

  private bulkWrite({ ops, nsInfo, writeConcern }: Document): Step {
    const collections = (nsInfo as { ns: string }[]).map(({ ns }) => ns.slice(ns.indexOf('.') + 1));
    const namespace = (index: number): string => `${this.database.databaseName}.${collections[index]}`;
    const models = (ops as Document[]).map((op): AnyClientBulkWriteModel<Document> => {
      if (op['insert'] !== undefined) return { name: 'insertOne', namespace: namespace(op['insert']), document: op['document'] };
      if (op['delete'] !== undefined) return { name: 'deleteOne', namespace: namespace(op['delete']), filter: op['filter'] };
      const { filter, updateMods, upsert } = op;
      return { name: 'updateOne', namespace: namespace(op['update']), filter, update: updateMods, ...(upsert ? { upsert } : {}) };
    });
    const modelsOf = templateOf(models);
    const batch = writeConcern?.w === 1 ? this.acknowledgements : this.writes;
    return (flow) => batch.write(modelsOf(flow));
  }

  /** Calls the provider and takes over the ids that it gives out. */
  private call({ method, path, headers, body, answer }: ProviderCall): Step {
    const pathOf = templateOf(path);
    const headersOf = templateOf(headers as Record<string, string>);
    const bodyOf = templateOf(body);
    const recorded = idsOf(answer);
    return async (flow) => {
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { method, headers: headersOf(flow), agent: this.agent };
        request(new URL(pathOf(flow), this.providerUrl), options, resolve).once('error', reject).end(bodyOf(flow));
      });
      const text = await textOf(reply);
      if (reply.statusCode !== 200) throw new Error(`The provider answered ${reply.statusCode}: ${text}`);
      const given = idsOf(text);
      recorded.forEach((token, index) => flow.set(token, given[index] ?? token));
    };
  }
}

/** The ids that the provider gave out; the others in its answer are ours. */
function idsOf(answer: string): string[] {
  return tokensIn(answer).filter((token) => /^(?:pi|ch|pm|_secret)_/.test(token));
}
