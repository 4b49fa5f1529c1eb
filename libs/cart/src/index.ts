export { CartHttpModule, CartModule, CartWorkerModule } from './cart.module.js';
export { Carts } from './carts.facade.js';
export type { BasketSnapshot } from './carts.facade.js';
