import type { Address, AddressBook, AddressDetails } from '../domain/address-book.js';

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
