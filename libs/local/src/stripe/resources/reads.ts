import type Stripe from 'stripe';
import { resourceMissing } from '../http/errors.js';
import type { Range } from '../http/parameters.js';
import { succeeded, type Answer, type Call, type Route } from '../http/router.js';
import type { ObjectKind, StripeObject, StripeObjects } from '../state/objects.js';

const mostPerPage = 100;
const usualPerPage = 10;

/** `GET path` for one object; `name` is what Stripe's message calls it when there is none. */
export function retrieveRoute(kind: ObjectKind, path: string, name: string): Route {
  return {
    method: 'GET',
    path,
    run: ({ tx, params, id }) => {
      params.finish();
      const found = tx.find(kind, id);
      if (found === undefined) throw resourceMissing(name, id);
      return succeeded(found);
    },
  };
}

/** Whether a moment lies in the range; every moment does where none is given. */
export function isWithin(range: Range | undefined, moment: number): boolean {
  if (range === undefined) return true;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return moment > gt && moment >= gte && moment < lt && moment <= lte;
}

/** A page of the objects that match, newest first: `limit` (1–100), `starting_after` or `ending_before`. */
export function listPage<K extends ObjectKind>(call: Call, kind: K, url: string, matches: (object: StripeObjects[K]) => boolean): Answer {
  const limit = Math.min(call.params.integer('limit', 1) ?? usualPerPage, mostPerPage);
  const after = call.params.text('starting_after');
  const before = call.params.text('ending_before');
  call.params.finish();
  const found = [...call.tx.committed(kind)].reverse().filter(matches);
  const start = after === undefined ? 0 : indexOf(found, after, 'starting_after') + 1;
  const end = before === undefined ? found.length : indexOf(found, before, 'ending_before');
  const from = before === undefined ? start : Math.max(start, end - limit);
  const data = found.slice(from, Math.min(from + limit, end));
  const isMore = before === undefined ? from + data.length < end : from > start;
  const list: Stripe.ApiList<StripeObject> = { object: 'list', data, has_more: isMore, url };
  return succeeded(list);
}

function indexOf(objects: readonly StripeObject[], id: string, param: string): number {
  const index = objects.findIndex((object) => object.id === id);
  if (index < 0) throw resourceMissing(id.split('_')[0] ?? 'object', id, param);
  return index;
}
