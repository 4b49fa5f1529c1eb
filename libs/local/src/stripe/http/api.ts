import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestCounters } from '../counters.js';
import { apiVersion, type StripeRuntime } from '../runtime.js';
import { randomText } from '../state/ids.js';
import type { KeptAnswer } from '../state/journal.js';
import type { Transaction } from '../state/store.js';
import { StripeFailure, failures, type WireError } from './errors.js';
import { expand } from './expand.js';
import { parseForm } from './form.js';
import { IdempotencyKeys, fingerprintOf } from './idempotency.js';
import { Parameters } from './parameters.js';
import { Router, type Answer, type Route, type RouteMatch } from './router.js';

export interface ApiRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  body: string;
  headers: IncomingHttpHeaders;
  publicUrl: string;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request on its way through: its id and, for a POST that has one, its idempotency key. */
interface Passage extends ApiRequest {
  requestId: string;
  key: string | undefined;
}

type Payload = Pick<WireAnswer, 'status' | 'body'>;

function errorBody(error: WireError): string {
  return JSON.stringify({ error });
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Refuses a request without a secret test key, or for an account that does not exist. */
function checkAccess(headers: IncomingHttpHeaders): void {
  const key = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (key === undefined) throw failures.noKey();
  if (!key.startsWith('sk_test_')) throw failures.wrongKey(key);
  const account = headerOf(headers, 'stripe-account');
  if (account !== undefined) throw failures.noAccess(account);
}

/** Everything below `/v1`: access, idempotency, faults, the operation, its commit and its answer. */
export class StripeApi {
  private readonly router: Router;
  private readonly keys: IdempotencyKeys;

  constructor(
    private readonly runtime: StripeRuntime,
    private readonly counters: RequestCounters,
    routes: readonly Route[],
  ) {
    this.router = new Router(routes);
    this.keys = new IdempotencyKeys(runtime.store);
  }

  /** Never throws: whatever goes wrong is an answer in Stripe's error envelope. */
  async answer(request: ApiRequest): Promise<WireAnswer> {
    const key = request.method === 'POST' ? headerOf(request.headers, 'idempotency-key') : undefined;
    const passage: Passage = { ...request, requestId: `req_${randomText(14)}`, key };
    const headers: Record<string, string> = { 'request-id': passage.requestId, 'stripe-version': apiVersion };
    if (key !== undefined) headers['idempotency-key'] = key;
    try {
      checkAccess(request.headers);
      const match = this.router.match(request.method, request.path);
      if (match === undefined) throw failures.unknownRoute(request.method, request.path);
      const { status, body, ...more } = await this.serve(match, passage);
      return { status, body, headers: { ...headers, ...more.headers } };
    } catch (error) {
      const failure = this.failureOf(error);
      return { status: failure.status, body: errorBody(failure.error), headers };
    }
  }

  private async serve(match: RouteMatch, passage: Passage): Promise<Payload & { headers?: Record<string, string> }> {
    const { key } = passage;
    this.counters.count(key, 'requests');
    if (key === undefined) return this.execute(match, passage);
    const kept = this.claim(key, passage);
    if (kept !== undefined) {
      this.counters.count(key, 'replayed');
      const headers = { 'idempotent-replayed': 'true', 'original-request': kept.requestId };
      return { status: kept.status, body: kept.body, headers };
    }
    try {
      return await this.execute(match, passage);
    } finally {
      this.keys.release(key);
    }
  }

  private claim(key: string, { method, path, body }: Passage): KeptAnswer | undefined {
    try {
      return this.keys.claim(key, fingerprintOf(method, path, body));
    } catch (error) {
      if (error instanceof StripeFailure && error.status === 409) this.counters.count(key, 'inUse');
      throw error;
    }
  }

  private async execute(match: RouteMatch, passage: Passage): Promise<Payload> {
    const { method, path, key, requestId } = passage;
    const { faults } = this.runtime;
    const delay = faults.delayFor(method, path);
    if (delay > 0) await wait(delay);
    const status = faults.statusFor(method, path);
    if (status === 429) throw failures.rateLimited();
    if (status === 500) throw failures.broken('An unknown error occurred');

    const tx = this.runtime.begin(requestId, key ?? null);
    const { payload, isDone } = this.operate(match, passage, tx);
    // A refusal drops what the operation had written before it refused.
    const written = isDone ? tx : this.runtime.begin(requestId, key ?? null);
    this.runtime.commit(written, this.keptAnswer(passage, payload));
    this.counters.count(key, 'executed');
    return payload;
  }

  /** Runs the operation. Throws what an idempotency key does not keep; a kept refusal is a payload like any other. */
  private operate({ route, id }: RouteMatch, passage: Passage, tx: Transaction): { payload: Payload; isDone: boolean } {
    const params = new Parameters(parseForm(passage.method === 'POST' ? passage.body : passage.query));
    try {
      const paths = params.texts('expand') ?? [];
      const answer = route.run({ tx, params, id, publicUrl: passage.publicUrl });
      return { payload: { status: answer.status, body: bodyOf(tx, answer, paths) }, isDone: true };
    } catch (error) {
      if (!(error instanceof StripeFailure) || !error.isKept) throw error;
      return { payload: { status: error.status, body: errorBody(error.error) }, isDone: false };
    }
  }

  private keptAnswer({ key, method, path, body, requestId }: Passage, payload: Payload): KeptAnswer | undefined {
    if (key === undefined) return undefined;
    return { key, fingerprint: fingerprintOf(method, path, body), ...payload, requestId, at: this.runtime.now() };
  }

  private failureOf(error: unknown): StripeFailure {
    if (error instanceof StripeFailure) return error;
    this.runtime.log(`Stripe emulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return failures.broken('The emulator failed; its log says why.');
  }
}

function bodyOf(tx: Transaction, answer: Answer, paths: readonly string[]): string {
  return answer.status === 402 ? errorBody(answer.error) : JSON.stringify(expand(tx, answer.body, paths));
}
