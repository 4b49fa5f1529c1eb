import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { newWebhookSecret } from '../start-local-services.js';

/** Secrets of one local platform; the same at every start, or nobody would stay signed in. */
export interface LocalSecrets {
  JWT_SECRET: string;
  OTP_SECRET: string;
  STRIPE_WEBHOOK_SECRET: string;
}

/** Reads the secrets of earlier starts, makes those that are missing and keeps them in a file that only the owner can read. */
export async function loadSecrets(file: string): Promise<LocalSecrets> {
  const kept = await readFile(file, 'utf8').then(
    (content) => JSON.parse(content) as Partial<LocalSecrets>,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return {};
      throw error;
    },
  );
  const secrets = { JWT_SECRET: newSecret(), OTP_SECRET: newSecret(), STRIPE_WEBHOOK_SECRET: newWebhookSecret(), ...kept };
  await writeFile(`${file}.draft`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
  return secrets;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
