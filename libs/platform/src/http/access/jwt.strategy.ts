import type { KeyObject } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Environment } from '../../config/environment.js';
import { callerOfClaims, tokenKey, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-tokens.js';
import type { Caller } from './caller.js';
import { SessionRevocations } from './ports.js';

export const JWT_STRATEGY = 'daraa-jwt';

/** Believes bearer tokens of ours: HS256 and nothing else, our issuer and audience, not expired, session not revoked. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, JWT_STRATEGY) {
  constructor(
    environment: Environment,
    @Optional() @Inject(SessionRevocations) private readonly revocations: SessionRevocations | undefined,
  ) {
    // The types of passport-jwt are older than key objects; it hands the key on to jsonwebtoken, which prefers them.
    const key = tokenKey(environment) as KeyObject & Buffer;
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: key,
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
  }

  validate(claims: object): Caller | false {
    const caller = callerOfClaims(claims);
    if (!caller || this.revocations?.isRevoked(caller.sessionId, caller.tokenId)) return false;
    return caller;
  }
}
