// Runs the services of a test run in a process of its own, forked by start-services.ts; ends with it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalServices, startLocalServices } from '@daraa/local';

/** What the host tells the process that forked it. */
export type ServicesReport = { environment: Record<string, string> } | { failed: string };

const dataDir = await mkdtemp(path.join(tmpdir(), 'daraa-test-'));
let services: LocalServices | undefined;

async function end(code: number): Promise<void> {
  await services?.stop();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(code);
}

async function tell(report: ServicesReport): Promise<void> {
  await new Promise<void>((resolve) => process.send?.(report, () => resolve()));
}

// The test run tells us to end, or is gone; ctrl-C reaches both, and the test run goes first.
process.once('disconnect', () => void end(0));
process.on('SIGINT', () => undefined);

try {
  services = await startLocalServices({ dataDir, report: (line) => process.stderr.write(`${line}\n`) });
  await tell({
    environment: {
      MONGODB_URI: services.mongodbUri,
      REDIS_URL: services.redisUrl,
      SMTP_URL: services.smtpUrl,
      SMS_URL: services.smsUrl,
      INBOX_URL: services.inboxUrl,
      STRIPE_API_URL: services.stripe.apiUrl,
      STRIPE_SECRET_KEY: 'sk_test_local',
      STRIPE_WEBHOOK_SECRET: services.stripe.webhookSecret,
    },
  });
} catch (error) {
  await tell({ failed: error instanceof Error ? error.message : String(error) });
  await end(1);
}
