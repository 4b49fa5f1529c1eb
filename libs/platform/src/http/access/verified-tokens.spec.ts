import type { Caller } from './caller.js';
import { VerifiedTokens } from './verified-tokens.js';

const caller = (accountId: string): Caller => ({ accountId, roles: ['customer'], sessionId: 'ses_1', tokenId: 'token-1', verified: true });

describe('tokens whose signature was checked', () => {
  it('are known until the moment they expire, and not after', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('a.b.c', caller('acc_1'), 1_000);
    expect(tokens.find('a.b.c', 999)).toEqual(caller('acc_1'));
    expect(tokens.find('a.b.c', 1_000)).toBeUndefined();
    expect(tokens.find('a.b.c', 999)).toBeUndefined();
  });

  it('are known by all of their characters', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('a.b.c', caller('acc_1'), 1_000);
    expect(tokens.find('a.b.d', 0)).toBeUndefined();
    expect(tokens.find('a.b', 0)).toBeUndefined();
    expect(tokens.find('a.b.c ', 0)).toBeUndefined();
  });

  it('are forgotten, the oldest first, when there are too many', () => {
    const tokens = new VerifiedTokens(2);
    for (const name of ['first', 'second', 'third']) tokens.keep(name, caller(name), 1_000);
    expect(['first', 'second', 'third'].map((name) => tokens.find(name, 0)?.accountId)).toEqual([undefined, 'second', 'third']);
  });
});
