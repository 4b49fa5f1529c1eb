import { waitUntil } from '../../../../test/support/wait-until.js';
import type { ProcessExit, RunningProcess } from './child-process.js';
import { supervise } from './supervise.js';

/** A process whose end the test decides. */
class FakeProcess implements RunningProcess {
  readonly exited: Promise<ProcessExit>;
  end!: (exit: ProcessExit) => void;
  stops = 0;

  constructor() {
    this.exited = new Promise((resolve) => (this.end = resolve));
  }

  async stop(): Promise<void> {
    this.stops++;
    this.end({ code: 0, signal: null });
  }
}

const KILLED: ProcessExit = { code: null, signal: 'SIGKILL' };

function setUp(settings: { attempts?: number; stableMs?: number; failAfter?: number } = {}) {
  const started: FakeProcess[] = [];
  const lines: string[] = [];
  const givenUp: Error[] = [];
  const start = async (): Promise<FakeProcess> => {
    if (started.length >= (settings.failAfter ?? Infinity)) throw new Error('the port is taken');
    started.push(new FakeProcess());
    return started.at(-1) as FakeProcess;
  };
  const supervision = {
    ...{ name: 'Redis', start, firstWaitMs: 1, longestWaitMs: 4, ...settings },
    report: (line: string) => void lines.push(line),
    onGivenUp: (error: Error) => void givenUp.push(error),
  };
  return { started, lines, givenUp, supervision };
}

describe('a supervised process', () => {
  it('is started again when it ends unasked, and that is said', async () => {
    const { started, lines, supervision } = setUp();
    const supervised = await supervise(supervision);
    started[0]?.end(KILLED);
    await waitUntil(() => started.length === 2);
    expect(lines).toEqual(['Redis ended unexpectedly (signal SIGKILL); starting it again in 1 ms']);
    await supervised.stop();
  });

  it('waits longer each time, up to a limit', async () => {
    const { started, lines, supervision } = setUp();
    const supervised = await supervise(supervision);
    for (let ended = 0; ended < 5; ended++) {
      await waitUntil(() => started.length === ended + 1);
      started[ended]?.end(KILLED);
    }
    await waitUntil(() => started.length === 6);
    expect(lines.map((line) => /in (\d+) ms/.exec(line)?.[1])).toEqual(['1', '2', '4', '4', '4']);
    await supervised.stop();
  });

  it('starts with the shortest wait again after it has been healthy', async () => {
    const { started, lines, supervision } = setUp({ stableMs: 0 });
    const supervised = await supervise(supervision);
    for (let ended = 0; ended < 3; ended++) {
      await waitUntil(() => started.length === ended + 1);
      started[ended]?.end(KILLED);
    }
    await waitUntil(() => started.length === 4);
    expect(lines.map((line) => /in (\d+) ms/.exec(line)?.[1])).toEqual(['1', '1', '1']);
    await supervised.stop();
  });

  it('is given up after as many failures in a row as were allowed, with the last reason', async () => {
    const { started, givenUp, supervision } = setUp({ attempts: 2, failAfter: 1 });
    await supervise(supervision);
    started[0]?.end(KILLED);
    await waitUntil(() => givenUp.length > 0);
    expect(givenUp[0]?.message).toBe('Redis does not start (the port is taken) and could not be started again');
  });

  it('stays stopped when it was stopped on purpose', async () => {
    const { started, lines, supervision } = setUp();
    const supervised = await supervise(supervision);
    await supervised.stop();
    expect(started).toHaveLength(1);
    expect(started[0]?.stops).toBe(1);
    expect(lines).toEqual([]);
  });

  it('does not come back when it is stopped during a wait', async () => {
    const { started, lines, supervision } = setUp();
    const supervised = await supervise({ ...supervision, firstWaitMs: 60_000, longestWaitMs: 60_000 });
    started[0]?.end(KILLED);
    await waitUntil(() => lines.length === 1);
    await supervised.stop();
    expect(started).toHaveLength(1);
  });

  it('fails at once when it does not start the first time', async () => {
    const { supervision } = setUp({ failAfter: 0 });
    await expect(supervise(supervision)).rejects.toThrow('the port is taken');
  });
});
