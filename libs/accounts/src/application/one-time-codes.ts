import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Environment } from '@daraa/platform';
import type { CodeSource } from '../domain/challenge.js';

/**
 * Makes the six digits of a challenge from its id, its nonce and a secret that is in no database: whoever sends the message
 * and whoever checks the answer compute the same code, and none of them stores it.
 */
@Injectable()
export class OneTimeCodes implements CodeSource {
  constructor(private readonly environment: Environment) {}

  /** A nonce for a new code. */
  nonce(): string {
    return randomBytes(16).toString('base64url');
  }

  codeOf(challengeId: string, nonce: string): string {
    const digest = createHmac('sha256', this.environment.OTP_SECRET).update(`code.${challengeId}.${nonce}`).digest();
    return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
  }
}
