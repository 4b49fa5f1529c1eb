import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccountsModule } from '@daraa/accounts';
import { CartModule } from '@daraa/cart';
import { CatalogModule } from '@daraa/catalog';
import { CheckoutModule } from '@daraa/checkout';
import { InventoryModule } from '@daraa/inventory';
import { OrdersModule } from '@daraa/orders';
import { PaymentsModule } from '@daraa/payments';
import { AccessTokens, ConfigurationModule, Environment, PlatformModule, VerificationModule } from '@daraa/platform';
import { StoresModule } from '@daraa/stores';
import { tokenKey } from '../../libs/platform/src/http/access/access-tokens.js';

/** All contexts without routes, relay, jobs and sweeps, and the means to log somebody in: sets the scene, looks and verifies. */
@Module({
  imports: [
    ConfigurationModule.forRoot(),
    PlatformModule,
    VerificationModule,
    JwtModule.registerAsync({ inject: [Environment], useFactory: (environment: Environment) => ({ secret: tokenKey(environment) }) }),
    AccountsModule,
    StoresModule,
    CatalogModule,
    InventoryModule,
    CartModule,
    OrdersModule,
    PaymentsModule,
    CheckoutModule,
  ],
  providers: [AccessTokens],
})
export class BackstageModule {}
