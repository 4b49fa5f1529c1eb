import { Aggregate, DomainError } from '@daraa/kernel';

/** So many addresses has an account at most. */
export const MOST_ADDRESSES = 50;

/** Where something is brought to. */
export interface AddressDetails {
  readonly label: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company?: string;
  /** E.164. */
  readonly phone: string;
  readonly line1: string;
  readonly line2?: string;
  readonly building?: string;
  readonly apartment?: string;
  readonly city: string;
  readonly governorate?: string;
  readonly state?: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly instructions?: string;
  /** Degrees (WGS 84). */
  readonly location?: { readonly lat: number; readonly lng: number };
}

type OptionalEntry = 'company' | 'line2' | 'building' | 'apartment' | 'governorate' | 'state' | 'postalCode' | 'instructions' | 'location';

/** What changes; null takes an optional entry away. */
export type AddressChanges = Partial<Omit<AddressDetails, OptionalEntry>> & {
  readonly [Entry in OptionalEntry]?: AddressDetails[Entry] | null;
};

export interface Address extends AddressDetails {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface AddressBookState {
  accountId: string;
  addresses: readonly Address[];
  defaultId?: string;
}

/**
 * All addresses of an account, in one document, so that two rules hold whatever happens at the same time: at most fifty, and
 * exactly one default as long as there is one at all.
 */
export class AddressBook extends Aggregate<AddressBookState> {
  static empty(id: string, accountId: string): AddressBook {
    return new AddressBook({ id, version: 0, state: { accountId, addresses: [] } });
  }

  /** In the order in which they were added. */
  get addresses(): readonly Address[] {
    return this.state.addresses;
  }

  /** Throws `ADDRESS_NOT_FOUND`. */
  get(addressId: string): Address {
    const address = this.state.addresses.find(({ id }) => id === addressId);
    if (!address) throw new DomainError('ADDRESS_NOT_FOUND');
    return address;
  }

  isDefault(addressId: string): boolean {
    return this.state.defaultId === addressId;
  }

  /** Adds an address; the first one is the default in any case. Throws `ADDRESS_LIMIT` when there are fifty. */
  add(id: string, details: AddressDetails, options: { readonly isDefault: boolean }, at: Date): void {
    if (this.state.addresses.length >= MOST_ADDRESSES) throw new DomainError('ADDRESS_LIMIT');
    this.state.addresses = [...this.state.addresses, { ...details, id, version: 1, createdAt: at, updatedAt: at }];
    if (!options.isDefault && this.state.defaultId !== undefined) return;
    this.touch(this.state.defaultId, at);
    this.state.defaultId = id;
  }

  /** Changes some entries of an address. Throws `ADDRESS_NOT_FOUND`. */
  change(addressId: string, changes: AddressChanges, at: Date): void {
    const present = this.get(addressId);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length === 0) return;
    const kept = Object.entries({ ...present, ...Object.fromEntries(given) }).filter(([, value]) => value !== null);
    this.put({ ...(Object.fromEntries(kept) as unknown as Address), version: present.version + 1, updatedAt: at });
  }

  /** Makes an address the default in place of the one that was. Throws `ADDRESS_NOT_FOUND`. */
  makeDefault(addressId: string, at: Date): void {
    this.get(addressId);
    const before = this.state.defaultId;
    if (before === addressId) return;
    this.state.defaultId = addressId;
    this.touch(before, at);
    this.touch(addressId, at);
  }

  /** The default can only be passed on. Throws `VALIDATION_ERROR` for the address that is the default. */
  mustNotBeDefault(addressId: string): void {
    if (!this.isDefault(addressId)) return;
    throw new DomainError('VALIDATION_ERROR', {
      details: [{ field: 'isDefault', message: 'one address is always the default: make another one the default instead' }],
    });
  }

  /** Takes an address out; the oldest of the others becomes the default where it was. Throws `ADDRESS_NOT_FOUND`. */
  remove(addressId: string, at: Date): void {
    this.get(addressId);
    this.state.addresses = this.state.addresses.filter(({ id }) => id !== addressId);
    if (!this.isDefault(addressId)) return;
    delete this.state.defaultId;
    const next = this.state.addresses[0];
    if (next) this.makeDefault(next.id, at);
  }

  /** An address that shows something else from now on has another version. */
  private touch(addressId: string | undefined, at: Date): void {
    const address = this.state.addresses.find(({ id }) => id === addressId);
    if (address) this.put({ ...address, version: address.version + 1, updatedAt: at });
  }

  private put(address: Address): void {
    this.state.addresses = this.state.addresses.map((present) => (present.id === address.id ? address : present));
  }
}
