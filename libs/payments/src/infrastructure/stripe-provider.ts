import { Injectable } from '@nestjs/common';
import { Environment } from '@daraa/platform';
import Stripe from 'stripe';
import { OutcomeUnknown, PaymentProvider } from '../application/payment-provider.js';
import type { ConfirmIntent, CreateIntent, RefundIntent, RefundOutcome } from '../application/payment-provider.js';
import type { IntentOutcome } from '../domain/intent-outcome.js';
import { outcomeOf } from './intent-outcome-of.js';

const RETRIES = 2;
const SECOND_MS = 1000;
const CLOCK_SKEW_SECONDS = 300;

/** Stripe behind the port. Keys are attempt id and operation. */
@Injectable()
export class StripeProvider extends PaymentProvider {
  private readonly stripe: Stripe;

  constructor(environment: Environment) {
    super();
    this.stripe = new Stripe(environment.STRIPE_SECRET_KEY, {
      maxNetworkRetries: RETRIES,
      timeout: environment.STRIPE_TIMEOUT_MS,
      telemetry: false,
      ...addressOf(environment.STRIPE_API_URL),
    });
  }

  create(request: CreateIntent): Promise<IntentOutcome> {
    const { paymentId, attemptId, payableId, amount, description, paymentMethodId } = request;
    return this.intentOf(() =>
      this.stripe.paymentIntents.create(
        {
          amount: amount.amount,
          currency: amount.currency.toLowerCase(),
          description,
          allowed_payment_method_types: ['card'],
          metadata: { paymentId, payableId, attemptId },
          ...(paymentMethodId === undefined ? {} : { payment_method: paymentMethodId, confirm: true }),
        },
        { idempotencyKey: `${attemptId}:create` },
      ),
    );
  }

  confirm({ intentId, attemptId, paymentMethodId }: ConfirmIntent): Promise<IntentOutcome> {
    return this.intentOf(() =>
      this.stripe.paymentIntents.confirm(intentId, { payment_method: paymentMethodId }, { idempotencyKey: `${attemptId}:confirm` }),
    );
  }

  cancel(intentId: string, paymentId: string): Promise<IntentOutcome> {
    return this.intentOf(() => this.stripe.paymentIntents.cancel(intentId, {}, { idempotencyKey: `${paymentId}:cancel` }));
  }

  retrieve(intentId: string): Promise<IntentOutcome> {
    return this.intentOf(() => this.stripe.paymentIntents.retrieve(intentId));
  }

  async search(paymentId: string, since: Date): Promise<IntentOutcome | undefined> {
    const from = Math.floor(since.getTime() / SECOND_MS) - CLOCK_SKEW_SECONDS;
    try {
      const created = { gte: from, lte: from + 2 * CLOCK_SKEW_SECONDS + 3600 };
      for await (const intent of this.stripe.paymentIntents.list({ created, limit: 100 })) {
        if (intent.metadata['paymentId'] === paymentId) return outcomeOf(intent);
      }
      return undefined;
    } catch (error) {
      throw unknownOr(error);
    }
  }

  async refund({ intentId, refundId, amount }: RefundIntent): Promise<RefundOutcome> {
    try {
      const refund = await this.stripe.refunds.create(
        { payment_intent: intentId, amount: amount.amount, metadata: { refundId } },
        { idempotencyKey: `${refundId}:refund` },
      );
      return refund.status === 'failed' ? { reason: refund.failure_reason ?? 'failed' } : { providerRefundId: refund.id };
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError) return { reason: error.message };
      throw unknownOr(error);
    }
  }

  /** What the intent is after a call, whether the call succeeded or was refused. */
  private async intentOf(call: () => Promise<Stripe.PaymentIntent>): Promise<IntentOutcome> {
    try {
      return outcomeOf(await call());
    } catch (error) {
      if (error instanceof Stripe.errors.StripeError && error.payment_intent) return outcomeOf(error.payment_intent, error);
      throw unknownOr(error);
    }
  }
}

/** No answer, a failure on the provider's side, or a key still in use: only repeating the call tells. Anything else is our fault. */
function unknownOr(error: unknown): unknown {
  const { StripeAPIError, StripeConnectionError, StripeIdempotencyError, StripeRateLimitError } = Stripe.errors;
  const repeatable = [StripeAPIError, StripeConnectionError, StripeRateLimitError].some((type) => error instanceof type);
  const inUse = error instanceof StripeIdempotencyError && error.statusCode === 409;
  return repeatable || inUse ? new OutcomeUnknown(error) : error;
}

/** Where the provider is reached; Stripe itself where nothing is said. */
function addressOf(url: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (url === '') return {};
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  return { host: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port), protocol: secure ? 'https' : 'http' };
}
