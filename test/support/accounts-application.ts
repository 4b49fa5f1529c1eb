import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountsHttpModule, AccountsModule, AccountsWorkerModule } from '@daraa/accounts';
import { FixedClock } from '@daraa/kernel';
import { CLOCK, configureHttp, createHttpAdapter, httpRoot, JobWorkersModule, PlatformModule } from '@daraa/platform';
import type { Environment } from '@daraa/platform';
import { messagesTo } from './inbox.js';
import { waitUntil as waitUntilOrFail } from './wait-until.js';
import type { WaitOptions } from './wait-until.js';

export { messagesTo };

// Two processes are started and hundreds of passwords hashed; on a busy machine that takes its time.
jest.setTimeout(60_000);

/** `waitUntil` with the patience that these tests need. */
export function waitUntil<T>(condition: () => T | Promise<T>, options: WaitOptions = {}): Promise<NonNullable<T>> {
  return waitUntilOrFail(condition, { within: 20_000, ...options }) as Promise<NonNullable<T>>;
}

/** A process that serves accounts over HTTP and, unless it is an api alone, works as well. */
export interface AccountsApplication {
  readonly app: NestFastifyApplication;
  /** Stands still until a test moves it. */
  readonly clock: FixedClock;
  call<Data = Record<string, unknown>>(method: Method, url: string, options?: CallOptions): Promise<Answer<Data>>;
  close(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface CallOptions {
  readonly body?: object;
  /** An access token. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: Data;
  readonly error: { readonly code: string; readonly details: { field: string; message: string }[]; readonly data?: object } | undefined;
  /** The whole body, as it was sent. */
  readonly text: string;
}

@Module({})
class AccountsProcess {}

function processOf(works: boolean, ...more: readonly (Type | DynamicModule)[]): DynamicModule {
  const worker = works ? [JobWorkersModule, AccountsWorkerModule] : [];
  return { module: AccountsProcess, imports: [PlatformModule, AccountsModule, AccountsHttpModule, ...worker, ...more] };
}

/** Starts accounts on this database; several on one database are several processes, which share a clock when they are given one. */
export async function startAccounts(
  environment: Partial<Environment>,
  options: { readonly clock?: FixedClock; readonly works?: boolean; readonly modules?: readonly (Type | DynamicModule)[] } = {},
): Promise<AccountsApplication> {
  const clock = options.clock ?? new FixedClock(new Date());
  const variables: Partial<Environment> = { RATE_LIMIT: 'off', LOG_LEVEL: 'silent', ...environment };
  const testing = await Test.createTestingModule({
    imports: [httpRoot(processOf(options.works ?? true, ...(options.modules ?? [])), variables)],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter(variables), { bodyParser: false, logger: false });
  await configureHttp(app);
  await app.init();
  return { app, clock, call: (method, url, call) => send(app, method, url, call), close: () => app.close() };
}

async function send<Data>(app: NestFastifyApplication, method: Method, url: string, options: CallOptions = {}): Promise<Answer<Data>> {
  const { body, token, headers } = options;
  const reply = await app.inject({
    method,
    url: `/api/v1${url}`,
    ...(body === undefined ? {} : { payload: body }),
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
  const { data, error } = (reply.body === '' ? {} : JSON.parse(reply.body)) as { data: Data; error?: Answer['error'] };
  return { status: reply.statusCode, headers: reply.headers, data, error, text: reply.body };
}

/** The one code in the newest message to an email or phone, once there are `count` messages. */
export async function codeTo(recipient: string, count = 1): Promise<string> {
  const messages = await waitUntil(
    async () => {
      const found = await messagesTo(recipient);
      return found.length >= count ? found : undefined;
    },
    { describe: `${count} messages have come to ${recipient}` },
  );
  const codes = messages[0]?.text.match(/\b\d{6}\b/g) ?? [];
  if (codes.length !== 1 || codes[0] === undefined) throw new Error(`The message holds ${codes.length} codes: ${messages[0]?.text}`);
  return codes[0];
}

/** An email that no test has used. */
export function freshEmail(): string {
  return `member-${randomUUID()}@example.com`;
}

export const PASSWORD = 'Correct-horse-7';

/** What a registration sends. */
export function registrationOf(email: string, more: object = {}): object {
  return { email, password: PASSWORD, firstName: 'Lina', lastName: 'Haddad', ...more };
}

/** The data of a login, a verification or a refresh. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly account: { readonly id: string; readonly status: string; readonly roles: readonly string[]; readonly stores: readonly object[] };
}

/** Registers and verifies somebody by the code in the inbox. */
export async function signUp(accounts: AccountsApplication, email = freshEmail(), more: object = {}): Promise<Tokens> {
  const registered = await accounts.call('POST', '/auth/register', { body: registrationOf(email, more) });
  if (registered.status !== 201) throw new Error(registered.text);
  const verified = await accounts.call<Tokens>('POST', '/auth/otp/verify', { body: { email, code: await codeTo(email) } });
  if (verified.status !== 200) throw new Error(verified.text);
  return verified.data;
}
