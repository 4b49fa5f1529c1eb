import { Aggregate } from '@daraa/kernel';
import { AccountRegistered, AccountVerified } from '../events.js';
import type { Channel, Role } from '../events.js';
import { normaliseEmail } from './contact.js';

export type AccountStatus = 'pending_verification' | 'active';
export type Locale = 'en' | 'ar';
export type Gender = 'female' | 'male' | 'other';

/** A store that the account may act for, as the stores context has told it. */
export interface Membership {
  readonly storeId: string;
  readonly slug: string;
  readonly role: string;
  /** The version of the membership's own document when it said so. */
  readonly version: number;
}

/** What its owner may change. */
export interface Profile {
  readonly firstName: string;
  readonly lastName: string;
  /** E.164. */
  readonly phone?: string;
  readonly locale: Locale;
  readonly gender?: Gender;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: string;
}

export interface NewAccount extends Profile {
  readonly email: string;
  readonly roles: readonly Role[];
}

/** What changes; null takes an optional entry away. */
export interface ProfileChanges {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string | null;
  readonly locale?: Locale;
  readonly gender?: Gender | null;
  readonly dateOfBirth?: string | null;
}

export interface AccountState {
  email: string;
  phone?: string;
  firstName: string;
  lastName: string;
  locale: Locale;
  gender?: Gender;
  dateOfBirth?: string;
  status: AccountStatus;
  roles: readonly Role[];
  memberships: readonly Membership[];
  registeredAt: Date;
  emailVerifiedAt?: Date;
  phoneVerifiedAt?: Date;
  lastLoginAt?: Date;
}

/** Who somebody is: one person's contact, names, roles and the stores they may act for. Passwords and sessions live elsewhere. */
export class Account extends Aggregate<AccountState> {
  /** A new account that waits for its contact to be verified. The email is kept in its one spelling. */
  static register(id: string, details: NewAccount, at: Date): Account {
    const { email, roles, phone, gender, dateOfBirth, firstName, lastName, locale } = details;
    const account = new Account({
      id,
      version: 0,
      state: {
        email: normaliseEmail(email),
        firstName,
        lastName,
        locale,
        status: 'pending_verification',
        roles: [...roles],
        memberships: [],
        registeredAt: at,
        ...(phone === undefined ? {} : { phone }),
        ...(gender === undefined ? {} : { gender }),
        ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
      },
    });
    account.record(AccountRegistered, { accountId: id, roles: account.state.roles });
    return account;
  }

  get email(): string {
    return this.state.email;
  }

  get phone(): string | undefined {
    return this.state.phone;
  }

  get firstName(): string {
    return this.state.firstName;
  }

  get locale(): Locale {
    return this.state.locale;
  }

  get roles(): readonly Role[] {
    return this.state.roles;
  }

  get isVerified(): boolean {
    return this.state.status === 'active';
  }

  /** Email or phone belongs to its owner; one of them is enough to be verified. Repeating it changes nothing. */
  confirmContact(channel: Channel, at: Date): void {
    if (channel === 'email') this.state.emailVerifiedAt ??= at;
    else this.state.phoneVerifiedAt ??= at;
    if (this.isVerified) return;
    this.state.status = 'active';
    this.record(AccountVerified, { accountId: this.id });
  }

  /** Notes that the account may act for a store; what the store said later is not overwritten by what it said before. */
  join(membership: Membership): void {
    const present = this.state.memberships.find(({ storeId }) => storeId === membership.storeId);
    if (present && present.version > membership.version) return;
    const others = this.state.memberships.filter(({ storeId }) => storeId !== membership.storeId);
    this.state.memberships = [...others, membership].sort((a, b) => (a.storeId < b.storeId ? -1 : 1));
  }

  /** Changes what its owner may change. A new phone number is not verified. */
  changeProfile(changes: ProfileChanges): void {
    const { firstName, lastName, locale, phone } = changes;
    if (firstName !== undefined) this.state.firstName = firstName;
    if (lastName !== undefined) this.state.lastName = lastName;
    if (locale !== undefined) this.state.locale = locale;
    if (phone !== undefined && phone !== (this.state.phone ?? null)) delete this.state.phoneVerifiedAt;
    this.replace('phone', phone);
    this.replace('gender', changes.gender);
    this.replace('dateOfBirth', changes.dateOfBirth);
  }

  noteLogin(at: Date): void {
    this.state.lastLoginAt = at;
  }

  private replace<Field extends 'phone' | 'gender' | 'dateOfBirth'>(field: Field, value: AccountState[Field] | null | undefined): void {
    if (value === undefined) return;
    if (value === null) delete this.state[field];
    else this.state[field] = value;
  }
}
