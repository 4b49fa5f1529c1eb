const HIDDEN = '[redacted]';
const MAXIMUM_DEPTH = 6;
const MAXIMUM_ITEMS = 50;

/** Names (letters only, lower case) whose values never appear. `code` is special: error codes do appear. */
const SECRET_NAMES = new Set([
  'authorization', 'proxyauthorization', 'cookie', 'setcookie', 'password', 'currentpassword', 'newpassword', 'passwordhash',
  'token', 'accesstoken', 'refreshtoken', 'idtoken', 'carttoken', 'xcarttoken', 'resettoken', 'otp', 'otpcode', 'pin', 'deliverycode',
  'secret', 'mfasecret', 'clientsecret', 'webhooksecret', 'apikey', 'privatekey', 'stripesignature', 'cardnumber', 'cvc', 'cvv', 'iban',
  'accountnumber',
]);
const EMAIL_NAMES = new Set(['email', 'mail']);
const PHONE_NAMES = new Set(['phone', 'phonenumber', 'mobile']);
const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,}$/;

const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi;
const E164 = /\+\d{8,15}\b/g;
// 13 to 19 digits, perhaps in groups, beginning as the numbers of card schemes do: times in milliseconds begin with 1.
const CARD_LIKE = /\b[2-6]\d(?:[ -]?\d){11,17}\b/g;
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/-]+=*/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b(?:sk|rk|pk)_(?:test|live)_\w+/g, HIDDEN],
  [/\bwhsec_\w+/g, HIDDEN],
  [/\b((?:pi|seti)_\w+?)_secret_\w+/g, `$1_secret_${HIDDEN}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s:/@]*:[^\s/@]*@/gi, `$1${HIDDEN}@`],
  [/\b(password|token|secret|otp|client_secret|refresh_?token|access_?token)(["']?\s*[=:]\s*["']?)[^\s"',;&}]+/gi, `$1$2${HIDDEN}`],
];

/** `n***@example.com`: enough to recognise, not enough to write to. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? HIDDEN : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** The last three digits of a phone number. */
export function maskPhone(phone: string): string {
  return `***${phone.replace(/\D/g, '').slice(-3)}`;
}

/** Takes out of a text what must not be kept: card-like numbers, tokens, secrets, credentials in addresses, emails, phones. */
export function scrub(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of SECRETS) clean = clean.replace(pattern, replacement);
  return clean
    .replace(CARD_LIKE, (digits) => (isCardNumber(digits) ? '[card]' : digits))
    .replace(EMAIL, maskEmail)
    .replace(E164, maskPhone);
}

/** A copy of `value` that may be logged: secrets by name are hidden, people masked, texts scrubbed, depth and length bounded. */
export function redact(value: unknown): unknown {
  return redacted(value, 0, new WeakSet());
}

function redacted(value: unknown, depth: number, seen: WeakSet<object>): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
  if (value instanceof Date) return value;
  if (seen.has(value)) return '[circular]';
  if (depth >= MAXIMUM_DEPTH) return '[deep]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  seen.add(value);
  const copy = copyOf(value, depth, seen);
  // Only what lies on the way down is a circle; the same object twice side by side is not.
  seen.delete(value);
  return copy;
}

function copyOf(value: object, depth: number, seen: WeakSet<object>): unknown {
  if (value instanceof Error) return errorOf(value, depth, seen);
  if (Array.isArray(value)) return value.slice(0, MAXIMUM_ITEMS).map((item) => redacted(item, depth + 1, seen));
  if (value instanceof Set) return redacted([...value], depth + 1, seen);
  if (value instanceof Map) return redacted(Object.fromEntries([...value].map(([key, item]) => [String(key), item])), depth, seen);
  if ('toJSON' in value && typeof value.toJSON === 'function') return redacted(value.toJSON(), depth + 1, seen);
  const entries = Object.entries(value).slice(0, MAXIMUM_ITEMS);
  return Object.fromEntries(entries.map(([name, item]) => [name, fieldOf(name, item, depth, seen)]));
}

function fieldOf(name: string, value: unknown, depth: number, seen: WeakSet<object>): unknown {
  const plain = name.replace(/[^a-z]/gi, '').toLowerCase();
  const isText = typeof value === 'string';
  if (SECRET_NAMES.has(plain)) return value === undefined || value === null ? value : HIDDEN;
  if (plain === 'code' && (isText || typeof value === 'number')) return isText && ERROR_CODE.test(value) ? value : HIDDEN;
  if (EMAIL_NAMES.has(plain) && isText) return maskEmail(value);
  if (PHONE_NAMES.has(plain) && isText) return maskPhone(value);
  return redacted(value, depth + 1, seen);
}

function errorOf(error: Error, depth: number, seen: WeakSet<object>): Record<string, unknown> {
  const copy: Record<string, unknown> = { type: error.name, message: scrub(error.message) };
  // Of errors the code is always one of ours, the system's or a driver's.
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) copy['code'] = error.code;
  if (error.stack) copy['stack'] = scrub(error.stack);
  if (error.cause !== undefined) copy['cause'] = redacted(error.cause, depth + 1, seen);
  if (error instanceof AggregateError) copy['errors'] = redacted(error.errors, depth + 1, seen);
  return copy;
}

/** The check digit of card numbers (Luhn); nine of ten other numbers do not pass it. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, position) => {
    const counted = position % 2 === 1 ? digit * 2 : digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
