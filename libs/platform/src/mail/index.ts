export { MailSender } from './mail-sender.js';
export type { Mail } from './mail-sender.js';
export { MailModule } from './mail.module.js';
export { SmsSender } from './sms-sender.js';
export type { Sms } from './sms-sender.js';
