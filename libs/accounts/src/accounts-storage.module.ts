import { Module } from '@nestjs/common';
import { AggregatesModule } from '@daraa/platform';
import { Account } from './domain/account.js';
import { AddressBook } from './domain/address-book.js';
import { Challenge } from './domain/challenge.js';
import { SecurityProfile } from './domain/security-profile.js';
import { Session } from './domain/session.js';
import { accountSchema, addressBookSchema, challengeSchema, securityProfileSchema, sessionSchema } from './infrastructure/schemas.js';

const aggregates = AggregatesModule.bind(
  { aggregate: Account, schema: accountSchema, notFound: 'ACCOUNT_NOT_FOUND' },
  { aggregate: AddressBook, schema: addressBookSchema, notFound: 'ADDRESS_NOT_FOUND' },
  { aggregate: Challenge, schema: challengeSchema, notFound: 'NOT_FOUND' },
  { aggregate: SecurityProfile, schema: securityProfileSchema, notFound: 'NOT_FOUND' },
  { aggregate: Session, schema: sessionSchema, notFound: 'SESSION_NOT_FOUND' },
);

/** Where the aggregates of accounts are kept; shared by the modules of this context alone. */
@Module({ imports: [aggregates], exports: [aggregates] })
export class AccountsStorageModule {}
