import { Injectable } from '@nestjs/common';
import { InjectAggregateModel } from '@daraa/platform';
import type { StoredDocument } from '@daraa/platform';
import type { Model } from 'mongoose';
import { AccountDirectory } from '../application/records.js';
import type { ContactView } from '../application/views.js';
import { Account } from '../domain/account.js';
import type { AccountState } from '../domain/account.js';
import { normaliseEmail } from '../domain/contact.js';

@Injectable()
export class MongoAccountDirectory extends AccountDirectory {
  constructor(@InjectAggregateModel(Account) private readonly model: Model<StoredDocument<AccountState>>) {
    super();
  }

  override async byEmail(email: string): Promise<Account | undefined> {
    const document = await this.model.findOne({ email: normaliseEmail(email) }).lean<StoredDocument<AccountState>>();
    if (!document) return undefined;
    const { _id: id, version, outbox, createdAt, updatedAt, updatedBy, ...state } = document;
    return new Account({ id, version, state });
  }

  override async contactOf(accountId: string): Promise<ContactView | undefined> {
    const fields = { email: 1, phone: 1, firstName: 1, lastName: 1, locale: 1 };
    const account = await this.model.findById(accountId, fields).lean();
    if (!account) return undefined;
    const { email, phone, firstName, lastName, locale } = account;
    return { accountId, email, ...(phone === undefined ? {} : { phone }), firstName, lastName, locale };
  }
}
