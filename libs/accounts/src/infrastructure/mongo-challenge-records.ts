import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { ChallengeRecords } from '../application/records.js';
import { Challenge } from '../domain/challenge.js';
import type { ChallengeState } from '../domain/challenge.js';

@Injectable()
export class MongoChallengeRecords extends ChallengeRecords {
  constructor(
    @InjectAggregateModel(Challenge) private readonly model: Model<StoredDocument<ChallengeState>>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  override async waiting(moment: Date, limit: number): Promise<{ id: string; issuedAt: Date }[]> {
    const isWaiting = { delivery: 'waiting', issuedAt: { $lt: moment }, expiresAt: { $gt: this.clock.now() } } as const;
    const found = await this.model.find(isWaiting, { issuedAt: 1 }).sort({ issuedAt: 1 }).limit(limit).lean();
    return found.map(({ _id, issuedAt }) => ({ id: _id, issuedAt }));
  }

  override async deletable(expiredBefore: Date, limit: number): Promise<string[]> {
    const found = await this.model.find({ expiresAt: { $lt: expiredBefore } }, { _id: 1 }).limit(limit).lean();
    return found.map(({ _id }) => _id);
  }
}
