import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '@daraa/kernel';
import { Environment } from '@daraa/platform';
import type { PresentedToken } from '../domain/session.js';

const NONCE_BYTES = 24;
const SEAL_BYTES = 16;
const FORM = /^(ses_[0-9a-z]{26})\.(\d{1,9})\.([A-Za-z0-9_-]{54})$/;

/**
 * Makes and reads refresh tokens: `session.n.secret`. Only their hashes are stored. The secret ends with our seal, so that a
 * token that was replaced long ago is told from one that somebody has made up: only a real one revokes its family.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;

  constructor(environment: Environment) {
    this.key = createHmac('sha256', environment.JWT_SECRET).update('refresh tokens').digest();
  }

  issue(sessionId: string, generation: number): { readonly token: string; readonly hash: string } {
    const nonce = randomBytes(NONCE_BYTES);
    const secret = Buffer.concat([nonce, this.sealOf(sessionId, generation, nonce)]);
    const token = `${sessionId}.${generation}.${secret.toString('base64url')}`;
    return { token, hash: hashOf(token) };
  }

  /** What a token says; undefined for text that is no token at all. */
  read(token: string): { readonly sessionId: string; readonly presented: PresentedToken } | undefined {
    const [, sessionId, digits, encoded] = FORM.exec(token) ?? [];
    if (sessionId === undefined || digits === undefined || encoded === undefined || !isId('ses', sessionId)) return undefined;
    const generation = Number(digits);
    const secret = Buffer.from(encoded, 'base64url');
    const seal = this.sealOf(sessionId, generation, secret.subarray(0, NONCE_BYTES));
    const genuine = timingSafeEqual(seal, secret.subarray(NONCE_BYTES));
    return { sessionId, presented: { generation, hash: hashOf(token), genuine } };
  }

  private sealOf(sessionId: string, generation: number, nonce: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${sessionId}.${generation}.`).update(nonce).digest().subarray(0, SEAL_BYTES);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
