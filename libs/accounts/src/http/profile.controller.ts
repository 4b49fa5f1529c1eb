import { Body, Controller, Get, Patch } from '@nestjs/common';
import { Authenticated, CurrentCaller, IfMatch, Operation } from '@daraa/platform';
import type { Caller } from '@daraa/platform';
import { KeepProfile } from '../application/keep-profile.js';
import { ChangeProfileDto, profileResponse, ProfileResponse } from './profile.dto.js';

const tag = 'profile';

@Controller('me')
@Authenticated()
export class ProfileController {
  constructor(private readonly profiles: KeepProfile) {}

  @Get()
  @Operation({
    id: 'getProfile',
    tag,
    summary: 'Show the own account',
    success: { status: 200, type: ProfileResponse },
    errors: ['ACCOUNT_NOT_FOUND'],
  })
  async get(@CurrentCaller() caller: Caller) {
    return profileResponse(await this.profiles.get(caller.accountId));
  }

  @Patch()
  @Operation({
    id: 'changeProfile',
    tag,
    summary: 'Change the own account',
    success: { status: 200, type: ProfileResponse },
    errors: ['ACCOUNT_NOT_FOUND', 'VERSION_MISMATCH'],
  })
  async change(@CurrentCaller() caller: Caller, @Body() dto: ChangeProfileDto, @IfMatch() version: number | undefined) {
    return profileResponse(await this.profiles.change(caller.accountId, dto, version));
  }
}
