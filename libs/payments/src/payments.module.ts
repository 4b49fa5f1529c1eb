import { Module } from '@nestjs/common';
import { AggregatesModule } from '@daraa/platform';
import { CancelPayment } from './application/cancel-payment.js';
import { ChargeAttempts } from './application/charge-attempts.js';
import { ConfirmPayment } from './application/confirm-payment.js';
import { FindPayment } from './application/find-payment.js';
import { HandleWebhook } from './application/handle-webhook.js';
import { OpenPayment } from './application/open-payment.js';
import { PaymentProvider } from './application/payment-provider.js';
import { PaymentRecords } from './application/payment-records.js';
import { PaymentSearch } from './application/payment-search.js';
import { ReceiveWebhook, WebhookSignatures } from './application/receive-webhook.js';
import { RefundPayment } from './application/refund-payment.js';
import { SweepPayments } from './application/sweep-payments.js';
import { Payment } from './domain/payment.js';
import { ReceivedWebhook } from './domain/received-webhook.js';
import { PaymentsController } from './http/payments.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { MongoPaymentRecords } from './infrastructure/mongo-payment-records.js';
import { MongoPaymentSearch } from './infrastructure/mongo-payment-search.js';
import { paymentSchema } from './infrastructure/payment.schema.js';
import { receivedWebhookSchema } from './infrastructure/received-webhook.schema.js';
import { StripeProvider } from './infrastructure/stripe-provider.js';
import { StripeWebhookSignatures } from './infrastructure/stripe-webhook-signatures.js';
import { VerifyPayments } from './infrastructure/verify-payments.js';
import { Payments } from './payments.facade.js';

const aggregates = AggregatesModule.bind(
  { aggregate: Payment, schema: paymentSchema, notFound: 'PAYMENT_NOT_FOUND' },
  { aggregate: ReceivedWebhook, schema: receivedWebhookSchema, notFound: 'NOT_FOUND' },
);

/** Payments: how what is bought is paid, and given back. */
@Module({
  imports: [aggregates],
  providers: [
    CancelPayment,
    ChargeAttempts,
    ConfirmPayment,
    FindPayment,
    HandleWebhook,
    OpenPayment,
    { provide: PaymentProvider, useClass: StripeProvider },
    { provide: PaymentRecords, useClass: MongoPaymentRecords },
    { provide: PaymentSearch, useClass: MongoPaymentSearch },
    Payments,
    ReceiveWebhook,
    RefundPayment,
    VerifyPayments,
    { provide: WebhookSignatures, useClass: StripeWebhookSignatures },
  ],
  exports: [CancelPayment, ChargeAttempts, ConfirmPayment, FindPayment, Payments, PaymentSearch, ReceiveWebhook, RefundPayment, aggregates],
})
export class PaymentsModule {}

/** The routes of payments. */
@Module({ imports: [PaymentsModule], controllers: [PaymentsController, WebhooksController] })
export class PaymentsHttpModule {}

/** What the worker does for payments: asks the provider again where nobody knows what it did. */
@Module({ imports: [PaymentsModule], providers: [SweepPayments] })
export class PaymentsWorkerModule {}
