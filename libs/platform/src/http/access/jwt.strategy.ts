import type { KeyObject } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Environment } from '../../config/environment.js';
import { callerOfClaims, tokenKey, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from './access-tokens.js';
import type { Caller } from './caller.js';
import { SessionRevocations } from './ports.js';
import { VerifiedTokens } from './verified-tokens.js';

export const JWT_STRATEGY = 'daraa-jwt';

type Request = Parameters<Strategy['authenticate']>[0];

const tokenOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/**
 * Believes bearer tokens of ours: HS256 and nothing else, our issuer and audience, not expired, session not revoked. A signature
 * is checked once; expiry and revocation are checked with every request.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, JWT_STRATEGY) {
  private readonly verified = new VerifiedTokens();

  constructor(
    environment: Environment,
    @Optional() @Inject(SessionRevocations) private readonly revocations: SessionRevocations | undefined,
  ) {
    // The types of passport-jwt are older than key objects; it hands the key on to jsonwebtoken, which prefers them.
    const key = tokenKey(environment) as KeyObject & Buffer;
    super({
      jwtFromRequest: tokenOf,
      secretOrKey: key,
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      passReqToCallback: true,
    });
  }

  override authenticate(request: Request, options?: object): void {
    const token = tokenOf(request);
    const caller = token === null ? undefined : this.verified.find(token, Date.now());
    if (!caller) return super.authenticate(request, options);
    if (this.isRevoked(caller)) return this.fail(401);
    this.success(caller);
  }

  /** Called with the claims of a token whose signature, names and expiry were found right. */
  validate(request: Request, claims: { readonly exp?: unknown }): Caller | false {
    const caller = callerOfClaims(claims);
    if (!caller || this.isRevoked(caller)) return false;
    const token = tokenOf(request);
    if (token !== null && typeof claims.exp === 'number') this.verified.keep(token, caller, claims.exp * 1000);
    return caller;
  }

  private isRevoked({ sessionId, tokenId }: Caller): boolean {
    return this.revocations?.isRevoked(sessionId, tokenId) ?? false;
  }
}
