import { AddressBook, MOST_ADDRESSES } from './address-book.js';

const at = new Date('2026-03-01T10:00:00Z');
const later = new Date('2026-03-02T10:00:00Z');
const place = { line1: '12 Rainbow St', city: 'Amman', country: 'JO' };
const details = { label: 'Home', firstName: 'Lina', lastName: 'Haddad', phone: '+962790000001', ...place };

function bookOf(...ids: string[]): AddressBook {
  const book = AddressBook.empty('adb_1', 'acc_1');
  for (const id of ids) book.add(id, details, { isDefault: false }, at);
  return book;
}

function defaultsOf(book: AddressBook): string[] {
  return book.addresses.filter(({ id }) => book.isDefault(id)).map(({ id }) => id);
}

function versionsOf(book: AddressBook): Record<string, number> {
  return Object.fromEntries(book.addresses.map(({ id, version }) => [id, version]));
}

describe('an address book', () => {
  it('makes the first address the default', () => {
    expect(defaultsOf(bookOf('adr_1', 'adr_2'))).toEqual(['adr_1']);
  });

  it('has one default when another takes its place, and both have changed', () => {
    const book = bookOf('adr_1', 'adr_2', 'adr_3');
    book.makeDefault('adr_2', later);
    expect(defaultsOf(book)).toEqual(['adr_2']);
    expect(versionsOf(book)).toEqual({ adr_1: 2, adr_2: 2, adr_3: 1 });
  });

  it('has one default when a new address takes its place', () => {
    const book = bookOf('adr_1');
    book.add('adr_2', details, { isDefault: true }, later);
    expect(defaultsOf(book)).toEqual(['adr_2']);
    expect(versionsOf(book)).toEqual({ adr_1: 2, adr_2: 1 });
  });

  it('changes nothing when the default is made the default', () => {
    const book = bookOf('adr_1');
    book.makeDefault('adr_1', later);
    expect(versionsOf(book)).toEqual({ adr_1: 1 });
  });

  it('passes the default on to the oldest when it is removed', () => {
    const book = bookOf('adr_1', 'adr_2', 'adr_3');
    book.remove('adr_1', later);
    expect(defaultsOf(book)).toEqual(['adr_2']);
    book.remove('adr_2', later);
    book.remove('adr_3', later);
    expect(book.addresses).toEqual([]);
    book.add('adr_4', details, { isDefault: false }, later);
    expect(defaultsOf(book)).toEqual(['adr_4']);
  });

  it('does not let the default be given up without another', () => {
    const book = bookOf('adr_1', 'adr_2');
    expect(() => book.mustNotBeDefault('adr_1')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    expect(() => book.mustNotBeDefault('adr_2')).not.toThrow();
  });

  it('holds fifty', () => {
    const book = bookOf(...Array.from({ length: MOST_ADDRESSES }, (_each, index) => `adr_${index}`));
    expect(() => book.add('adr_50', details, { isDefault: false }, later)).toThrow(expect.objectContaining({ code: 'ADDRESS_LIMIT' }));
    book.remove('adr_7', later);
    book.add('adr_50', details, { isDefault: false }, later);
    expect(book.addresses).toHaveLength(MOST_ADDRESSES);
  });

  it('keeps what a change leaves out and drops what it sets to null', () => {
    const book = bookOf('adr_1');
    book.change('adr_1', { company: 'Cups & More', line2: 'Behind the bakery' }, later);
    book.change('adr_1', { company: null, city: 'Irbid' }, later);
    const expected = { ...details, city: 'Irbid', line2: 'Behind the bakery', version: 3, createdAt: at, updatedAt: later };
    expect(book.get('adr_1')).toMatchObject(expected);
    expect(book.get('adr_1')).not.toHaveProperty('company');
  });

  it('does not count a change that changes nothing', () => {
    const book = bookOf('adr_1');
    book.change('adr_1', { company: undefined } as object, later);
    expect(versionsOf(book)).toEqual({ adr_1: 1 });
  });

  it.each(['get', 'makeDefault', 'remove'] as const)('knows no foreign address (%s)', (verb) => {
    const book = bookOf('adr_1');
    expect(() => book[verb]('adr_2', later)).toThrow(expect.objectContaining({ code: 'ADDRESS_NOT_FOUND' }));
  });
});
