import { isDomainError } from '@daraa/kernel';
import type { ErrorDetail, MoneyAmount } from '@daraa/kernel';
import { validated } from '../validation.js';
import {
  BooleanField,
  BooleanQuery,
  DateField,
  DayField,
  EmailField,
  EnumField,
  EnumQuery,
  GeoPointField,
  IdField,
  IntegerField,
  IntegerQuery,
  LocalisedTextField,
  MapField,
  MoneyField,
  NumberField,
  ObjectField,
  PageQuery,
  PasswordField,
  PhoneField,
  TextField,
  TextQuery,
  UrlField,
} from './index.js';
import type { LocalisedText } from './index.js';

class Line {
  @TextField({ min: 1, max: 10, example: 'Amman' })
  city!: string;
}

class Address {
  @ObjectField(() => Line, { each: true, minItems: 1, maxItems: 3 })
  lines!: Line[];
}

class Everything {
  @TextField({ min: 1, max: 5, example: 'cup', optional: true })
  text?: string;

  @TextField({ max: 5, pattern: /^[a-z]+$/, example: 'cup', optional: true, each: true, maxItems: 3 })
  tags?: string[];

  @TextField({ max: 5, example: 'cup', optional: true, nullable: true })
  note?: string | null;

  @EmailField({ optional: true })
  email?: string;

  @PasswordField({ optional: true })
  password?: string;

  @PhoneField({ optional: true })
  phone?: string;

  @IdField('ord', { optional: true })
  orderId?: string;

  @IntegerField({ min: 1, max: 99, optional: true })
  quantity?: number;

  @NumberField({ min: 0, optional: true })
  weight?: number;

  @BooleanField({ optional: true })
  active?: boolean;

  @EnumField(['card', 'wallet'], { optional: true })
  method?: string;

  @DateField({ optional: true })
  at?: Date;

  @DayField({ optional: true })
  day?: string;

  @MoneyField({ min: 1, optional: true })
  price?: MoneyAmount;

  @ObjectField(() => Address, { optional: true })
  address?: Address;

  @UrlField({ optional: true })
  url?: string;

  @LocalisedTextField({ max: 10, optional: true })
  name?: LocalisedText;

  @GeoPointField({ optional: true })
  location?: { lat: number; lng: number };

  @MapField({ maxKeys: 2, maxLength: 5, optional: true })
  options?: Record<string, string>;
}

class ProductsQuery extends PageQuery {
  @IntegerQuery({ min: 0 })
  minPrice?: number;

  @BooleanQuery()
  inStock?: boolean;

  @TextQuery({ max: 5, example: 'cup' })
  q?: string;

  @EnumQuery(['price', 'newest'])
  sortBy: 'price' | 'newest' = 'newest';
}

function problemsOf(dto: new () => object, value: unknown, source: 'body' | 'query' = 'body'): string[] {
  try {
    validated(dto, value, source);
    return [];
  } catch (error) {
    if (!isDomainError(error, 'VALIDATION_ERROR')) throw error;
    return error.details.map((detail: ErrorDetail) => `${detail.field}: ${detail.message}`);
  }
}

describe('a body', () => {
  it.each([
    ['text', { text: 'cup' }],
    ['text with blanks around it, as it was given', { text: ' a ' }],
    ['a list of texts', { tags: ['a', 'b'] }],
    ['null where it is allowed', { note: null }],
    ['an email', { email: 'lina@example.com' }],
    ['a password', { password: 'Correct-horse-7' }],
    ['an id', { orderId: 'ord_01jc4yqz8ke5f9h0mns2bvx6tw' }],
    ['an integer', { quantity: 99 }],
    ['a number', { weight: 0.5 }],
    ['false', { active: false }],
    ['one of the words', { method: 'card' }],
    ['a day', { day: '2028-02-29' }],
    ['money', { price: { amount: 1, currency: 'JOD' } }],
    ['a nested object', { address: { lines: [{ city: 'Amman' }] } }],
    ['a web address', { url: 'http://127.0.0.1:3000/a.jpg' }],
    ['a text in two languages', { name: { en: 'Cup', ar: 'فنجان' } }],
    ['a point', { location: { lat: -90, lng: 180 } }],
    ['a map', { options: { size: 'M', 'Second colour': 'red' } }],
    ['nothing', {}],
  ])('takes %s', (_name, body) => {
    expect(problemsOf(Everything, body)).toEqual([]);
  });

  it.each([
    ['a number for text', { text: 1 }, 'text: must be text of 1 to 5 characters'],
    ['an operator for text', { text: { $gt: '' } }, 'text: must be text of 1 to 5 characters'],
    ['a list for text', { text: ['cup'] }, 'text: must be text of 1 to 5 characters'],
    ['text that is too long', { text: 'saucer' }, 'text: must be text of 1 to 5 characters'],
    ['blanks alone', { text: '   ' }, 'text: must not be blank'],
    ['NUL', { text: 'a\u0000b' }, 'text: must be text without NUL and without broken characters'],
    ['half a surrogate pair', { text: 'a\ud800' }, 'text: must be text without NUL and without broken characters'],
    ['null', { text: null }, 'text: must be text of 1 to 5 characters'],
    ['text for a list', { tags: 'a' }, 'tags: must be a list'],
    ['an item that is wrong', { tags: ['a', 'B'] }, 'tags[1]: must match ^[a-z]+$'],
    ['too many items', { tags: ['a', 'b', 'c', 'd'] }, 'tags: must be a list of 0 to 3 items'],
    ['a list in a list', { tags: [['a']] }, 'tags[0]: must be text of 0 to 5 characters'],
    ['no email', { email: 'lina@' }, 'email: must be an email address'],
    ['an operator for an email', { email: { $ne: null } }, 'email: must be an email address'],
    [
      'a weak password',
      { password: 'password1' },
      'password: must have 8 to 72 characters with an upper case letter, a lower case letter, a digit and a special character',
    ],
    ['a phone without country code', { phone: '0790000001' }, 'phone: must be a phone number with its country code, as +962790000001'],
    ["another kind's id", { orderId: 'pay_01jc4yqz8ke5f9h0mns2bvx6tw' }, 'orderId: must be an id that begins with ord_'],
    ['digits in quotes', { quantity: '3' }, 'quantity: must be a whole number from 1 to 99'],
    ['a fraction', { quantity: 1.5 }, 'quantity: must be a whole number from 1 to 99'],
    ['too much', { quantity: 100 }, 'quantity: must be a whole number from 1 to 99'],
    ['a list for a number', { weight: [1] }, 'weight: must be a number of at least 0'],
    ['a word for a boolean', { active: 'true' }, 'active: must be true or false'],
    ['another word', { method: 'gold' }, 'method: must be one of card, wallet'],
    ['a name that every object has', { method: 'toString' }, 'method: must be one of card, wallet'],
    ['a moment without offset', { at: '2026-03-01T09:30:00' }, 'at: must be an ISO 8601 time, as 2026-03-01T09:30:00Z'],
    ['a moment that does not exist', { at: '2026-13-01T09:30:00Z' }, 'at: must be an ISO 8601 time, as 2026-03-01T09:30:00Z'],
    ['a day that does not exist', { day: '2027-02-29' }, 'day: must be a day, as 2026-03-01'],
    ['money in units', { price: { amount: 1.5, currency: 'USD' } }, 'price.amount: must be a whole number'],
    ['money of nowhere', { price: { amount: 1, currency: 'usd' } }, 'price.currency: must be an ISO 4217 currency'],
    ['no money', { price: { amount: 0, currency: 'USD' } }, `price.amount: must be from 1 to ${Number.MAX_SAFE_INTEGER} minor units`],
    ['a number for money', { price: 5 }, 'price: must be { amount, currency }'],
    ['a list of money for money', { price: [{ amount: 1, currency: 'USD' }] }, 'price: must be { amount, currency }'],
    ['text for an object', { address: 'Amman' }, 'address: must be an object'],
    ['a list for an object', { address: [{ lines: [{ city: 'Amman' }] }] }, 'address: must be an object'],
    ['an empty list where one is needed', { address: { lines: [] } }, 'address.lines: must be a list of 1 to 3 items'],
    ['a nested list', { address: { lines: [[{ city: 'Amman' }]] } }, 'address.lines[0]: must be an object'],
    [
      'a nested field that is wrong',
      { address: { lines: [{ city: 'Amman' }, { city: 7 }] } },
      'address.lines[1].city: must be text of 1 to 10 characters',
    ],
    ['an unknown nested field', { address: { lines: [{ city: 'a', zip: 1 }] } }, 'address.lines[0].zip: is not a known field'],
    ['a script for an address', { url: 'javascript:alert(1)' }, 'url: must be an http or https address'],
    ['a third language', { name: { en: 'Cup', fr: 'Tasse' } }, 'name.fr: is not a known field'],
    ['no English', { name: { ar: 'فنجان' } }, 'name.en: must be text of 1 to 10 characters'],
    ['a point beyond the pole', { location: { lat: 91, lng: 0 } }, 'location.lat: must be a number from -90 to 90'],
    ['a map with an object inside', { options: { size: { $gt: '' } } }, 'options.size: must be text of 1 to 5 characters'],
    ['a map with an odd name', { options: { $where: 'x' } }, 'options: must have names of 1 to 40 letters, digits, blanks, _ and -'],
    ['a map with too many names', { options: { a: 'a', b: 'b', c: 'c' } }, 'options: must not have more than 2 names'],
    ['an unknown field', { role: 'admin' }, 'role: is not a known field'],
    ['a list', [], 'body: must be an object'],
    ['text', 'cup', 'body: must be an object'],
  ])('refuses %s', (_name, body, problem) => {
    expect(problemsOf(Everything, body)).toContain(problem);
  });

  it('names every field that is missing', () => {
    class Login {
      @EmailField()
      email!: string;

      @TextField({ min: 1, max: 72, example: 'secret' })
      password!: string;
    }
    expect(problemsOf(Login, undefined)).toEqual(['email: must be an email address', 'password: must be text of 1 to 72 characters']);
  });

  it('gives the handler phone numbers in E.164 and moments as dates', () => {
    const read = validated(Everything, { phone: '+962 79 000 0001', at: '2026-03-01T11:30:00+02:00' });
    expect(read.phone).toBe('+962790000001');
    expect(read.at).toEqual(new Date('2026-03-01T09:30:00Z'));
  });

  it('never names more than fifty problems', () => {
    const body = Object.fromEntries(Array.from({ length: 80 }, (_one, index) => [`field${index}`, 1]));
    expect(problemsOf(Everything, body)).toHaveLength(50);
  });
});

describe('a query', () => {
  it('is read into numbers, booleans and defaults', () => {
    const read = validated(ProductsQuery, { limit: '5', minPrice: '100', inStock: 'false', q: '12' }, 'query');
    expect({ ...read }).toEqual({ page: 1, limit: 5, minPrice: 100, inStock: false, q: '12', sortBy: 'newest' });
  });

  it.each([
    ['more than a hundred items', { limit: '101' }, 'limit: must be a whole number from 1 to 100'],
    ['page zero', { page: '0' }, 'page: must be a whole number from 1 to 10000'],
    ['a number in another notation', { minPrice: '1e3' }, 'minPrice: must be a whole number of at least 0'],
    ['a parameter given twice', { q: ['a', 'b'] }, 'q: must be text of 0 to 5 characters'],
    ['a number given twice', { limit: ['1', '2'] }, 'limit: must be a whole number from 1 to 100'],
    ['brackets', { 'q[$gt]': '' }, 'q[$gt]: is not a known field'],
    ['yes for true', { inStock: 'yes' }, 'inStock: must be true or false'],
    ['an unknown parameter', { debug: '1' }, 'debug: is not a known field'],
    ['an order that is not offered', { sortBy: '__proto__' }, 'sortBy: must be one of price, newest'],
    ['NUL', { q: 'a\u0000' }, 'q: must be text without NUL and without broken characters'],
  ])('refuses %s', (_name, query, problem) => {
    expect(problemsOf(ProductsQuery, query, 'query')).toContain(problem);
  });
});
