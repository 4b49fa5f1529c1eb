import type { Answer, ApiClient } from './api-client.js';
import { waitUntil } from './wait-until.js';

/** The data of a verification, a login or a refresh. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly account: {
    readonly id: string;
    readonly email: string;
    readonly roles: readonly string[];
    readonly stores: readonly { id: string; slug: string; role: string }[];
  };
}

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A password that registration accepts. */
export const GOOD_PASSWORD = 'Correct-horse-7';

/** The one-time code of the newest letter to this email, once the worker has sent it. */
export async function codeFromInbox(email: string): Promise<string> {
  return waitUntil(
    async () => {
      const reply = await fetch(`${process.env['INBOX_URL']}?to=${encodeURIComponent(email)}`);
      const [newest] = (await reply.json()) as Letter[];
      return newest?.text.match(/\b\d{6}\b/)?.[0];
    },
    { within: 20_000, describe: `a code has come to ${email}` },
  );
}

/** The data of an answer that must have this status. */
export function dataOf<Data>(answer: Answer<Data>, status = 200): Data {
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text}`);
  return answer.body.data;
}

/** Registers with a password and verifies the email with the code from the inbox, as a person does. */
export async function signUp(guest: ApiClient, email: string, more: object = {}): Promise<Session> {
  const person = { email, password: GOOD_PASSWORD, firstName: 'Layla', lastName: 'Haddad', ...more };
  dataOf(await guest.post<object>('/auth/register', person), 201);
  return dataOf(await guest.post<Session>('/auth/otp/verify', { email, code: await codeFromInbox(email) }));
}
