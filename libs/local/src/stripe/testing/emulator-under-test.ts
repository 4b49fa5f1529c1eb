import Stripe from 'stripe';
import { startStripeEmulator, stripeSdkOptions, type StripeServer, type StripeServerOptions } from '../index.js';

export const testSecret = 'whsec_emulator_spec';

export interface EmulatorUnderTest {
  emulator: StripeServer;
  /** The real SDK, pointed at the emulator; it tries nothing again unless the test says so. */
  stripe: Stripe;
}

/** A new, empty emulator on a free port, and the SDK in front of it. */
export async function startEmulatorUnderTest(options: Partial<StripeServerOptions> = {}): Promise<EmulatorUnderTest> {
  const emulator = await startStripeEmulator({ webhookSecret: testSecret, ...options });
  return { emulator, stripe: sdkFor(emulator.url) };
}

export function sdkFor(url: string, options: Stripe.StripeConfig = {}): Stripe {
  return new Stripe('sk_test_emulator', { ...stripeSdkOptions(url), maxNetworkRetries: 0, telemetry: false, ...options });
}

/** A card payment of 20.00 USD that is captured and settled at once, changed as the test needs it. */
export function cardPayment(changes: Partial<Stripe.PaymentIntentCreateParams> = {}): Stripe.PaymentIntentCreateParams {
  return {
    amount: 2000,
    currency: 'usd',
    capture_method: 'automatic',
    allowed_payment_method_types: ['card'],
    payment_method: 'pm_card_visa',
    confirm: true,
    ...changes,
  };
}

/** The error that the SDK raises. Throws where it raises none. */
export async function errorOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call succeeded.');
}

export interface ControlAnswer {
  status: number;
  body: unknown;
}

/** Calls one of the emulator's own routes. */
export async function control(emulator: StripeServer, method: string, path: string, body?: unknown): Promise<ControlAnswer> {
  const response = await fetch(`${emulator.url}${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}
