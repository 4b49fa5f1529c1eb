import type { Account, AccountStatus, Gender, Locale } from '../domain/account.js';
import type { Address, AddressBook, AddressDetails } from '../domain/address-book.js';
import type { Role } from '../events.js';

/** An account as its owner sees it. */
export interface AccountView {
  readonly id: string;
  readonly email: string;
  /** E.164. */
  readonly phone: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: Locale;
  readonly gender: Gender | null;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string | null;
  readonly status: AccountStatus;
  /** Its email or phone is verified. */
  readonly verified: boolean;
  readonly roles: readonly Role[];
  /** The stores that the account may act for. */
  readonly stores: readonly { readonly id: string; readonly slug: string; readonly role: string }[];
  readonly registeredAt: Date;
  readonly lastLoginAt: Date | null;
  readonly version: number;
}

export function accountView(account: Account): AccountView {
  const { id, version, state } = account.snapshot();
  return {
    id,
    email: state.email,
    phone: state.phone ?? null,
    firstName: state.firstName,
    lastName: state.lastName,
    locale: state.locale,
    gender: state.gender ?? null,
    dateOfBirth: state.dateOfBirth ?? null,
    status: state.status,
    verified: account.isVerified,
    roles: state.roles,
    stores: state.memberships.map(({ storeId, slug, role }) => ({ id: storeId, slug, role })),
    registeredAt: state.registeredAt,
    lastLoginAt: state.lastLoginAt ?? null,
    version,
  };
}

/** An address as others see it. */
export interface AddressView extends AddressDetails {
  readonly id: string;
  readonly isDefault: boolean;
  readonly version: number;
  readonly createdAt: Date;
}

/** How a person is addressed and reached. */
export interface ContactView {
  readonly accountId: string;
  readonly email: string;
  /** E.164. */
  readonly phone?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: 'en' | 'ar';
}

export function addressView(book: AddressBook, address: Address): AddressView {
  return {
    id: address.id,
    label: address.label,
    firstName: address.firstName,
    lastName: address.lastName,
    ...(address.company === undefined ? {} : { company: address.company }),
    phone: address.phone,
    line1: address.line1,
    ...(address.line2 === undefined ? {} : { line2: address.line2 }),
    ...(address.building === undefined ? {} : { building: address.building }),
    ...(address.apartment === undefined ? {} : { apartment: address.apartment }),
    city: address.city,
    ...(address.governorate === undefined ? {} : { governorate: address.governorate }),
    ...(address.state === undefined ? {} : { state: address.state }),
    ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
    country: address.country,
    ...(address.instructions === undefined ? {} : { instructions: address.instructions }),
    ...(address.location === undefined ? {} : { location: { lat: address.location.lat, lng: address.location.lng } }),
    isDefault: book.isDefault(address.id),
    version: address.version,
    createdAt: address.createdAt,
  };
}
