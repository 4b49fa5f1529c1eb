import { defineJob } from '@daraa/platform';
import type { JobRequest } from '@daraa/platform';

/** Sends the message that a challenge waits for. Shorter than the lease of a delivery, so that attempts never overlap. */
export const SendVerification = defineJob<{ readonly challengeId: string }>('accounts.send-verification', { timeoutMs: 40_000 });

/** The job of one message: every issue of a challenge has its own. */
export function verificationJob(challengeId: string, issuedAt: Date): JobRequest<{ readonly challengeId: string }> {
  return { id: `${challengeId}.${issuedAt.getTime()}`, payload: { challengeId } };
}
