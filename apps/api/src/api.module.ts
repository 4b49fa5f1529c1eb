import { Module } from '@nestjs/common';
import { AccountsHttpModule } from '@daraa/accounts';
import { CartHttpModule } from '@daraa/cart';
import { CatalogHttpModule } from '@daraa/catalog';
import { CheckoutHttpModule } from '@daraa/checkout';
import { InventoryHttpModule } from '@daraa/inventory';
import { OrdersHttpModule } from '@daraa/orders';
import { PaymentsHttpModule } from '@daraa/payments';
import { HealthModule, MessagingMetricsModule, PlatformModule, RealtimeHttpModule } from '@daraa/platform';
import { StoresHttpModule } from '@daraa/stores';

/** The HTTP and websocket side of the marketplace: the contexts' routes, and nothing else. */
@Module({
  imports: [
    PlatformModule,
    HealthModule,
    MessagingMetricsModule,
    RealtimeHttpModule,
    AccountsHttpModule,
    StoresHttpModule,
    CatalogHttpModule,
    InventoryHttpModule,
    CartHttpModule,
    CheckoutHttpModule,
    OrdersHttpModule,
    PaymentsHttpModule,
  ],
})
export class ApiModule {}
