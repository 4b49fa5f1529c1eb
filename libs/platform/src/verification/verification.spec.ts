import { Injectable, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { Violation } from '@daraa/kernel';
import { inBatches } from './in-batches.js';
import { Verification } from './verification.js';
import { CannotVerify, Verifies } from './verifies.js';

const wrong = (document: string, found = 'two'): Violation => ({ rule: 3, document, expected: 'one', found });

/** Checks that find what the test tells them to, reading after reading. */
@Injectable()
class Checks {
  readonly readings: Violation[][] = [];
  failure: Error | undefined;

  @Verifies({ rule: 3, name: 'sums' })
  async *sums(): AsyncGenerator<Violation> {
    yield* this.readings.shift() ?? [];
    await Promise.resolve();
    if (this.failure) throw this.failure;
  }

  @Verifies({ rule: 1, name: 'entries' })
  async *entries(): AsyncGenerator<Violation> {
    yield* await Promise.resolve([]);
  }

  @Verifies({ rule: 4, name: 'provider', asksProvider: true })
  async *provider(): AsyncGenerator<Violation> {
    yield* await Promise.resolve([]);
  }
}

@Module({ imports: [DiscoveryModule], providers: [Checks, Verification] })
class ChecksModule {}

describe('verification', () => {
  let context: INestApplicationContext;
  let checks: Checks;
  const run = () => context.get(Verification).run({ secondReadingAfterMs: 0 });
  const violations = async () => (await run()).flatMap((result) => result.violations);

  beforeEach(async () => {
    context = await NestFactory.createApplicationContext(ChecksModule, { logger: false });
    checks = context.get(Checks);
  });

  afterEach(() => context.close());

  it('makes every check of the process, by rule', async () => {
    expect((await run()).map(({ rule, name }) => `${rule} ${name}`)).toEqual(['1 entries', '3 sums', '4 provider']);
  });

  it('leaves out what asks the provider where that is not wanted', async () => {
    const results = await context.get(Verification).run({ secondReadingAfterMs: 0, withProvider: false });
    expect(results.map(({ name }) => name)).toEqual(['entries', 'sums']);
  });

  it('reports what stands on two readings, and not what was on its way', async () => {
    checks.readings.push([wrong('a'), wrong('b'), wrong('c')], [wrong('a'), wrong('c', 'three'), wrong('d')]);
    expect(await violations()).toEqual([wrong('a')]);
  });

  it('reads once where the first reading finds nothing', async () => {
    checks.readings.push([], [wrong('a')]);
    expect(await violations()).toEqual([]);
    expect(checks.readings).toHaveLength(1);
  });

  it('says of a check that could not be made why, and counts nothing against the data', async () => {
    checks.failure = new CannotVerify('The provider is away.');
    const results = await run();
    const sums = results.find(({ name }) => name === 'sums');
    expect(sums).toEqual({ rule: 3, name: 'sums', violations: [], notVerified: 'The provider is away.' });
  });

  it('goes on after a check that breaks, keeps what it had found, and reports the break', async () => {
    checks.failure = new Error('boom');
    checks.readings.push([wrong('a')], [wrong('a')]);
    const broken = { rule: 3, document: 'the check «sums»', expected: 'a check that comes to its end', found: 'Error: boom' };
    expect(await violations()).toEqual([wrong('a'), broken]);
  });
});

describe('batches', () => {
  async function* numbers(count: number): AsyncGenerator<number> {
    for (let number = 0; number < count; number += 1) yield await Promise.resolve(number);
  }

  it.each([
    [0, []],
    [3, [[0, 1, 2]]],
    [4, [[0, 1, 2], [3]]],
  ])('of three cover %i items', async (count, expected) => {
    const batches: number[][] = [];
    for await (const batch of inBatches(numbers(count), 3)) batches.push(batch);
    expect(batches).toEqual(expected);
  });
});
