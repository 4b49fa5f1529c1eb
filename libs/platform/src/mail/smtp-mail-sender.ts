import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Environment } from '../config/environment.js';
import { MailSender } from './mail-sender.js';
import type { Mail } from './mail-sender.js';

/** No step of the conversation with the mail server takes longer than this (milliseconds). */
const STEP_MS = 10_000;

/** Sends over SMTP_URL, over at most five connections that are kept open. */
@Injectable()
export class SmtpMailSender extends MailSender implements OnApplicationShutdown {
  private readonly transport;

  constructor(private readonly environment: Environment) {
    super();
    this.transport = createTransport({
      url: environment.SMTP_URL,
      pool: true,
      maxConnections: 5,
      connectionTimeout: STEP_MS,
      greetingTimeout: STEP_MS,
      socketTimeout: STEP_MS,
      // Templates are ours, but what people wrote stands in them: no mail may read a file or an address of this machine.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  override async send({ to, subject, text, html }: Mail): Promise<void> {
    // As an object, so that an address with a comma in it is never read as two.
    await this.transport.sendMail({ from: this.environment.MAIL_FROM, to: { name: '', address: to }, subject, text, html });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
