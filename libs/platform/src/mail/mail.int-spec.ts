import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { freePort } from '../../../../test/support/ports.js';
import { messagesTo } from '../../../../test/support/inbox.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { ConfigurationModule } from '../config/config.module.js';
import type { Environment } from '../config/environment.js';
import { MailSender } from './mail-sender.js';
import { MailModule } from './mail.module.js';
import { SmsSender } from './sms-sender.js';

const running: INestApplicationContext[] = [];

async function start(environment: Partial<Environment> = {}): Promise<INestApplicationContext> {
  const imports = [ConfigurationModule.forRoot(environment), MailModule];
  const app = await NestFactory.createApplicationContext({ module: class {}, imports }, { logger: false, abortOnError: false });
  running.push(app);
  return app;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

describe('a mail', () => {
  it('arrives with its subject, its text and its HTML, in Arabic too', async () => {
    const mail = (await start()).get(MailSender);
    const to = `nour-${Date.now()}@example.com`;
    await mail.send({ to, subject: 'تم تأكيد طلبك', text: 'شكرا', html: '<p>شكرا</p>' });
    const [received] = await waitUntil(async () => {
      const found = await messagesTo(to);
      return found.length > 0 && found;
    });
    expect(received).toMatchObject({ channel: 'email', to, subject: 'تم تأكيد طلبك', text: expect.stringContaining('شكرا') });
    expect(received?.html).toContain('<p>شكرا</p>');
  });

  it('goes to one person, whatever the address says', async () => {
    const mail = (await start()).get(MailSender);
    const victim = `victim-${Date.now()}@example.com`;
    await mail.send({ to: `a@example.com, ${victim}`, subject: 's', text: 't', html: 'h' }).catch(() => undefined);
    const marker = `marker-${Date.now()}@example.com`;
    await mail.send({ to: marker, subject: 's', text: 't', html: 'h' });
    await waitUntil(async () => (await messagesTo(marker)).length > 0);
    expect(await messagesTo(victim)).toHaveLength(0);
  });

  it('cannot carry headers of its own in its subject', async () => {
    const mail = (await start()).get(MailSender);
    const [to, victim] = [`plain-${Date.now()}@example.com`, `bcc-${Date.now()}@example.com`];
    await mail.send({ to, subject: `Hello\r\nBcc: ${victim}`, text: 't', html: 'h' });
    await waitUntil(async () => (await messagesTo(to)).length > 0);
    expect(await messagesTo(victim)).toHaveLength(0);
  });

  it('that the server does not take is an error, so that its job tries again', async () => {
    const mail = (await start({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` })).get(MailSender);
    await expect(mail.send({ to: 'nour@example.com', subject: 's', text: 't', html: 'h' })).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('a text message', () => {
  it('arrives', async () => {
    const sms = (await start()).get(SmsSender);
    const to = `+9627${String(Date.now()).slice(-8)}`;
    await sms.send({ to, text: 'Your code is 123456' });
    expect(await waitUntil(async () => (await messagesTo(to))[0])).toMatchObject({ channel: 'sms', to, text: 'Your code is 123456' });
  });

  it('that the provider refuses is an error, so that its job tries again', async () => {
    const provider: Server = createServer((_request, reply) => reply.writeHead(500).end('no'));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    const sms = (await start({ SMS_URL: `http://127.0.0.1:${port}/sms` })).get(SmsSender);
    await expect(sms.send({ to: '+962791234567', text: 't' })).rejects.toThrow(/answered 500/);
    provider.close();
    provider.closeAllConnections();
  });

  it('is not sent, and is no error, where no provider is named', async () => {
    const sms = (await start({ SMS_URL: '' })).get(SmsSender);
    await expect(sms.send({ to: '+962791234567', text: 't' })).resolves.toBeUndefined();
  });
});
