export { ClientMessages } from './client-messages.js';
export type { ClientMessageHandler } from './client-messages.js';
export { accountRoom, Realtime } from './realtime.js';
export type { EmitOptions } from './realtime.js';
export { RealtimeHttpModule, RealtimeModule } from './realtime.module.js';
export type { Acknowledgement } from './replies.js';
export { RoomAccess } from './room-access.js';
export type { RoomRule } from './room-access.js';
