import type Stripe from 'stripe';
import type { StripeObject } from '../state/objects.js';
import type { Transaction } from '../state/store.js';
import type { WireError } from './errors.js';
import type { Parameters } from './parameters.js';

/** One request as an operation sees it. */
export interface Call {
  readonly tx: Transaction;
  readonly params: Parameters;
  /** The value of `:id` in the route, empty where the route has none. */
  readonly id: string;
  /** Where a browser reaches the emulator, for links inside answers. */
  readonly publicUrl: string;
}

export type AnswerBody = StripeObject | Stripe.ApiList<StripeObject>;

/** What an operation answers. Its writes are committed in either case; to drop them it throws a StripeFailure. */
export type Answer = { status: 200; body: AnswerBody } | { status: 402; error: WireError };

export function succeeded(body: AnswerBody): Answer {
  return { status: 200, body };
}

export function declined(error: WireError): Answer {
  return { status: 402, error };
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/charges/:id`; at most one `:id`. */
  readonly path: string;
  readonly run: (call: Call) => Answer;
}

export interface RouteMatch {
  route: Route;
  id: string;
}

/** Finds the route of a request in a table of routes. */
export class Router {
  private readonly patterns: { route: Route; pattern: RegExp }[];

  constructor(routes: readonly Route[]) {
    this.patterns = routes.map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(':id', '([^/]+)')}$`) }));
  }

  match(method: string, path: string): RouteMatch | undefined {
    for (const { route, pattern } of this.patterns) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found !== null) return { route, id: found[1] ?? '' };
    }
    return undefined;
  }
}
