import { Injectable, Module } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { FixedClock, randomIds } from '@daraa/kernel';
import type { Actor, DomainEvent } from '@daraa/kernel';
import { freePort, startStripeEmulator } from '@daraa/local';
import type { StripeServer, StripeServerOptions } from '@daraa/local';
import { OrdersHttpModule } from '@daraa/orders';
import { Payments, PaymentsHttpModule, PaymentsWorkerModule } from '@daraa/payments';
import type { PaymentRequest, PaymentView } from '@daraa/payments';
import { PaymentCancelled, PaymentCaptured, PaymentFailed, RefundFailed, RefundSucceeded } from '@daraa/payments/events';
import {
  AccessTokens,
  CLOCK,
  configureHttp,
  createHttpAdapter,
  Dispatcher,
  httpRoot,
  MessagingModule,
  MongoModule,
  newCartToken,
  guestIdOf,
  OnDomainEvent,
  OutboxRelay,
} from '@daraa/platform';
import type { Environment, EventOf } from '@daraa/platform';
import type { Connection } from 'mongoose';
import { SweepPayments } from '../../libs/payments/src/application/sweep-payments.js';
import Stripe from 'stripe';
import { freshDatabase } from './database.js';
import type { FreshDatabase } from './database.js';

const WEBHOOK_SECRET = 'whsec_payments_under_test';

/** Keeps what payments tell; each event once, however often it is delivered. */
@Injectable()
export class PaymentListener {
  private readonly events = new Map<string, DomainEvent<{ readonly paymentId: string; readonly refundId?: string }>>();

  /** How many events of a kind there were, of one payment or of all. */
  count(definition: { readonly type: string }, paymentId?: string): number {
    return [...this.events.values()].filter(
      (event) => event.type === definition.type && (paymentId === undefined || event.payload.paymentId === paymentId),
    ).length;
  }

  @OnDomainEvent(PaymentCaptured, 'testing.captured')
  onCaptured(event: EventOf<typeof PaymentCaptured>): Promise<void> {
    return this.hear(event);
  }

  @OnDomainEvent(PaymentFailed, 'testing.failed')
  onFailed(event: EventOf<typeof PaymentFailed>): Promise<void> {
    return this.hear(event);
  }

  @OnDomainEvent(PaymentCancelled, 'testing.cancelled')
  onCancelled(event: EventOf<typeof PaymentCancelled>): Promise<void> {
    return this.hear(event);
  }

  @OnDomainEvent(RefundSucceeded, 'testing.refunded')
  onRefunded(event: EventOf<typeof RefundSucceeded>): Promise<void> {
    return this.hear(event);
  }

  @OnDomainEvent(RefundFailed, 'testing.refund-failed')
  onRefundFailed(event: EventOf<typeof RefundFailed>): Promise<void> {
    return this.hear(event);
  }

  private hear(event: DomainEvent<{ readonly paymentId: string }>): Promise<void> {
    this.events.set(event.eventId, event);
    return Promise.resolve();
  }
}

@Module({
  imports: [MongoModule, MessagingModule, OrdersHttpModule, PaymentsHttpModule, PaymentsWorkerModule],
  providers: [PaymentListener],
})
class PaymentsProcessModule {}

export interface HttpAnswer {
  readonly status: number;
  readonly data: PaymentView & { readonly received?: boolean };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly data?: { readonly payment: PaymentView; readonly declineCode?: string };
  };
}

/** Who asks over HTTP. */
export interface Asking {
  readonly as?: Actor;
  readonly cartToken?: string;
  readonly key?: string;
}

/** Payments and orders over HTTP, with the worker's part of them, as one process. */
export class PaymentsProcess {
  readonly payments: Payments;
  readonly listener: PaymentListener;
  readonly connection: Connection;

  constructor(readonly app: NestFastifyApplication) {
    this.payments = app.get(Payments, { strict: false });
    this.listener = app.get(PaymentListener, { strict: false });
    this.connection = app.get<Connection>(getConnectionToken());
  }

  async call(method: 'GET' | 'POST', url: string, body: object | undefined, { as, cartToken, key }: Asking): Promise<HttpAnswer> {
    const tokens = this.app.get(AccessTokens);
    const token = as && tokens.sign({ accountId: as.id, roles: ['customer'], sessionId: randomIds.next('ses'), verified: true }).token;
    const reply = await this.app.inject({
      method,
      url: `/api/v1${url}`,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(cartToken === undefined ? {} : { 'x-cart-token': cartToken }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: reply.statusCode, ...reply.json<Omit<HttpAnswer, 'status'>>() };
  }

  confirm({ paymentId, buyer }: PaymentRequest, paymentMethodId?: string, key?: string): Promise<HttpAnswer> {
    const body = paymentMethodId === undefined ? {} : { paymentMethodId };
    return this.call('POST', `/payments/${paymentId}/confirm`, body, { as: buyer, ...(key === undefined ? {} : { key }) });
  }

  async find(paymentId: string): Promise<PaymentView> {
    const found = await this.payments.find(paymentId);
    if (!found) throw new Error(`There is no payment ${paymentId}.`);
    return found;
  }

  /** The provider is asked about everything that is to be checked by now. */
  sweep(signal: AbortSignal = new AbortController().signal): Promise<void> {
    return this.app.get(SweepPayments, { strict: false }).run(signal);
  }

  /** Resolves when every event that was written is handled. */
  async settled(): Promise<void> {
    const relay = this.app.get(OutboxRelay, { strict: false });
    do await this.app.get(Dispatcher, { strict: false }).idle();
    while ((await relay.oldest()) !== undefined);
  }
}

/** A database, a Stripe and processes of payments for one test file, with a clock that tests move; all end after its tests. */
export class PaymentsHouse {
  readonly clock = new FixedClock(new Date());
  private readonly processes: PaymentsProcess[] = [];
  private readonly database: FreshDatabase;
  private provider: { readonly server: StripeServer; readonly sdk: Stripe; readonly webhookPort: number } | undefined;

  /** To be made at the top of a file. */
  constructor(private readonly options: Partial<StripeServerOptions> = {}) {
    // Before the database is dropped: hooks run in the order of their definition.
    afterAll(() => this.close());
    this.database = freshDatabase();
  }

  /** The emulator: its faults and counters. */
  get stripe(): StripeServer {
    return this.started().server;
  }

  /** The provider as its own dashboard sees it. */
  get sdk(): Stripe {
    return this.started().sdk;
  }

  /** One more process; the first receives the webhooks. */
  async start(overrides: Partial<Environment> = {}): Promise<PaymentsProcess> {
    this.provider ??= await this.startProvider();
    const environment: Partial<Environment> = {
      MONGODB_URI: this.database.uri,
      STRIPE_API_URL: this.stripe.url,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'silent',
      ...overrides,
    };
    const testing = await Test.createTestingModule({ imports: [httpRoot(PaymentsProcessModule, environment)] })
      .overrideProvider(CLOCK)
      .useValue(this.clock)
      .compile();
    const adapter = createHttpAdapter(environment);
    const app = testing.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
    await configureHttp(app);
    if (this.processes.length === 0) await app.listen(this.started().webhookPort, '127.0.0.1');
    else await app.init();
    const process = new PaymentsProcess(app);
    await Promise.all(Object.values(process.connection.models).map((model) => model.init()));
    this.processes.push(process);
    return process;
  }

  /** Resolves when no process has anything to do. */
  async settled(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.settled()));
  }

  /** The charges of a payment at the provider that took money. */
  async chargesOf(paymentId: string): Promise<Stripe.Charge[]> {
    const charges = await Promise.all(
      (await this.intentsOf(paymentId)).map((intent) => this.sdk.charges.list({ payment_intent: intent.id, limit: 100 })),
    );
    return charges.flatMap((page) => page.data).filter((charge) => charge.paid);
  }

  /** The intents of a payment at the provider. */
  async intentsOf(paymentId: string): Promise<Stripe.PaymentIntent[]> {
    const intents = await this.sdk.paymentIntents.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
    return intents.filter((intent) => intent.metadata['paymentId'] === paymentId);
  }

  /** The buyer answers the 3-D Secure challenge of a payment. */
  async authenticate(paymentId: string, outcome: 'succeed' | 'fail'): Promise<void> {
    const [intent] = await this.intentsOf(paymentId);
    const url = `${this.stripe.url}/test/payment_intents/${intent?.id}/authenticate`;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ outcome }) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Headers of a webhook with this body, signed at a time in milliseconds. */
  signatureOf(body: string, at = Date.now(), secret = WEBHOOK_SECRET): string {
    return this.sdk.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at / 1000) });
  }

  private started() {
    if (!this.provider) throw new Error('Start a process first.');
    return this.provider;
  }

  private async startProvider() {
    const webhookPort = await freePort();
    const webhookUrl = `http://127.0.0.1:${webhookPort}/api/v1/webhooks/stripe`;
    const now = () => this.clock.now().getTime();
    const server = await startStripeEmulator({ webhookUrl, webhookSecret: WEBHOOK_SECRET, now, ...this.options });
    const sdk = new Stripe('sk_test_of_the_test', { host: '127.0.0.1', port: server.port, protocol: 'http', telemetry: false });
    return { server, sdk, webhookPort };
  }

  private async close(): Promise<void> {
    await this.settled();
    await Promise.all(this.processes.map((process) => process.app.close()));
    await this.provider?.server.stop();
  }
}

/** What a purchase of 20.00 USD asks to be paid by card, changed as the test needs it. */
export function aPayment(changes: Partial<PaymentRequest> = {}): PaymentRequest {
  return {
    paymentId: randomIds.next('pay'),
    payable: { type: 'purchase', id: randomIds.next('pur') },
    amount: { amount: 2000, currency: 'USD' },
    method: 'card',
    buyer: { type: 'account', id: randomIds.next('acc') },
    description: 'Purchase DRA-2026-000001',
    ...changes,
  };
}

/** A guest with the token that makes them known. */
export function aGuest(): { readonly cartToken: string; readonly buyer: Actor } {
  const cartToken = newCartToken();
  return { cartToken, buyer: { type: 'guest', id: guestIdOf(cartToken) } };
}
