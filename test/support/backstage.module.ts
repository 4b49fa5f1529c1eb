import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccessTokens, Environment } from '@daraa/platform';
import { MarketplaceModule } from '../../apps/cli/src/marketplace.module.js';
import { tokenKey } from '../../libs/platform/src/http/access/access-tokens.js';

/** What the CLI works with and verifies, and the means to log somebody in: sets the scene for tests and looks behind it. */
@Module({
  imports: [
    MarketplaceModule.forRoot(),
    JwtModule.registerAsync({ inject: [Environment], useFactory: (environment: Environment) => ({ secret: tokenKey(environment) }) }),
  ],
  providers: [AccessTokens],
})
export class BackstageModule {}
