export { Accounts } from './accounts.facade.js';
export { AccountsModule } from './accounts.module.js';
export type { NewAddress } from './application/keep-addresses.js';
export type { VerifiedRegistration } from './application/register-verified.js';
export type { AddressView, ContactView } from './application/views.js';
