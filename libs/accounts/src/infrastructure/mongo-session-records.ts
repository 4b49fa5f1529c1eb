import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { SessionRecords } from '../application/records.js';
import type { SessionView } from '../application/records.js';
import { Session } from '../domain/session.js';
import type { SessionState } from '../domain/session.js';

const MOST_SHOWN = 100;

@Injectable()
export class MongoSessionRecords extends SessionRecords {
  constructor(
    @InjectAggregateModel(Session) private readonly model: Model<StoredDocument<SessionState>>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  override async openOf(accountId: string): Promise<SessionView[]> {
    const fields = { device: 1, ip: 1, startedAt: 1, lastUsedAt: 1, expiresAt: 1 };
    const found = await this.model.find(this.open(accountId), fields).sort({ lastUsedAt: -1 }).limit(MOST_SHOWN).lean();
    return found.map(({ _id: id, device, ip, startedAt, lastUsedAt, expiresAt }) => ({ id, device, ip, startedAt, lastUsedAt, expiresAt }));
  }

  override async openIdsOf(accountId: string): Promise<string[]> {
    return idsOf(await this.model.find(this.open(accountId), { _id: 1 }).lean());
  }

  override async revokedSince(moment: Date): Promise<{ id: string; revokedAt: Date }[]> {
    const found = await this.model.find({ revokedAt: { $gte: moment } }, { revokedAt: 1 }).lean();
    return found.flatMap(({ _id, revokedAt }) => (revokedAt ? { id: _id, revokedAt } : []));
  }

  override async deletable(expiredBefore: Date, revokedBefore: Date, limit: number): Promise<string[]> {
    const [expired, revoked] = await Promise.all([
      this.model.find({ expiresAt: { $lt: expiredBefore } }, { _id: 1 }).limit(limit).lean(),
      this.model.find({ revokedAt: { $lt: revokedBefore } }, { _id: 1 }).limit(limit).lean(),
    ]);
    return [...new Set([...idsOf(expired), ...idsOf(revoked)])];
  }

  private open(accountId: string) {
    return { accountId, revokedAt: { $exists: false }, expiresAt: { $gt: this.clock.now() } };
  }
}

function idsOf(documents: readonly { readonly _id: string }[]): string[] {
  return documents.map(({ _id }) => _id);
}
