import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Verification } from './verification.js';

/** What the CLI imports to run the checks of all contexts in its process. */
@Module({ imports: [DiscoveryModule], providers: [Verification], exports: [Verification] })
export class VerificationModule {}
