import { maskEmail, maskPhone, redact, scrub } from './redaction.js';

describe('what is logged', () => {
  it.each([
    ['authorization', 'Bearer abc'],
    ['Authorization', 'Bearer abc'],
    ['password', 'hunter2'],
    ['newPassword', 'hunter2'],
    ['token', 'abc'],
    ['refreshToken', 'abc.1.def'],
    ['access_token', 'abc'],
    ['X-Cart-Token', 'abc'],
    ['code', '493021'],
    ['code', 493_021],
    ['otp', '493021'],
    ['deliveryCode', '4930'],
    ['secret', 'abc'],
    ['cardNumber', '4242424242424242'],
    ['card_number', '4242424242424242'],
    ['client_secret', 'pi_1_secret_2'],
    ['clientSecret', 'pi_1_secret_2'],
    ['Stripe-Signature', 't=1,v1=2'],
  ])('hides %s wherever it stands', (name, value) => {
    const logged = JSON.stringify(redact({ request: { body: [{ [name]: value }] } }));
    expect(logged).toContain('[redacted]');
    expect(logged).not.toContain(String(value));
  });

  it.each([
    ['a bearer token', 'GET / Authorization: Bearer eyJhbGciOi.abc', 'eyJhbGciOi'],
    ['a token of ours', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl', 'eyJzdWIi'],
    ['a key of the payment provider', 'Invalid API Key provided: sk_live_51H8abc', '51H8abc'],
    ['a client secret', 'intent pi_3N1abc_secret_9xyz is used', '9xyz'],
    ['credentials in an address', 'mongodb://daraa:s3cret@db.internal:27017/daraa', 's3cret'],
    ['a password in JSON', 'body {"password":"hunter2"}', 'hunter2'],
    ['a password in a form', 'email=a&password=hunter2&x=1', 'hunter2'],
    ['a card number', 'card 4242424242424242 declined', '4242424242424242'],
    ['a card number in groups', 'card 4242 4242 4242 4242 declined', '4242 4242'],
    ['a card number with hyphens', 'card 5555-5555-5555-4444', '5555-5555'],
    ['an email', 'cannot deliver to nour.haddad@example.com', 'nour.haddad'],
    ['a phone number', 'cannot reach +962791234567', '791234567'],
  ])('takes %s out of texts', (_what, text, secret) => {
    expect(scrub(text)).not.toContain(secret);
    expect(JSON.stringify(redact({ note: text }))).not.toContain(secret);
  });

  it.each([
    ['an id', 'ord_01jc3v5k8wfm2r9x7yqz4t6bnh'],
    ['a time in milliseconds', 'at 1763722097587'],
    ['an order number', 'order 2026-0001234-1'],
    ['a number that is no card number', 'reference 4242424242424243'],
    ['an amount', '129900 USD'],
  ])('leaves %s as it is', (_what, text) => {
    expect(scrub(text)).toBe(text);
  });

  it('keeps error codes, which are no secret', () => {
    expect(redact({ code: 'ORDER_NOT_FOUND' })).toEqual({ code: 'ORDER_NOT_FOUND' });
    const duplicate = Object.assign(new Error('E11000 duplicate key'), { code: 11_000 });
    expect(redact(duplicate)).toMatchObject({ type: 'Error', message: 'E11000 duplicate key', code: 11_000 });
  });

  it('masks people', () => {
    expect(redact({ email: 'nour@example.com', phone: '0791234567' })).toEqual({ email: 'n***@example.com', phone: '***567' });
    expect(maskEmail('nour@example.com')).toBe('n***@example.com');
    expect(maskPhone('+962 79 123 4567')).toBe('***567');
  });

  it('tells an error with its cause and its stack, scrubbed', () => {
    const error = new Error('outer', { cause: new Error('token=abc123') });
    const logged = redact({ error }) as { error: { stack: string; cause: { message: string } } };
    expect(logged.error.stack).toContain('redaction.spec');
    expect(logged.error.cause.message).toBe('token=[redacted]');
  });

  it('is bounded in depth, length and circles', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(redact(circle)).toEqual({ self: '[circular]' });
    const shared = { a: 1 };
    expect(redact({ left: shared, right: shared })).toEqual({ left: { a: 1 }, right: { a: 1 } });
    expect(JSON.stringify(redact({ a: { b: { c: { d: { e: { f: { g: 'deep' } } } } } } }))).not.toContain('g');
    expect(redact(Array.from({ length: 1000 }, () => 1))).toHaveLength(50);
    expect(redact(Buffer.from('secret bytes'))).toBe('[12 bytes]');
  });

  it('survives every kind of value', () => {
    const plain = [undefined, null, 1, 2n, Number.NaN, Symbol('x'), () => 1];
    const values: unknown[] = [...plain, new Map([['password', 'x']]), new Set([1]), new Date(0), Object.create(null)];
    for (const value of values) expect(() => JSON.stringify(redact({ value }))).not.toThrow();
    expect(JSON.stringify(redact(new Map([['password', 'hunter2']])))).not.toContain('hunter2');
  });
});
