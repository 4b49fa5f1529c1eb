import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { asDuplicateKey } from '../mongo/duplicate-key-error.js';

/** Who may do something now, and when it is due again. All times are MongoDB's, so that clocks of processes do not matter. */
export interface Lease {
  readonly _id: string;
  readonly holder: string;
  readonly until: Date;
  readonly startedAt: Date;
  readonly dueAt: Date;
}

/** How a lease is taken. All times in milliseconds. */
export interface LeaseTerms {
  /** Another process takes the lease over when its holder has not renewed it for this long. */
  readonly leaseMs: number;
  /** Not taken again before this long after its last start; 0 when absent. */
  readonly everyMs?: number;
  /** Taken even when it is not due yet. */
  readonly evenEarly?: boolean;
}

const NEVER = new Date(0);

/** Lets one process of the platform do something at a time: the collection `leases`, one document per name. */
@Injectable()
export class Leases {
  private readonly logger = new Logger('Leases');

  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Runs `work` when the lease is free and due, and renews it meanwhile; false when it is not. The signal is aborted when the
   * lease was lost, or when `stop` is: somebody else may begin then. Rejects with what `work` throws, or when MongoDB is away.
   */
  async whileHolding(name: string, terms: LeaseTerms, work: (signal: AbortSignal) => Promise<void>, stop?: AbortSignal): Promise<boolean> {
    const holder = randomUUID();
    if (!(await this.acquire(name, holder, terms))) return false;
    const lost = new AbortController();
    const renewal = setInterval(() => void this.keep(name, holder, terms.leaseMs, lost), terms.leaseMs / 3);
    try {
      await work(stop ? AbortSignal.any([lost.signal, stop]) : lost.signal);
    } finally {
      clearInterval(renewal);
      await this.release(name, holder, terms.everyMs ?? 0);
    }
    return true;
  }

  /** The leases as they stand, by name. */
  async list(): Promise<Lease[]> {
    return this.leases().find().sort({ _id: 1 }).toArray();
  }

  private async acquire(name: string, holder: string, terms: LeaseTerms): Promise<boolean> {
    if (await this.take(name, holder, terms)) return true;
    if (!(await this.isNew(name))) return false;
    return this.take(name, holder, terms);
  }

  private async take(name: string, holder: string, { leaseMs, evenEarly }: LeaseTerms): Promise<boolean> {
    const free = { $lte: ['$until', '$$NOW'] };
    const due = { $lte: ['$dueAt', '$$NOW'] };
    const taken = await this.leases().updateOne({ _id: name, $expr: evenEarly ? free : { $and: [free, due] } }, [
      { $set: { holder, until: { $add: ['$$NOW', leaseMs] }, startedAt: '$$NOW' } },
    ]);
    return taken.matchedCount === 1;
  }

  /** Inserts the lease, free and due, where there is none: MongoDB refuses `$expr` in the filter of an upsert. */
  private async isNew(name: string): Promise<boolean> {
    if (await this.leases().findOne({ _id: name }, { projection: { _id: 1 } })) return false;
    try {
      await this.leases().insertOne({ _id: name, holder: '', until: NEVER, startedAt: NEVER, dueAt: NEVER });
    } catch (error) {
      if (!asDuplicateKey(error)) throw error;
    }
    return true;
  }

  private async keep(name: string, holder: string, leaseMs: number, lost: AbortController): Promise<void> {
    try {
      const kept = await this.leases().updateOne({ _id: name, holder }, [{ $set: { until: { $add: ['$$NOW', leaseMs] } } }]);
      if (kept.matchedCount === 0) lost.abort(new Error(`The lease '${name}' was taken over.`));
    } catch (error) {
      // The next renewal tries again; when MongoDB stays away, the lease ends by itself.
      this.logger.warn({ message: `The lease '${name}' could not be renewed`, error });
    }
  }

  private async release(name: string, holder: string, everyMs: number): Promise<void> {
    try {
      // A tenth less than asked for, or timers that fire a moment early would miss every second turn.
      const dueAt = { $add: ['$startedAt', Math.floor(everyMs * 0.9)] };
      await this.leases().updateOne({ _id: name, holder }, [{ $set: { holder: '', until: NEVER, dueAt } }]);
    } catch (error) {
      this.logger.warn({ message: `The lease '${name}' could not be released; it ends by itself`, error });
    }
  }

  private leases() {
    return this.connection.collection<Lease>('leases');
  }
}
