import type { StorePermission } from './access.js';

/** Answers who may act for a store. The stores context provides it, globally. */
export abstract class StoreAccess {
  /** True when the account owns the store or is staff of it with this permission. */
  abstract mayAct(accountId: string, storeId: string, permission: StorePermission): Promise<boolean>;
}

/** Answers what an admin may do. Without a provider, every admin may do everything. */
export abstract class AdminPermissions {
  abstract mayAct(accountId: string, permission: string): Promise<boolean>;
}

/** Knows the sessions and tokens that were ended before their time, from memory. The accounts context provides it, globally. */
export abstract class SessionRevocations {
  abstract isRevoked(sessionId: string, tokenId: string): boolean;
}
