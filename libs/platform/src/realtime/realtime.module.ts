import { Global, Module } from '@nestjs/common';
import { ClientMessages } from './client-messages.js';
import { Realtime } from './realtime.js';
import { RealtimeGateway } from './realtime-gateway.js';
import { RealtimeServer } from './realtime-server.js';
import { RoomAccess } from './room-access.js';

/** Lets any process speak to clients: inject `Realtime`. */
@Global()
@Module({ providers: [RealtimeServer, { provide: Realtime, useExisting: RealtimeServer }], exports: [Realtime, RealtimeServer] })
export class RealtimeModule {}

/** Lets clients in; imported by the API alone, beside RealtimeModule and HttpModule. Contexts inject RoomAccess and ClientMessages. */
@Global()
@Module({ providers: [ClientMessages, RealtimeGateway, RoomAccess], exports: [ClientMessages, RoomAccess] })
export class RealtimeHttpModule {}
