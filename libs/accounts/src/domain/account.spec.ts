import { AccountRegistered, AccountVerified } from '../events.js';
import { Account } from './account.js';

const at = new Date('2026-03-01T10:00:00Z');
const later = new Date('2026-03-02T10:00:00Z');

function registered(): Account {
  const person = { firstName: 'Lina', lastName: 'Haddad', locale: 'en', phone: '+962790000001' } as const;
  return Account.register('acc_1', { ...person, email: ' Lina@Example.COM ', roles: ['customer'] }, at);
}

describe('an account', () => {
  it('is found by one spelling of its email, whatever was typed', () => {
    expect(registered().email).toBe('lina@example.com');
  });

  it('waits for verification from the beginning', () => {
    const account = registered();
    expect(account.isVerified).toBe(false);
    expect(account.recordedEvents().map(({ type }) => type)).toEqual([AccountRegistered.type]);
  });

  it.each(['email', 'sms'] as const)('is verified by its %s alone, and says so once', (channel) => {
    const account = registered();
    account.confirmContact(channel, at);
    account.confirmContact(channel, later);
    account.confirmContact(channel === 'email' ? 'sms' : 'email', later);
    expect(account.isVerified).toBe(true);
    expect(account.recordedEvents().filter(({ type }) => type === AccountVerified.type)).toHaveLength(1);
    expect(account.snapshot().state[channel === 'email' ? 'emailVerifiedAt' : 'phoneVerifiedAt']).toEqual(at);
  });

  it('shows a store once, however often it is told', () => {
    const account = registered();
    const membership = { storeId: 'store_1', slug: 'cups', role: 'owner', version: 3 };
    account.join(membership);
    account.join({ ...membership });
    expect(account.snapshot().state.memberships).toEqual([membership]);
  });

  it('does not forget what a store said later when it hears what it said before', () => {
    const account = registered();
    account.join({ storeId: 'store_1', slug: 'new', role: 'manager', version: 5 });
    account.join({ storeId: 'store_1', slug: 'old', role: 'catalog', version: 4 });
    expect(account.snapshot().state.memberships).toEqual([{ storeId: 'store_1', slug: 'new', role: 'manager', version: 5 }]);
  });

  it('has an unverified phone again when the number changes, and only then', () => {
    const account = registered();
    account.confirmContact('sms', at);
    account.changeProfile({ phone: '+962790000001' });
    expect(account.snapshot().state.phoneVerifiedAt).toEqual(at);
    account.changeProfile({ phone: '+962790000002' });
    expect(account.snapshot().state).not.toHaveProperty('phoneVerifiedAt');
    expect(account.phone).toBe('+962790000002');
  });

  it('keeps what a change leaves out and drops what it sets to null', () => {
    const account = registered();
    account.changeProfile({ gender: 'female', dateOfBirth: '1994-05-17' });
    account.changeProfile({ firstName: 'Leen', gender: null, phone: null });
    expect(account.snapshot().state).toMatchObject({ firstName: 'Leen', lastName: 'Haddad', dateOfBirth: '1994-05-17' });
    expect(account.snapshot().state).not.toHaveProperty('gender');
    expect(account.phone).toBeUndefined();
  });
});
