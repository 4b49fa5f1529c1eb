import { Module } from '@nestjs/common';
import { JobsModule } from '@daraa/platform';
import { AccountsStorageModule } from './accounts-storage.module.js';
import { Accounts } from './accounts.facade.js';
import { SendVerification } from './application/jobs.js';
import { KeepAddresses } from './application/keep-addresses.js';
import { OnAccountRegistered } from './application/on-account-registered.js';
import { OnContactConfirmed } from './application/on-contact-confirmed.js';
import { OnStoreMembershipGranted } from './application/on-store-membership-granted.js';
import { OnVerificationRequested } from './application/on-verification-requested.js';
import { OneTimeCodes } from './application/one-time-codes.js';
import { Passwords } from './application/passwords.js';
import { RegisterVerified } from './application/register-verified.js';
import { RequestVerification } from './application/request-verification.js';

const handlers = [OnAccountRegistered, OnContactConfirmed, OnStoreMembershipGranted, OnVerificationRequested];
const shared = [KeepAddresses, OneTimeCodes, Passwords, RequestVerification];

/** Who people are: accounts, their addresses and one-time codes. For api, worker and cli. */
@Module({
  imports: [AccountsStorageModule, JobsModule.register(SendVerification)],
  providers: [Accounts, RegisterVerified, ...shared, ...handlers],
  exports: [Accounts, ...shared],
})
export class AccountsModule {}
