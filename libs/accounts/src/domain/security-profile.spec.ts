import { AccountLocked } from '../events.js';
import { FAILURES_TO_LOCK, LOCK_MS, SecurityProfile } from './security-profile.js';

const start = new Date('2026-03-01T10:00:00Z');
const after = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);

const kinds = [
  ['a known account', () => SecurityProfile.ofAccount('sec_1', 'acc_1', 'hash')],
  ['an email that belongs to nobody', () => SecurityProfile.ofUnknownEmail('sec_2')],
] as const;

describe.each(kinds)('the failures of %s', (_name, make) => {
  const failing = (times: number, at = start): SecurityProfile => {
    const profile = make();
    for (let time = 0; time < times; time += 1) profile.recordFailure(at);
    return profile;
  };

  it('lock at the fifth, not before', () => {
    expect(failing(FAILURES_TO_LOCK - 1).isLocked(start)).toBe(false);
    expect(failing(FAILURES_TO_LOCK).isLocked(start)).toBe(true);
  });

  it('lock for fifteen minutes', () => {
    const profile = failing(FAILURES_TO_LOCK);
    expect(profile.isLocked(after(LOCK_MS - 1))).toBe(true);
    expect(profile.lockSecondsLeft(after(1))).toBe(900);
    expect(profile.isLocked(after(LOCK_MS))).toBe(false);
    expect(profile.lockSecondsLeft(after(LOCK_MS))).toBe(0);
  });

  it('do not make a lock longer while it lasts', () => {
    const profile = failing(FAILURES_TO_LOCK);
    profile.recordFailure(after(LOCK_MS - 1));
    expect(profile.isLocked(after(LOCK_MS))).toBe(false);
  });

  it('count from one again after a lock', () => {
    const profile = failing(FAILURES_TO_LOCK);
    for (let time = 1; time < FAILURES_TO_LOCK; time += 1) profile.recordFailure(after(LOCK_MS));
    expect(profile.isLocked(after(LOCK_MS))).toBe(false);
    profile.recordFailure(after(LOCK_MS));
    expect(profile.isLocked(after(LOCK_MS))).toBe(true);
  });

  it('are forgotten when the last one is fifteen minutes old', () => {
    const profile = failing(FAILURES_TO_LOCK - 1);
    profile.recordFailure(after(LOCK_MS));
    expect(profile.isLocked(after(LOCK_MS))).toBe(false);
  });

  it('are forgotten when the right password is given', () => {
    const profile = failing(FAILURES_TO_LOCK - 1);
    profile.recordSuccess();
    profile.recordFailure(start);
    expect(profile.isLocked(start)).toBe(false);
  });
});

describe('a lock', () => {
  it('is told of accounts, and of nobody else', () => {
    const [known, unknown] = kinds.map(([, make]) => {
      const profile = make();
      for (let time = 0; time < FAILURES_TO_LOCK; time += 1) profile.recordFailure(start);
      return profile.recordedEvents();
    });
    expect(known).toEqual([expect.objectContaining({ type: AccountLocked.type, payload: { accountId: 'acc_1', until: after(LOCK_MS) } })]);
    expect(unknown).toEqual([]);
  });
});
