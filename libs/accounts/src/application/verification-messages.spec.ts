import { codeMail, codeSms, noticeMail } from './verification-messages.js';

describe.each(['en', 'ar'] as const)('messages in %s', (locale) => {
  it('show the code plainly, once, and no other number of six digits', () => {
    const { subject, text, html } = codeMail(locale, '042137');
    expect(text.match(/\b\d{6}\b/g)).toEqual(['042137']);
    expect(html.match(/\b\d{6}\b/g)).toEqual(['042137']);
    expect(subject).not.toMatch(/\d{6}/);
    expect(codeSms(locale, '042137').text.match(/\b\d{6}\b/g)).toEqual(['042137']);
  });

  it('encode in HTML what they show', () => {
    expect(codeMail(locale, '<b>&"').html).toContain('<strong>&lt;b&gt;&amp;&quot;</strong>');
  });

  it('say their language and direction', () => {
    expect(codeMail(locale, '042137').html).toContain(locale === 'ar' ? '<html lang="ar" dir="rtl">' : '<html lang="en" dir="ltr">');
  });

  it('hold no code where they are a notice', () => {
    const { subject, text, html } = noticeMail(locale);
    expect(`${subject} ${text} ${html}`).not.toMatch(/\d{6}/);
  });
});
