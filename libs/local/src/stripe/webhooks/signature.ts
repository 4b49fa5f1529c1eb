import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` header of a payload that is sent now; `at` in milliseconds since 1970. */
export function signatureHeader(payload: string, secret: string, at: number): string {
  const timestamp = Math.floor(at / 1000);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
