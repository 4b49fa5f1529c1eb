import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { JobDefinition } from './job-definition.js';

/** What `JobsModule.register` leaves in the module of a context, so that it can be found. */
export class JobRegistration {
  constructor(readonly definition: JobDefinition<object>) {}
}

/** The kinds of job that modules of this process have registered. */
@Injectable()
export class RegisteredJobs {
  private known: ReadonlyMap<string, JobDefinition<object>> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  all(): readonly JobDefinition<object>[] {
    return [...this.byName().values()];
  }

  /** Throws an Error that says what to do when no module has registered the job. */
  get(name: string): JobDefinition<object> {
    const definition = this.byName().get(name);
    if (definition) return definition;
    throw new Error(`The job '${name}' is not registered: add it to JobsModule.register(…) in the module of its context.`);
  }

  private byName(): ReadonlyMap<string, JobDefinition<object>> {
    this.known ??= this.find();
    return this.known;
  }

  private find(): ReadonlyMap<string, JobDefinition<object>> {
    const found = new Map<string, JobDefinition<object>>();
    for (const { instance } of this.discovery.getProviders()) {
      if (!(instance instanceof JobRegistration)) continue;
      const { definition } = instance;
      const other = found.get(definition.name);
      if (other && other !== definition) throw new Error(`Two kinds of job are called '${definition.name}'.`);
      found.set(definition.name, definition);
    }
    return found;
  }
}
