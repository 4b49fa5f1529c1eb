export type { PaymentRecord } from './application/payment-records.js';
export type { PaymentRequest } from './application/open-payment.js';
export { PAYMENT_STATUSES } from './domain/payment-status.js';
export type { PaymentStatus } from './domain/payment-status.js';
export { Payments } from './payments.facade.js';
export { PaymentsHttpModule, PaymentsModule, PaymentsWorkerModule } from './payments.module.js';
export type { PaymentView } from './payments.views.js';
