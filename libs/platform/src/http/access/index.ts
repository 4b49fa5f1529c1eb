export { AdminOnly, Authenticated, OptionalAuthentication, Public, Roles, StoreScope } from './access.js';
export type { Access, StorePermission } from './access.js';
export { AccessTokens } from './access-tokens.js';
export type { SignedToken } from './access-tokens.js';
export { ROLES } from './caller.js';
export type { Caller, Role } from './caller.js';
export { CurrentCaller, OptionalCaller } from './current-caller.js';
export { AdminPermissions, SessionRevocations, StoreAccess } from './ports.js';
export { Routes } from './routes.js';
