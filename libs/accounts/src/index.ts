export { AccountsHttpModule } from './accounts-http.module.js';
export { AccountsWorkerModule } from './accounts-worker.module.js';
export { Accounts } from './accounts.facade.js';
export { AccountsModule } from './accounts.module.js';
export type { NewAddress } from './application/keep-addresses.js';
export type { VerifiedRegistration } from './application/register-verified.js';
export type { AddressView, ContactView } from './application/views.js';
export { AddressDto, AddressResponse } from './http/addresses.dto.js';
