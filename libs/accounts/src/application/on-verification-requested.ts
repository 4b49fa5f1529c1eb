import { Injectable } from '@nestjs/common';
import { JobQueue, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { VerificationRequested } from '../events.js';
import { SendVerification, verificationJob } from './jobs.js';

/** A message that is asked for is handed to the worker; where Redis is away, the sweep does it later. */
@Injectable()
export class OnVerificationRequested {
  constructor(private readonly jobs: JobQueue) {}

  @OnDomainEvent(VerificationRequested, 'accounts.enqueue-verification')
  async enqueue({ payload }: EventOf<typeof VerificationRequested>): Promise<void> {
    const job = verificationJob(payload.challengeId, payload.issuedAt);
    await this.jobs.tryEnqueue(SendVerification, job.id, job.payload);
  }
}
