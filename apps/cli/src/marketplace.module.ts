import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AccountsModule } from '@daraa/accounts';
import { CartModule } from '@daraa/cart';
import { CatalogModule } from '@daraa/catalog';
import { CheckoutModule } from '@daraa/checkout';
import { InventoryModule, InventoryVerificationModule } from '@daraa/inventory';
import { OrdersModule } from '@daraa/orders';
import { PaymentsModule } from '@daraa/payments';
import { ConfigurationModule, LOG_DESTINATION, PlatformModule, VerificationModule } from '@daraa/platform';
import type { Environment } from '@daraa/platform';
import { StoresModule } from '@daraa/stores';

/** Standard output is for what a command answers; the log goes beside it. */
@Global()
@Module({
  providers: [{ provide: LOG_DESTINATION, useValue: { write: (line: string) => process.stderr.write(line) } }],
  exports: [LOG_DESTINATION],
})
class LogBesideOutputModule {}

/** The whole marketplace without HTTP, jobs and sweeps: what commands work with. Events are handled as in any other process. */
@Module({})
export class MarketplaceModule {
  /** `overrides` are variables that differ from the process's environment. */
  static forRoot(overrides: Partial<Environment> = {}): DynamicModule {
    return {
      module: MarketplaceModule,
      imports: [
        ConfigurationModule.forRoot(overrides),
        LogBesideOutputModule,
        PlatformModule,
        VerificationModule,
        AccountsModule,
        StoresModule,
        CatalogModule,
        InventoryModule,
        InventoryVerificationModule,
        CartModule,
        OrdersModule,
        PaymentsModule,
        CheckoutModule,
      ],
    };
  }
}
