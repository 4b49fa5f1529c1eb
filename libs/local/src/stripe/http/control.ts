import type Stripe from 'stripe';
import type { RequestCounters } from '../counters.js';
import { finishAuthentication } from '../resources/payment-attempts.js';
import type { StripeRuntime } from '../runtime.js';
import { idPrefixes, type ObjectKind } from '../state/objects.js';
import type { Transaction } from '../state/store.js';
import type { ApiRequest, WireAnswer } from './api.js';
import { BadControlRequest, JsonFields, readFaults } from './control-input.js';
import { StripeFailure, resourceMissing } from './errors.js';

const kinds = Object.keys(idPrefixes) as ObjectKind[];

/** The emulator's own routes, which Stripe does not have: `/test/…` and `/events`. No key is asked for. */
export class ControlRoutes {
  constructor(
    private readonly runtime: StripeRuntime,
    private readonly counters: RequestCounters,
  ) {}

  /** Undefined where the path is none of these routes. */
  answer(request: ApiRequest): WireAnswer | undefined {
    try {
      const body = this.route(request);
      return body === undefined ? undefined : json(200, body);
    } catch (error) {
      if (error instanceof BadControlRequest) return json(400, { error: { message: error.message } });
      if (error instanceof StripeFailure) return json(error.status, { error: error.error });
      throw error;
    }
  }

  private route({ method, path, body }: ApiRequest): unknown {
    const authenticate = /^\/test\/payment_intents\/([^/]+)\/authenticate$/.exec(path)?.[1];
    if (method === 'POST' && authenticate !== undefined) return this.authenticate(authenticate, body);
    switch (`${method} ${path}`) {
      case 'POST /events':
        return this.triggerEvent(body);
      case 'POST /test/faults':
        this.runtime.faults.set(readFaults(body));
        return { webhooks: this.runtime.faults.webhooks };
      case 'DELETE /test/faults':
        this.runtime.faults.clear();
        return { webhooks: this.runtime.faults.webhooks };
      case 'POST /test/webhooks/release':
        this.runtime.faults.releaseWebhooks();
        return { webhooks: this.runtime.faults.webhooks };
      case 'GET /test/counters':
        return this.counters.read();
      default:
        return undefined;
    }
  }

  /** The buyer answers the 3-D Secure challenge of an intent that waits for it. */
  private authenticate(intentId: string, body: string): Stripe.PaymentIntent {
    const fields = JsonFields.parse(body);
    const outcome = fields.text('outcome') ?? 'succeed';
    fields.finish();
    if (outcome !== 'succeed' && outcome !== 'fail') throw new BadControlRequest('outcome must be succeed or fail.');
    const tx = this.runtime.begin();
    const intent = tx.find('payment_intent', intentId);
    if (intent === undefined) throw resourceMissing('payment_intent', intentId);
    const answered = finishAuthentication(tx, intent, outcome === 'succeed');
    this.runtime.commit(tx);
    return answered;
  }

  /** Sends an event of any type about any object, or sends one again. */
  private triggerEvent(body: string): Stripe.EventBase {
    const fields = JsonFields.parse(body);
    const resend = fields.text('resend');
    if (resend !== undefined) {
      fields.finish();
      const event = this.runtime.store.find('event', resend);
      if (event === undefined) throw resourceMissing('event', resend);
      this.runtime.webhooks.send(event);
      return event;
    }
    const type = fields.text('type');
    const data = fields.group('data');
    const object = data?.any('object');
    fields.finish();
    data?.finish();
    if (type === undefined || object === undefined) throw new BadControlRequest('type and data.object, or resend, must be given.');
    const tx = this.runtime.begin();
    // Any type may be triggered, also one that a later SDK knows.
    const event = tx.emit(type as Stripe.EventBase['type'], dataObject(tx, object));
    this.runtime.commit(tx);
    if (event.pending_webhooks === 0) this.runtime.webhooks.send(event);
    return event;
  }
}

/** An id stands for the object as it is now. */
function dataObject(tx: Transaction, object: unknown): object {
  if (typeof object === 'object' && object !== null) return object;
  const id = typeof object === 'string' ? object : '';
  const kind = kinds.find((candidate) => id.startsWith(`${idPrefixes[candidate]}_`));
  const found = kind === undefined ? undefined : tx.find(kind, id);
  if (found === undefined) throw new BadControlRequest('data.object must be an object or the id of one.');
  return found;
}

function json(status: number, body: unknown): WireAnswer {
  return { status, headers: {}, body: JSON.stringify(body) };
}
