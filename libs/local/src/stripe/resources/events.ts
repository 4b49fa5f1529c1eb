import type { Route } from '../http/router.js';
import { isWithin, listPage, retrieveRoute } from './reads.js';

export const eventRoutes: readonly Route[] = [
  retrieveRoute('event', '/v1/events/:id', 'event'),
  {
    method: 'GET',
    path: '/v1/events',
    run: (call) => {
      const type = call.params.text('type');
      const types = call.params.texts('types');
      const wasDelivered = call.params.flag('delivery_success');
      const created = call.params.range('created');
      return listPage(
        call,
        'event',
        '/v1/events',
        (event) =>
          (type === undefined || matchesType(type, event.type)) &&
          (types === undefined || types.some((pattern) => matchesType(pattern, event.type))) &&
          (wasDelivered === undefined || (event.pending_webhooks === 0) === wasDelivered) &&
          isWithin(created, event.created),
      );
    },
  },
];

/** `charge.refunded` is itself; `charge.*` is every type that begins with `charge.`; `*` is every type. */
export function matchesType(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
