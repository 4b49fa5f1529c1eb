import { Injectable, Logger } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { maskPhone } from '../observability/redaction.js';
import { SmsSender } from './sms-sender.js';
import type { Sms } from './sms-sender.js';

const ANSWER_WITHIN_MS = 10_000;

/** Posts `{ to, text }` to SMS_URL. Without SMS_URL nothing is sent, and the log says so. */
@Injectable()
export class HttpSmsSender extends SmsSender {
  private readonly logger = new Logger('Sms');

  constructor(private readonly environment: Environment) {
    super();
  }

  override async send(sms: Sms): Promise<void> {
    if (this.environment.SMS_URL === '') {
      this.logger.warn(`SMS_URL is not set: nothing is sent to ${maskPhone(sms.to)}`);
      return;
    }
    const reply = await fetch(this.environment.SMS_URL, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ to: sms.to, text: sms.text }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    // Read to the end, or the connection could not be used again.
    await reply.arrayBuffer();
    if (!reply.ok) throw new Error(`The SMS provider answered ${reply.status}`);
  }
}
