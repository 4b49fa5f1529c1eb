import { Global, Module } from '@nestjs/common';
import { HttpSmsSender } from './http-sms-sender.js';
import { MailSender } from './mail-sender.js';
import { SmsSender } from './sms-sender.js';
import { SmtpMailSender } from './smtp-mail-sender.js';

/** Mails and text messages: inject `MailSender` and `SmsSender`. */
@Global()
@Module({
  providers: [
    { provide: MailSender, useClass: SmtpMailSender },
    { provide: SmsSender, useClass: HttpSmsSender },
  ],
  exports: [MailSender, SmsSender],
})
export class MailModule {}
