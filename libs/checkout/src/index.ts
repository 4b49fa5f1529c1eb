export { CheckoutHttpModule, CheckoutModule, CheckoutWorkerModule } from './checkout.module.js';
