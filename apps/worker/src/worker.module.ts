import { Module } from '@nestjs/common';
import { AccountsWorkerModule } from '@daraa/accounts';
import { CartWorkerModule } from '@daraa/cart';
import { CatalogModule } from '@daraa/catalog';
import { CheckoutWorkerModule } from '@daraa/checkout';
import { InventoryWorkerModule } from '@daraa/inventory';
import { OrdersModule } from '@daraa/orders';
import { PaymentsWorkerModule } from '@daraa/payments';
import { ConfigurationModule, HttpWorkerModule, JobWorkersModule, MessagingWorkerModule, PlatformModule, WorkerHealthModule } from '@daraa/platform';
import { StoresModule } from '@daraa/stores';

/** The background side of the marketplace: the relay of events, processors of jobs, sweeps. */
@Module({
  imports: [
    ConfigurationModule.forRoot(),
    PlatformModule,
    JobWorkersModule,
    HttpWorkerModule,
    MessagingWorkerModule,
    WorkerHealthModule,
    AccountsWorkerModule,
    StoresModule,
    CatalogModule,
    InventoryWorkerModule,
    CartWorkerModule,
    OrdersModule,
    PaymentsWorkerModule,
    CheckoutWorkerModule,
  ],
})
export class WorkerModule {}
