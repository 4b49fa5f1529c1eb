import { Turns } from './turns.js';

/** Work that ends when it is told to. */
function work() {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { run: () => ended, end: () => end(), fail: (error: Error) => fail(error) };
}

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('work that takes turns', () => {
  it('on one thing begins when the earlier work on it has ended', async () => {
    const turns = new Turns();
    const begun: number[] = [];
    const first = work();
    const all = [
      turns.take('a', () => {
        begun.push(1);
        return first.run();
      }),
      turns.take('a', () => Promise.resolve(begun.push(2))),
      turns.take('a', () => Promise.resolve(begun.push(3))),
    ];
    await later();
    expect(begun).toEqual([1]);
    first.end();
    await Promise.all(all);
    expect(begun).toEqual([1, 2, 3]);
  });

  it('on different things waits for nobody', async () => {
    const turns = new Turns();
    const first = work();
    const waiting = turns.take('a', first.run);
    await expect(turns.take('b', () => Promise.resolve('done'))).resolves.toBe('done');
    first.end();
    await waiting;
  });

  it('begins as well when the earlier work fails, which fails for its own caller alone', async () => {
    const turns = new Turns();
    const first = work();
    const failing = turns.take('a', first.run);
    const next = turns.take('a', () => Promise.resolve('done'));
    first.fail(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
