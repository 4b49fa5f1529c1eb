import { Inject, Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Environment } from '../../config/environment.js';
import { callerOfClaims, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-tokens.js';
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
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: environment.JWT_SECRET,
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
