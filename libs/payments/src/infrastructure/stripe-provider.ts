import { Injectable, Logger } from '@nestjs/common';
import { Environment } from '@daraa/platform';
import Stripe from 'stripe';
import { PaymentProvider } from '../application/payment-provider.js';
import type { ConfirmIntent, CreateIntent, Period, RefundIntent } from '../application/payment-provider.js';
import type { IntentOutcome } from '../domain/intent-outcome.js';
import type { RefundOutcome } from '../domain/payment.js';
import { isConclusive } from '../domain/payment-status.js';
import type { ProviderRecord } from '../domain/payment-faults.js';
import { outcomeOf, outcomeOfRefund, recordOfIntent } from './intent-outcome-of.js';
import { failureOfRefusal, isKeyTaken, isMissing, isRefusal, isReplayed, unknownOr } from './stripe-failures.js';

const RETRIES = 2;
const SECOND_MS = 1000;
const CLOCK_SKEW_SECONDS = 300;
const PAGE = 100;

type IntentCall = () => Promise<Stripe.Response<Stripe.PaymentIntent>>;

/** Stripe behind the port. Keys are attempt id and operation; cancelling needs none, because a second time it is refused. */
@Injectable()
export class StripeProvider extends PaymentProvider {
  private readonly logger = new Logger(StripeProvider.name);
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
    return this.charge(null, () =>
      this.stripe.paymentIntents.create(
        {
          amount: amount.amount,
          currency: amount.currency.toLowerCase(),
          // Only then are the provider's fee and the day of its payout known at once.
          capture_method: 'automatic',
          description,
          allowed_payment_method_types: ['card'],
          metadata: { paymentId, payableId, attemptId },
          ...(paymentMethodId === undefined ? {} : { payment_method: paymentMethodId, confirm: true }),
        },
        { idempotencyKey: `${attemptId}:create` },
      ),
    );
  }

  async createUncharged(request: CreateIntent): Promise<IntentOutcome> {
    const { paymentId, attemptId, payableId, amount, description } = request;
    try {
      return await this.create({ paymentId, attemptId, payableId, amount, description });
    } catch (error) {
      if (isKeyTaken(error)) return this.create(request);
      throw error;
    }
  }

  confirm({ intentId, attemptId, paymentMethodId }: ConfirmIntent): Promise<IntentOutcome> {
    return this.charge(intentId, () =>
      this.stripe.paymentIntents.confirm(intentId, { payment_method: paymentMethodId }, { idempotencyKey: `${attemptId}:confirm` }),
    );
  }

  cancel(intentId: string): Promise<IntentOutcome> {
    return this.intentOf(() => this.stripe.paymentIntents.cancel(intentId));
  }

  retrieve(intentId: string): Promise<IntentOutcome> {
    return this.intentOf(() => this.stripe.paymentIntents.retrieve(intentId));
  }

  async search(paymentId: string, { from, to }: Period): Promise<IntentOutcome | undefined> {
    const created = { gte: secondsOf(from) - CLOCK_SKEW_SECONDS, lte: secondsOf(to) + CLOCK_SKEW_SECONDS };
    try {
      for await (const intent of this.stripe.paymentIntents.list({ created, limit: PAGE })) {
        if (intent.metadata['paymentId'] === paymentId) return outcomeOf(intent);
      }
      return undefined;
    } catch (error) {
      throw unknownOr(error);
    }
  }

  async refund({ intentId, paymentId, refundId, amount }: RefundIntent): Promise<RefundOutcome> {
    try {
      const refund = await this.stripe.refunds.create(
        { payment_intent: intentId, amount: amount.amount, metadata: { paymentId, refundId } },
        { idempotencyKey: `${refundId}:refund` },
      );
      return outcomeOfRefund(isReplayed(refund.lastResponse.headers) ? await this.stripe.refunds.retrieve(refund.id) : refund);
    } catch (error) {
      if (!isRefusal(error)) throw unknownOr(error);
      this.logger.error(`Stripe refuses refund ${refundId} of ${paymentId}: ${error.message}`);
      // It refuses as well what has gone back already by an earlier call.
      return (await this.findRefund(intentId, refundId)) ?? { status: 'failed', reason: error.message };
    }
  }

  async findRefund(intentId: string, refundId: string): Promise<RefundOutcome | undefined> {
    try {
      for await (const refund of this.stripe.refunds.list({ payment_intent: intentId, limit: PAGE })) {
        if (refund.metadata?.['refundId'] === refundId) return outcomeOfRefund(refund);
      }
      return undefined;
    } catch (error) {
      throw unknownOr(error);
    }
  }

  async recordOf(intentId: string): Promise<ProviderRecord | undefined> {
    try {
      return recordOfIntent(await this.stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unknownOr(error);
    }
  }

  /** A call that may charge: what Stripe will not do at all is a failed attempt. `intentId` is null where there is none yet. */
  private async charge(intentId: string | null, call: IntentCall): Promise<IntentOutcome> {
    try {
      return await this.intentOf(call);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.logger.error(`Stripe refuses to charge ${intentId ?? 'a new intent'}: ${error.message}`);
      return { intentId, clientSecret: null, status: 'failed', failure: failureOfRefusal(error) };
    }
  }

  /** What the intent is after a call, whether the call succeeded, was declined or came too late. */
  private async intentOf(call: IntentCall): Promise<IntentOutcome> {
    try {
      const intent = await call();
      return await this.present(outcomeOf(intent), intent.lastResponse.headers);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError) || !error.payment_intent) throw unknownOr(error);
      return this.present(outcomeOf(error.payment_intent), error.headers);
    }
  }

  /** A repeated answer is as old as the first: unless it is the last word, the intent is asked how it stands now. */
  private async present(outcome: IntentOutcome, headers: Readonly<Record<string, string>> | undefined): Promise<IntentOutcome> {
    if (!isReplayed(headers) || isConclusive(outcome.status) || outcome.intentId === null) return outcome;
    return this.retrieve(outcome.intentId);
  }
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / SECOND_MS);
}

/** Where the provider is reached; Stripe itself where nothing is said. */
function addressOf(url: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (url === '') return {};
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  return { host: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port), protocol: secure ? 'https' : 'http' };
}
