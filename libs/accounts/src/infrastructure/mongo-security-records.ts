import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { SecurityRecords } from '../application/records.js';
import { SecurityProfile } from '../domain/security-profile.js';
import type { SecurityProfileState } from '../domain/security-profile.js';

@Injectable()
export class MongoSecurityRecords extends SecurityRecords {
  constructor(@InjectAggregateModel(SecurityProfile) private readonly model: Model<StoredDocument<SecurityProfileState>>) {
    super();
  }

  override async deletable(expiredBefore: Date, limit: number): Promise<string[]> {
    const found = await this.model.find({ expiresAt: { $lt: expiredBefore } }, { _id: 1 }).limit(limit).lean();
    return found.map(({ _id }) => _id);
  }
}
