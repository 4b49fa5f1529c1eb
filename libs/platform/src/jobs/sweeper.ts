import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { SYSTEM } from '@daraa/kernel';
import { MetricsRegistry } from '../observability/metrics-registry.js';
import { runInContext } from '../observability/execution-context.js';
import { decoratedMethods } from './decorated-methods.js';
import { Leases } from './leases.js';
import { sweptBy } from './sweep.js';
import type { SweepHandler, SweepOptions } from './sweep.js';
import { settledWithin } from './settled-within.js';

/** A sweep whose process was killed is taken over after this long (milliseconds). */
const LEASE_MS = 30_000;

/** Rare sweeps are looked at this often (milliseconds), so that a restart does not put them off by a whole turn. */
const LONGEST_TICK_MS = 30_000;

/** Running sweeps get this long to end when the process stops (milliseconds). */
const STOP_MS = 10_000;

interface RegisteredSweep extends SweepOptions {
  readonly handler: SweepHandler;
}

/** Runs the methods marked with `@Sweep`: each every `everyMs` in the whole platform, in one process at a time. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Sweeps');
  private readonly sweeps = new Map<string, RegisteredSweep>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly runs;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly schedule: SchedulerRegistry,
    private readonly leases: Leases,
    metrics: MetricsRegistry,
  ) {
    this.runs = metrics.counter({ name: 'sweeps_total', help: 'Runs of sweeps by outcome.', labelNames: ['name', 'outcome'] });
  }

  onApplicationBootstrap(): void {
    for (const { mark, name, call } of decoratedMethods<SweepOptions, SweepHandler>(this.discovery, sweptBy)) {
      if (this.sweeps.has(mark.name)) throw new Error(`Two sweeps are called '${mark.name}'; one is ${name}.`);
      this.sweeps.set(mark.name, { ...mark, handler: call });
      const timer = setInterval(() => this.tick(mark.name), Math.min(mark.everyMs, LONGEST_TICK_MS));
      this.schedule.addInterval(mark.name, timer);
      this.tick(mark.name);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const name of this.sweeps.keys()) if (this.schedule.doesExist('interval', name)) this.schedule.deleteInterval(name);
    this.stopping.abort(new Error('The process stops.'));
    const ended = await settledWithin([...this.running.values()], STOP_MS);
    if (!ended) this.logger.error(`Sweeps that did not end in time: ${[...this.running.keys()].join(', ')}`);
  }

  /** Runs one sweep now, due or not, and waits for it; false when it runs elsewhere at the moment. Rejects with what it throws. */
  async run(name: string): Promise<boolean> {
    await this.running.get(name);
    return this.sweep(this.find(name), true);
  }

  private tick(name: string): void {
    if (this.running.has(name) || this.stopping.signal.aborted) return;
    const run = this.sweep(this.find(name), false)
      .then(() => undefined)
      .catch((error: unknown) => this.logger.error({ message: `The sweep '${name}' failed`, error }))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
  }

  private async sweep({ name, everyMs, handler }: RegisteredSweep, evenEarly: boolean): Promise<boolean> {
    const work = async (signal: AbortSignal): Promise<void> => {
      try {
        await runInContext({ correlationId: randomUUID(), actor: SYSTEM }, () => handler(signal));
        this.runs.inc({ name, outcome: 'completed' });
      } catch (error) {
        this.runs.inc({ name, outcome: 'failed' });
        throw error;
      }
    };
    return this.leases.whileHolding(`sweep:${name}`, { leaseMs: LEASE_MS, everyMs, evenEarly }, work, this.stopping.signal);
  }

  private find(name: string): RegisteredSweep {
    const sweep = this.sweeps.get(name);
    if (!sweep) throw new Error(`There is no sweep '${name}' in this process.`);
    return sweep;
  }
}
