import { SessionReuseDetected } from '../events.js';
import { OVERLAP_MS, Session } from './session.js';
import type { PresentedToken, Rotation } from './session.js';

const start = new Date('2026-03-01T10:00:00Z');
const WEEK_MS = 7 * 86_400_000;
const after = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
const client = { device: 'phone', ip: '203.0.113.7' };
const token = (generation: number): PresentedToken => ({ generation, hash: `hash ${generation}`, genuine: true });
const forged = (generation: number): PresentedToken => ({ generation, hash: 'made up', genuine: false });

function opened(): Session {
  return Session.start('ses_1', 'acc_1', client, { hash: 'hash 1', expiresAt: after(WEEK_MS) }, start);
}

function rotate(session: Session, presented: PresentedToken, at = start): Rotation {
  const next = { hash: `hash ${presented.generation + 1}`, expiresAt: new Date(at.getTime() + WEEK_MS) };
  return session.rotate(presented, next, { device: 'tablet', ip: '203.0.113.8' }, at);
}

describe('a session', () => {
  it('replaces its newest token, and lives on from then', () => {
    const session = opened();
    expect(rotate(session, token(1), after(1000))).toBe('rotated');
    expect(rotate(session, token(2), after(2000))).toBe('rotated');
    const { state } = session.snapshot();
    expect(state).toMatchObject({ generation: 3, lastUsedAt: after(2000), expiresAt: after(2000 + WEEK_MS), device: 'tablet' });
  });

  it('refuses the token just replaced without suspicion, for ten seconds', () => {
    const session = opened();
    rotate(session, token(1));
    expect(rotate(session, token(1), after(OVERLAP_MS - 1))).toBe('superseded');
    expect(session.isOpen(after(OVERLAP_MS))).toBe(true);
    expect(rotate(session, token(2), after(OVERLAP_MS))).toBe('rotated');
  });

  it('ends when the token before the present one is used after ten seconds', () => {
    const session = opened();
    rotate(session, token(1));
    expect(rotate(session, token(1), after(OVERLAP_MS))).toBe('reused');
    expect(session.isOpen(after(OVERLAP_MS))).toBe(false);
    expect(rotate(session, token(2), after(OVERLAP_MS))).toBe('invalid');
  });

  it('ends, and says so once, when an older token is used, however soon', () => {
    const session = opened();
    rotate(session, token(1));
    rotate(session, token(2));
    expect(rotate(session, token(1))).toBe('reused');
    expect(rotate(session, token(1))).toBe('invalid');
    expect(session.recordedEvents()).toEqual([
      { type: SessionReuseDetected.type, schema: 1, payload: { accountId: 'acc_1', sessionId: 'ses_1' } },
    ]);
  });

  it.each([0, 1, 2, 3, 4])('does not end because somebody makes up a token (number %i)', (generation) => {
    const session = opened();
    rotate(session, token(1));
    rotate(session, token(2));
    expect(rotate(session, forged(generation))).toBe('invalid');
    expect(session.isOpen(start)).toBe(true);
  });

  it('does not accept a real token of a generation that it has not reached', () => {
    expect(rotate(opened(), token(2))).toBe('invalid');
  });

  it('is over when its last token has expired', () => {
    const session = opened();
    expect(session.isOpen(after(WEEK_MS))).toBe(false);
    expect(rotate(session, token(1), after(WEEK_MS))).toBe('invalid');
  });

  it('is over from the first time it is revoked', () => {
    const session = opened();
    session.revoke(after(1));
    session.revoke(after(2));
    expect(session.revokedAt).toEqual(after(1));
    expect(rotate(session, token(1), after(3))).toBe('invalid');
  });

  it('recognises every token that it has given out, and no other', () => {
    const session = opened();
    rotate(session, token(1));
    rotate(session, token(2));
    expect([1, 2, 3].map((generation) => session.recognises(token(generation)))).toEqual([true, true, true]);
    expect([1, 2, 3, 4].map((generation) => session.recognises(forged(generation)))).toEqual([false, false, false, false]);
    expect(session.recognises(token(4))).toBe(false);
  });

  it('recognises the token before the present one by its hash even where its seal is not ours any more', () => {
    const session = opened();
    rotate(session, token(1));
    expect(rotate(session, { ...token(1), genuine: false }, after(OVERLAP_MS))).toBe('reused');
  });
});
