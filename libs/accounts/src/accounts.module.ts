import { Module } from '@nestjs/common';
import { AccountsStorageModule } from './accounts-storage.module.js';
import { Accounts } from './accounts.facade.js';
import { KeepAddresses } from './application/keep-addresses.js';
import { Passwords } from './application/passwords.js';
import { RegisterVerified } from './application/register-verified.js';

/** Who people are: accounts, addresses, sessions. For api, worker and cli. */
@Module({
  imports: [AccountsStorageModule],
  providers: [Accounts, KeepAddresses, Passwords, RegisterVerified],
  exports: [Accounts, KeepAddresses, Passwords],
})
export class AccountsModule {}
