import { readJson, type RequestHandler, sendJson } from '../http/local-server.js';
import { startMailServer } from './mail-server.js';
import { MessageStore } from './message-store.js';

/** Where every mail and text message of the local platform arrives. */
export interface Inbox {
  /** For the mailer: `smtp://127.0.0.1:<port>`. */
  readonly smtpUrl: string;
  /** `GET /inbox?to=<mail address or phone>`: the messages as a JSON array, newest first. */
  readonly handleInbox: RequestHandler;
  /** `POST /sms` with `{ to, text }`: what a text message provider would be asked. */
  readonly handleSms: RequestHandler;
  close(): Promise<void>;
}

export interface InboxOptions {
  /** The port of the mail server; any free one when absent. */
  smtpPort?: number | undefined;
  /** The file that keeps the messages for the next start; in memory only when absent. */
  file?: string | undefined;
}

/** Starts the mail server and reads the messages of earlier starts. */
export async function startInbox({ smtpPort, file }: InboxOptions = {}): Promise<Inbox> {
  const store = new MessageStore(file);
  await store.load();
  const mail = await startMailServer({ port: smtpPort, deliver: (messages) => store.add(...messages) });
  return {
    smtpUrl: `smtp://127.0.0.1:${mail.port}`,
    close: () => mail.close(),
    handleInbox: async (request, response) => {
      if (request.method !== 'GET') return sendJson(response, 405, { message: 'Use GET /inbox?to=<mail address or phone>' });
      const { searchParams } = new URL(request.url ?? '/', 'http://local');
      return sendJson(response, 200, store.find(searchParams.get('to') ?? undefined));
    },
    handleSms: async (request, response) => {
      const message = request.method === 'POST' ? await readJson(request) : undefined;
      if (!isTextMessage(message)) return sendJson(response, 400, { message: 'Use POST /sms with { "to": "<phone>", "text": "…" }' });
      await store.add({ channel: 'sms', to: message.to, subject: '', text: message.text, html: '', at: new Date().toISOString() });
      return sendJson(response, 202, { accepted: true });
    },
  };
}

function isTextMessage(value: unknown): value is { to: string; text: string } {
  if (typeof value !== 'object' || value === null || !('to' in value) || !('text' in value)) return false;
  return typeof value.to === 'string' && value.to !== '' && typeof value.text === 'string';
}
