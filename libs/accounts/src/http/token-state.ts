import type { AccessTokens, SessionRevocations } from '@daraa/platform';

/** What an access token is worth: whose it is and until when; nothing at all where it is not good (any more). */
export function tokenState(token: string, accessTokens: AccessTokens, revocations: SessionRevocations) {
  const caller = accessTokens.read(token);
  if (!caller || revocations.isRevoked(caller.sessionId, caller.tokenId)) {
    return { valid: false, accountId: null, roles: [], expiresAt: null };
  }
  return { valid: true, accountId: caller.accountId, roles: caller.roles, expiresAt: expiryOf(token) };
}

/** When a token that was found good expires. */
function expiryOf(token: string): Date {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp: number };
  return new Date(claims.exp * 1000);
}
