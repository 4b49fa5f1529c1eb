import { Module } from '@nestjs/common';
import { AccountsStorageModule } from './accounts-storage.module.js';
import { AccountsModule } from './accounts.module.js';
import { ForgetExpired } from './application/forget-expired.js';
import { VerificationSender } from './application/send-verification.js';

/** Sends codes and notices, and forgets what has expired. For the worker. */
@Module({ imports: [AccountsModule, AccountsStorageModule], providers: [ForgetExpired, VerificationSender] })
export class AccountsWorkerModule {}
