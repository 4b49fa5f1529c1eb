import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Verification } from './verification.js';
import { VerifyOutboxes } from './verify-outboxes.js';

/** What the CLI imports to run the checks of all contexts in its process. */
@Module({ imports: [DiscoveryModule], providers: [Verification, VerifyOutboxes], exports: [Verification] })
export class VerificationModule {}
