import { Controller, Delete, Get } from '@nestjs/common';
import {
  Authenticated,
  BooleanField,
  CurrentCaller,
  DateField,
  IdField,
  IdParam,
  IntegerField,
  Operation,
  TextField,
} from '@daraa/platform';
import type { Caller } from '@daraa/platform';
import { EndSessions } from '../application/end-sessions.js';
import { SessionRecords } from '../application/records.js';
import type { SessionView } from '../application/records.js';

const tag = 'accounts';

export class SessionResponse {
  @IdField('ses')
  id!: string;

  @TextField({ max: 200, example: 'Daraa/3.1 (iPhone)' })
  device!: string;

  @TextField({ max: 45, example: '203.0.113.7' })
  ip!: string;

  @DateField()
  startedAt!: string;

  @DateField()
  lastUsedAt!: string;

  @DateField()
  expiresAt!: string;

  @BooleanField({ description: 'The session that asks.' })
  current!: boolean;
}

export class EndedSessionsResponse {
  @IntegerField({ min: 0, example: 2, description: 'How many sessions were ended.' })
  ended!: number;
}

@Controller('auth/sessions')
@Authenticated()
export class SessionsController {
  constructor(
    private readonly records: SessionRecords,
    private readonly end: EndSessions,
  ) {}

  @Get()
  @Operation({ id: 'listSessions', tag, summary: 'List the open sessions', success: { status: 200, type: [SessionResponse] } })
  async list(@CurrentCaller() caller: Caller) {
    const sessions = await this.records.openOf(caller.accountId);
    return sessions.map((session) => sessionResponse(session, caller.sessionId));
  }

  @Delete()
  @Operation({
    id: 'endOtherSessions',
    tag,
    summary: 'End all sessions but this one',
    success: { status: 200, type: EndedSessionsResponse },
  })
  async endOthers(@CurrentCaller() caller: Caller) {
    return { ended: await this.end.others(caller.accountId, caller.sessionId) };
  }

  @Delete(':sessionId')
  @Operation({ id: 'endSession', tag, summary: 'End a session', success: { status: 204 }, errors: ['SESSION_NOT_FOUND'] })
  async endOne(@CurrentCaller() caller: Caller, @IdParam('sessionId', 'ses', 'SESSION_NOT_FOUND') sessionId: string) {
    await this.end.one(caller.accountId, sessionId);
  }
}

function sessionResponse(session: SessionView, presentId: string) {
  const { id, device, ip, startedAt, lastUsedAt, expiresAt } = session;
  return { id, device, ip, startedAt, lastUsedAt, expiresAt, current: id === presentId };
}
