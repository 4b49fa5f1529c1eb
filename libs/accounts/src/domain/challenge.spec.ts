import { ContactConfirmed, VerificationRequested } from '../events.js';
import { Challenge, CODE_LIFETIME_MS, DELIVERY_LEASE_MS, MESSAGES_AN_HOUR, RESEND_AFTER_MS, TRIES } from './challenge.js';
import type { ChallengeKind } from './challenge.js';

const start = new Date('2026-03-01T10:00:00Z');
const after = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
const codes = { codeOf: (_id: string, nonce: string) => `code of ${nonce}` };
const issue = (nonce: string, kind: ChallengeKind = 'code') => ({ kind, channel: 'email' as const, nonce });

function opened(kind: ChallengeKind = 'code'): Challenge {
  return Challenge.open('otp_1', 'acc_1', issue('first', kind), start);
}

describe('a one-time code', () => {
  it('is right once', () => {
    const challenge = opened();
    expect(challenge.answer('code of first', codes, after(1))).toBe(true);
    expect(challenge.answer('code of first', codes, after(2))).toBe(false);
    expect(challenge.recordedEvents().filter(({ type }) => type === ContactConfirmed.type)).toHaveLength(1);
  });

  it('is good for ten minutes', () => {
    expect(opened().answer('code of first', codes, after(CODE_LIFETIME_MS - 1))).toBe(true);
    expect(opened().answer('code of first', codes, after(CODE_LIFETIME_MS))).toBe(false);
  });

  it('may be tried five times', () => {
    const fifth = opened();
    for (let time = 1; time < TRIES; time += 1) fifth.answer('wrong', codes, start);
    expect(fifth.answer('code of first', codes, start)).toBe(true);
    const sixth = opened();
    for (let time = 0; time < TRIES; time += 1) sixth.answer('wrong', codes, start);
    expect(sixth.answer('code of first', codes, start)).toBe(false);
  });

  it('is replaced by the next one, which has tries of its own', () => {
    const challenge = opened();
    for (let time = 0; time < TRIES; time += 1) challenge.answer('wrong', codes, start);
    expect(challenge.issue(issue('second'), after(RESEND_AFTER_MS))).toBe(true);
    expect(challenge.answer('code of first', codes, after(RESEND_AFTER_MS))).toBe(false);
    expect(challenge.answer('code of second', codes, after(RESEND_AFTER_MS))).toBe(true);
  });

  it.each(['notice', 'decoy'] as const)('is never right for a %s', (kind) => {
    expect(opened(kind).answer('code of first', codes, start)).toBe(false);
  });

  it('is never right for an email that belongs to nobody', () => {
    expect(Challenge.open('otp_2', undefined, issue('first'), start).answer('code of first', codes, start)).toBe(false);
  });
});

describe('a message', () => {
  it('is asked for again after a minute at the earliest', () => {
    const challenge = opened();
    expect(challenge.issue(issue('second'), after(RESEND_AFTER_MS - 1))).toBe(false);
    expect(challenge.nonce).toBe('first');
    expect(challenge.issue(issue('second'), after(RESEND_AFTER_MS))).toBe(true);
    expect(challenge.nonce).toBe('second');
  });

  it('is asked for four times an hour at most', () => {
    const challenge = opened();
    const issued = [1, 2, 3, 4, 5].map((minute) => challenge.issue(issue(`number ${minute}`), after(minute * RESEND_AFTER_MS)));
    expect(issued.filter(Boolean)).toHaveLength(MESSAGES_AN_HOUR - 1);
    expect(challenge.issue(issue('next hour'), after(3_600_000))).toBe(true);
  });

  it('is asked for by an event for each issue, none for decoys', () => {
    const challenge = opened();
    challenge.issue(issue('second', 'notice'), after(RESEND_AFTER_MS));
    challenge.issue(issue('third', 'decoy'), after(2 * RESEND_AFTER_MS));
    expect(challenge.recordedEvents().map(({ type, payload }) => [type, payload])).toEqual([
      [VerificationRequested.type, { challengeId: 'otp_1', accountId: 'acc_1', issuedAt: start }],
      [VerificationRequested.type, { challengeId: 'otp_1', accountId: 'acc_1', issuedAt: after(RESEND_AFTER_MS) }],
    ]);
  });

  it('is sent by one, and by another when that one has died', () => {
    const challenge = opened();
    expect(challenge.beginDelivery(start)).toBe(true);
    expect(challenge.beginDelivery(after(DELIVERY_LEASE_MS - 1))).toBe(false);
    expect(challenge.beginDelivery(after(DELIVERY_LEASE_MS))).toBe(true);
  });

  it('is sent by another at once when it could not be sent', () => {
    const challenge = opened();
    challenge.beginDelivery(start);
    challenge.abandonDelivery(challenge.issuedAt);
    expect(challenge.beginDelivery(start)).toBe(true);
  });

  it('is sent once', () => {
    const challenge = opened();
    challenge.beginDelivery(start);
    challenge.markSent(challenge.issuedAt, after(1));
    expect(challenge.beginDelivery(after(DELIVERY_LEASE_MS))).toBe(false);
  });

  it('still waits when only the one before it was sent', () => {
    const challenge = opened();
    challenge.beginDelivery(start);
    challenge.issue(issue('second'), after(RESEND_AFTER_MS));
    challenge.markSent(start, after(RESEND_AFTER_MS));
    expect(challenge.beginDelivery(after(RESEND_AFTER_MS))).toBe(true);
  });

  it('is not sent when it is of no use any more', () => {
    expect(opened().beginDelivery(after(CODE_LIFETIME_MS))).toBe(false);
    expect(opened('decoy').beginDelivery(start)).toBe(false);
    const used = opened();
    used.answer('code of first', codes, start);
    expect(used.beginDelivery(start)).toBe(false);
  });
});
