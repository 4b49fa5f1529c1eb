import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { InboxMessage } from './message-store.js';

const LARGEST_MAIL_BYTES = 10 * 1024 * 1024;

/** A mail server on the loopback address that delivers everything to one place. */
export interface MailServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface MailServerOptions {
  /** Any free port when absent. */
  port?: number | undefined;
  /** Receives one message per recipient; the mail is accepted when it resolves. */
  deliver: (messages: InboxMessage[]) => Promise<void>;
}

/** Starts a mail server without encryption or login, for this machine alone. */
export async function startMailServer({ port = 0, deliver }: MailServerOptions): Promise<MailServer> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MAIL_BYTES,
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onData: (stream, session, callback) => {
      readMail(stream, session)
        .then(deliver)
        .then(() => callback(), callback);
    },
  });
  // A client that breaks off is its own concern; the server goes on.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function readMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<InboxMessage[]> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is larger than 10 MB'), { responseCode: 552 });
  const mail = await PostalMime.parse(raw);
  const content = { subject: mail.subject ?? '', text: (mail.text ?? '').trimEnd(), html: mail.html ?? '', at: new Date().toISOString() };
  return session.envelope.rcptTo.map(({ address }) => ({ channel: 'email', to: address, ...content }));
}
