import { createSecretKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Environment } from '../../config/environment.js';
import { ROLES } from './caller.js';
import type { Caller, Role } from './caller.js';

export const TOKEN_ISSUER = 'daraa';
export const TOKEN_AUDIENCE = 'daraa-api';
export const TOKEN_ALGORITHM = 'HS256';

/** The key of our tokens, as a key object: jsonwebtoken would try to read text as a public key first, which is slow. */
export function tokenKey(environment: Environment): KeyObject {
  return createSecretKey(environment.JWT_SECRET, 'utf8');
}

/** What an access token says beyond the registered claims `iss`, `aud`, `iat` and `exp`. */
interface TokenClaims {
  readonly sub: string;
  readonly sid: string;
  readonly jti: string;
  readonly roles: readonly Role[];
  readonly ver: boolean;
}

export interface SignedToken {
  readonly token: string;
  /** Seconds until it expires. */
  readonly expiresIn: number;
  readonly tokenId: string;
}

/** Makes the access tokens that the API believes, and reads what they say. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly environment: Environment,
  ) {}

  /** A token for this caller that is believed for `ACCESS_TOKEN_SECONDS`. */
  sign(claims: Omit<Caller, 'tokenId'>): SignedToken {
    const tokenId = randomUUID();
    const payload: TokenClaims = {
      sub: claims.accountId,
      sid: claims.sessionId,
      jti: tokenId,
      roles: claims.roles,
      ver: claims.verified,
    };
    const expiresIn = this.environment.ACCESS_TOKEN_SECONDS;
    const token = this.jwt.sign(payload, { algorithm: TOKEN_ALGORITHM, issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE, expiresIn });
    return { token, expiresIn, tokenId };
  }

  /**
   * The caller that a token names (for connections that are not HTTP requests). Undefined when it is not ours, has expired or
   * says something else than a token of ours; it does not ask whether the session was revoked.
   */
  read(token: string): Caller | undefined {
    return this.readWithExpiry(token)?.caller;
  }

  /** Like `read`, with the moment that the token expires, for connections that last. */
  readWithExpiry(token: string): { caller: Caller; expiresAt: Date } | undefined {
    try {
      const options = { algorithms: [TOKEN_ALGORITHM] as [typeof TOKEN_ALGORITHM], issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE };
      const claims = this.jwt.verify<{ exp?: unknown }>(token, options);
      const caller = callerOfClaims(claims);
      return caller && typeof claims.exp === 'number' ? { caller, expiresAt: new Date(claims.exp * 1000) } : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The caller that the claims of a verified token name; undefined when they are not of the form that we sign. */
export function callerOfClaims(claims: object): Caller | undefined {
  const { sub, sid, jti, roles, ver } = claims as Record<string, unknown>;
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof jti !== 'string' || typeof ver !== 'boolean') return undefined;
  if (!Array.isArray(roles) || !roles.every((role): role is Role => ROLES.includes(role as Role))) return undefined;
  return { accountId: sub, sessionId: sid, tokenId: jti, roles, verified: ver };
}
