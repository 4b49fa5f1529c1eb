import { randomUUID } from 'node:crypto';
import { getConnectionToken } from '@nestjs/mongoose';
import type { CommandStartedEvent } from 'mongodb';
import type { Connection } from 'mongoose';
import { currentContext } from '@daraa/platform';
import { freshDatabase } from '../../../../test/support/database.js';
import { freshEmail, PASSWORD, registrationOf, signUp, startAccounts } from '../../../../test/support/accounts-application.js';
import type { AccountsApplication } from '../../../../test/support/accounts-application.js';

// Whether an email is known must show in no answer and in no time. Times vary; the steps that make them up are compared instead.

const database = freshDatabase();
let worker: AccountsApplication;
let api: AccountsApplication;

beforeAll(async () => {
  const environment = { MONGODB_URI: database.uri, REDIS_PREFIX: database.name };
  worker = await startAccounts(environment);
  // Without sweeps, which would show among the steps.
  api = await startAccounts(environment, { works: false });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const COLLECTIONS = ['accounts', 'security_profiles', 'challenges'];

/** What a request asks of the database, in order, as far as it could tell something. */
async function stepsOf(url: string, body: object): Promise<string[]> {
  const steps: string[] = [];
  const requestId = randomUUID();
  const note = ({ commandName, command }: CommandStartedEvent): void => {
    // What an earlier request has left to be done after its reply is none of this one's steps.
    if (currentContext().correlationId !== requestId) return;
    const namespaces = ((command['nsInfo'] ?? []) as { ns: string }[]).map(({ ns }) => ns.split('.')[1] ?? '');
    const collections = commandName === 'bulkWrite' ? namespaces : [String(command[commandName])];
    if (collections.some((collection) => COLLECTIONS.includes(collection))) steps.push(`${commandName} ${collections.join()}`);
  };
  const client = api.app.get<Connection>(getConnectionToken()).getClient();
  client.on('commandStarted', note);
  await api.call('POST', url, { body, headers: { 'x-request-id': requestId } });
  client.off('commandStarted', note);
  return steps;
}

async function knownEmail(): Promise<string> {
  const email = freshEmail();
  await signUp(worker, email);
  return email;
}

describe('a known and an unknown email take the same steps', () => {
  it('at a login that fails, the first time and later', async () => {
    const [known, unknown] = [await knownEmail(), freshEmail()];
    for (let time = 0; time < 2; time += 1) {
      const steps = await stepsOf('/auth/login', { email: known, password: 'Wrong-horse-7' });
      expect(steps).toEqual(['find accounts', 'find security_profiles', 'bulkWrite security_profiles']);
      expect(await stepsOf('/auth/login', { email: unknown, password: 'Wrong-horse-7' })).toEqual(steps);
    }
  });

  it('at a login while it is locked', async () => {
    const [known, unknown] = [await knownEmail(), freshEmail()];
    for (const email of [known, unknown]) {
      for (let time = 0; time < 5; time += 1) await api.call('POST', '/auth/login', { body: { email, password: 'Wrong-horse-7' } });
    }
    const steps = await stepsOf('/auth/login', { email: known, password: PASSWORD });
    expect(steps).toEqual(['find accounts', 'find security_profiles']);
    expect(await stepsOf('/auth/login', { email: unknown, password: PASSWORD })).toEqual(steps);
  });

  it('at registration', async () => {
    const steps = await stepsOf('/auth/register', registrationOf(freshEmail()));
    expect(steps.slice(0, 5)).toEqual([
      'find accounts',
      'bulkWrite security_profiles',
      'bulkWrite accounts',
      'find challenges',
      'bulkWrite challenges',
    ]);
    expect((await stepsOf('/auth/register', registrationOf(await knownEmail()))).slice(0, 5)).toEqual(steps.slice(0, 5));
  });

  it.each([
    ['at a wrong code', '/auth/otp/verify', { code: '000000' }],
    ['when a new code is asked for', '/auth/otp/resend', {}],
  ])('%s', async (_when, url, body) => {
    const steps = await stepsOf(url, { ...body, email: freshEmail() });
    expect(steps.slice(0, 3)).toEqual(['find accounts', 'find challenges', 'bulkWrite challenges']);
    const known = await knownEmail();
    worker.clock.advance(60_000);
    api.clock.advance(60_000);
    expect((await stepsOf(url, { ...body, email: known })).slice(0, 3)).toEqual(steps.slice(0, 3));
  });
});
