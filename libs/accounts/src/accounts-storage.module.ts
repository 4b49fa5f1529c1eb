import { Module } from '@nestjs/common';
import { AggregatesModule } from '@daraa/platform';
import { AccountDirectory, ChallengeRecords, SecurityRecords, SessionRecords } from './application/records.js';
import { Account } from './domain/account.js';
import { AddressBook } from './domain/address-book.js';
import { Challenge } from './domain/challenge.js';
import { SecurityProfile } from './domain/security-profile.js';
import { Session } from './domain/session.js';
import { MongoAccountDirectory } from './infrastructure/mongo-account-directory.js';
import { MongoChallengeRecords } from './infrastructure/mongo-challenge-records.js';
import { MongoSecurityRecords } from './infrastructure/mongo-security-records.js';
import { MongoSessionRecords } from './infrastructure/mongo-session-records.js';
import { accountSchema, addressBookSchema, challengeSchema, securityProfileSchema, sessionSchema } from './infrastructure/schemas.js';

const aggregates = AggregatesModule.bind(
  { aggregate: Account, schema: accountSchema, notFound: 'ACCOUNT_NOT_FOUND' },
  { aggregate: AddressBook, schema: addressBookSchema, notFound: 'ADDRESS_NOT_FOUND' },
  { aggregate: Challenge, schema: challengeSchema, notFound: 'NOT_FOUND' },
  { aggregate: SecurityProfile, schema: securityProfileSchema, notFound: 'NOT_FOUND' },
  { aggregate: Session, schema: sessionSchema, notFound: 'SESSION_NOT_FOUND' },
);

const records = [AccountDirectory, ChallengeRecords, SecurityRecords, SessionRecords];

/** Where the aggregates of accounts are kept; shared by the modules of this context alone. */
@Module({
  imports: [aggregates],
  providers: [
    { provide: AccountDirectory, useClass: MongoAccountDirectory },
    { provide: ChallengeRecords, useClass: MongoChallengeRecords },
    { provide: SecurityRecords, useClass: MongoSecurityRecords },
    { provide: SessionRecords, useClass: MongoSessionRecords },
  ],
  exports: [aggregates, ...records],
})
export class AccountsStorageModule {}
