import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { type LocalServer, startLocalServer } from '../http/local-server.js';
import { type Inbox, startInbox } from './inbox.js';
import type { InboxMessage } from './message-store.js';

let folder: string;
let inbox: Inbox;
let server: LocalServer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'daraa-inbox-'));
  await open();
});

afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  inbox = await startInbox({ file: path.join(folder, 'inbox.jsonl') });
  server = await startLocalServer({ routes: { '/inbox': inbox.handleInbox, '/sms': inbox.handleSms } });
}

async function close(): Promise<void> {
  await server.close();
  await inbox.close();
}

async function messagesFor(to: string): Promise<InboxMessage[]> {
  const response = await fetch(`${server.url}/inbox?to=${encodeURIComponent(to)}`);
  return (await response.json()) as InboxMessage[];
}

function postSms(body: string): Promise<Response> {
  return fetch(`${server.url}/sms`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

describe('the inbox of the local platform', () => {
  it('shows a mail with its subject, text and HTML in any script', async () => {
    const mail = { subject: 'رمز التحقق الخاص بك', text: 'الرمز: 123456', html: '<p>الرمز: <b>123456</b></p>' };
    await createTransport(inbox.smtpUrl).sendMail({ from: 'Daraa <no-reply@daraa.test>', to: 'lina@demo.test', ...mail });
    const [message, ...others] = await messagesFor('lina@demo.test');
    expect(others).toEqual([]);
    expect(message).toMatchObject({ channel: 'email', to: 'lina@demo.test', subject: mail.subject, text: mail.text });
    expect(message?.html).toContain('<b>123456</b>');
    expect(Date.now() - Date.parse(message?.at ?? '')).toBeLessThan(10_000);
  });

  it('shows a mail to each of its recipients, the hidden ones too', async () => {
    const mail = { from: 'no-reply@daraa.test', to: 'a@demo.test', bcc: 'b@demo.test', subject: 'hello', text: 'hello' };
    await createTransport(inbox.smtpUrl).sendMail(mail);
    expect(await messagesFor('a@demo.test')).toHaveLength(1);
    expect(await messagesFor('b@demo.test')).toHaveLength(1);
    expect(await messagesFor('c@demo.test')).toEqual([]);
  });

  it('shows text messages, newest first', async () => {
    await postSms(JSON.stringify({ to: '+962790000001', text: 'first' }));
    const response = await postSms(JSON.stringify({ to: '+962790000001', text: 'second' }));
    expect(response.status).toBe(202);
    const messages = await messagesFor('+962790000001');
    expect(messages.map(({ channel, text }) => [channel, text])).toEqual([
      ['sms', 'second'],
      ['sms', 'first'],
    ]);
  });

  it.each(['not json', '{}', '{"to":"+1"}', '{"to":"","text":"x"}', '{"to":1,"text":"x"}'])('refuses the text message %s', async (body) => {
    expect((await postSms(body)).status).toBe(400);
  });

  it('shows them again after the next start', async () => {
    await createTransport(inbox.smtpUrl).sendMail({ from: 'no-reply@daraa.test', to: 'a@demo.test', subject: 'kept', text: 'kept' });
    await close();
    await open();
    expect(await messagesFor('a@demo.test')).toMatchObject([{ subject: 'kept' }]);
  });

  it('names its paths to whoever asks for another', async () => {
    const response = await fetch(`${server.url}/inboxes`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Nothing here; try /inbox, /sms' });
  });
});
