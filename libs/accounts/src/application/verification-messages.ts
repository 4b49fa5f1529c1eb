import type { Locale } from '../domain/account.js';
import type { Mail, Sms } from '@daraa/platform';

type MailText = Omit<Mail, 'to'>;

interface Words {
  readonly direction: 'ltr' | 'rtl';
  readonly codeSubject: string;
  readonly codeBefore: string;
  readonly codeAfter: string;
  readonly sms: (code: string) => string;
  readonly noticeSubject: string;
  readonly notice: readonly string[];
}

// Nothing that the person who registered has typed stands in these messages: whoever owns the address has not asked for it yet.
const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    direction: 'ltr',
    codeSubject: 'Your Daraa verification code',
    codeBefore: 'Enter this code to verify your contact at Daraa:',
    codeAfter: 'It works once, for ten minutes. Nobody from Daraa will ever ask you for it. If you did not register, ignore this message.',
    sms: (code) => `${code} is your Daraa code. It works once, for ten minutes.`,
    noticeSubject: 'Somebody tried to register with your email at Daraa',
    notice: [
      'Somebody tried to register at Daraa with this email address. You have an account with it already, and nothing has changed.',
      'If it was you: log in with your password, or ask for a new code where your address is not verified yet.',
      'If it was not you, ignore this message.',
    ],
  },
  ar: {
    direction: 'rtl',
    codeSubject: 'رمز التحقق الخاص بك في Daraa',
    codeBefore: 'أدخل هذا الرمز لتأكيد وسيلة التواصل الخاصة بك في Daraa:',
    codeAfter: 'الرمز صالح لمرة واحدة ولمدة عشر دقائق. لن يطلبه منك أحد من Daraa أبداً. إذا لم تقم بالتسجيل فتجاهل هذه الرسالة.',
    sms: (code) => `رمز Daraa الخاص بك هو ${code} وهو صالح لمرة واحدة ولمدة عشر دقائق.`,
    noticeSubject: 'حاول أحدهم التسجيل ببريدك الإلكتروني في Daraa',
    notice: [
      'حاول أحدهم التسجيل في Daraa بعنوان البريد الإلكتروني هذا. لديك حساب به بالفعل ولم يتغير شيء.',
      'إن كنت أنت: سجّل الدخول بكلمة مرورك، أو اطلب رمزاً جديداً إن لم يتم تأكيد بريدك بعد.',
      'وإن لم تكن أنت فتجاهل هذه الرسالة.',
    ],
  },
};

/** The mail that carries a one-time code. */
export function codeMail(locale: Locale, code: string): MailText {
  const { codeSubject, codeBefore, codeAfter } = WORDS[locale];
  const digits = `<p style="font-size:2em;letter-spacing:.2em" dir="ltr"><strong>${escaped(code)}</strong></p>`;
  return {
    subject: codeSubject,
    text: [codeBefore, code, codeAfter].join('\n\n'),
    html: page(locale, [paragraph(codeBefore), digits, paragraph(codeAfter)]),
  };
}

/** The text message that carries a one-time code. */
export function codeSms(locale: Locale, code: string): Omit<Sms, 'to'> {
  return { text: WORDS[locale].sms(code) };
}

/** The mail to the owner of an email that somebody tried to register again. */
export function noticeMail(locale: Locale): MailText {
  const { noticeSubject, notice } = WORDS[locale];
  return { subject: noticeSubject, text: notice.join('\n\n'), html: page(locale, notice.map(paragraph)) };
}

function page(locale: Locale, content: readonly string[]): string {
  const { direction } = WORDS[locale];
  return `<!doctype html><html lang="${locale}" dir="${direction}"><body style="font-family:sans-serif">${content.join('')}</body></html>`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
