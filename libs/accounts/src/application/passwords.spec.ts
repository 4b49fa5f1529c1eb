import { availableParallelism } from 'node:os';
import { Passwords } from './passwords.js';

const passwords = new Passwords();

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4] ?? 0;
}

describe('a password', () => {
  it('matches its hash, and no other', async () => {
    const hash = await passwords.hash('Correct-horse-7');
    expect(await passwords.matches(hash, 'Correct-horse-7')).toBe(true);
    expect(await passwords.matches(hash, 'correct-horse-7')).toBe(false);
  });

  it('has another hash each time, by argon2id with 19 MiB and two passes', async () => {
    const [one, other] = [await passwords.hash('Correct-horse-7'), await passwords.hash('Correct-horse-7')];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$argon2id\$/);
    for (const parameter of ['m=19456', 't=2', 'p=1']) expect(one).toContain(parameter);
  });

  it('where there is none never matches, and takes as much work as where there is one', async () => {
    const hash = await passwords.hash('Correct-horse-7');
    await passwords.prepare();
    expect(await passwords.matches(undefined, 'Correct-horse-7')).toBe(false);
    const known = await medianMs(() => passwords.matches(hash, 'Wrong-horse-7'));
    const unknown = await medianMs(() => passwords.matches(undefined, 'Wrong-horse-7'));
    // A busy machine may double a time; doing nothing would be a thousand times faster.
    expect(unknown).toBeGreaterThan(known / 5);
  });

  it('is turned away when so many wait that it would time out', async () => {
    const waiting = Array.from({ length: availableParallelism() + 256 }, () => passwords.hash('Correct-horse-7'));
    await expect(passwords.hash('Correct-horse-7')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await Promise.all(waiting);
    expect(await passwords.hash('Correct-horse-7')).toMatch(/^\$argon2id\$/);
  }, 60_000);
});
