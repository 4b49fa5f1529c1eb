import { Global, Module } from '@nestjs/common';
import { SessionRevocations } from '@daraa/platform';
import { AccountsStorageModule } from './accounts-storage.module.js';
import { AccountsModule } from './accounts.module.js';
import { EndSessions } from './application/end-sessions.js';
import { KeepProfile } from './application/keep-profile.js';
import { LogIn } from './application/log-in.js';
import { OpenSession } from './application/open-session.js';
import { RefreshSession } from './application/refresh-session.js';
import { RefreshTokens } from './application/refresh-tokens.js';
import { Register } from './application/register.js';
import { ResendCode } from './application/resend-code.js';
import { RevokedSessions } from './application/revoked-sessions.js';
import { UnknownEmails } from './application/unknown-emails.js';
import { VerifyContact } from './application/verify-contact.js';
import { AddressesController } from './http/addresses.controller.js';
import { AuthController } from './http/auth.controller.js';
import { ProfileController } from './http/profile.controller.js';
import { SessionsController } from './http/sessions.controller.js';

/** Registration, login, sessions, profile and addresses over HTTP. Global, because every route asks it for ended sessions. */
@Global()
@Module({
  imports: [AccountsModule, AccountsStorageModule],
  controllers: [AuthController, SessionsController, ProfileController, AddressesController],
  providers: [
    EndSessions,
    KeepProfile,
    LogIn,
    OpenSession,
    RefreshSession,
    RefreshTokens,
    Register,
    ResendCode,
    RevokedSessions,
    UnknownEmails,
    VerifyContact,
    { provide: SessionRevocations, useExisting: RevokedSessions },
  ],
  exports: [SessionRevocations],
})
export class AccountsHttpModule {}
