import { Inject, Injectable } from '@nestjs/common';
import type { Clock, IdSource } from '@daraa/kernel';
import { AggregateStore, CLOCK, IDS, InjectStore, mustMatchVersion } from '@daraa/platform';
import { AddressBook } from '../domain/address-book.js';
import type { AddressChanges, AddressDetails } from '../domain/address-book.js';
import { addressBookIdOf } from './ids.js';
import { addressView } from './views.js';
import type { AddressView } from './views.js';

export interface NewAddress extends AddressDetails {
  readonly isDefault?: boolean;
}

export type ChangedAddress = AddressChanges & { readonly isDefault?: boolean };

/** Lists, adds, changes and removes the addresses of an account. An address of somebody else is `ADDRESS_NOT_FOUND`. */
@Injectable()
export class KeepAddresses {
  constructor(
    @InjectStore(AddressBook) private readonly books: AggregateStore<AddressBook>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** The default first, then in the order in which they were added. */
  async list(accountId: string): Promise<AddressView[]> {
    const book = await this.bookOf(accountId);
    const views = book.addresses.map((address) => addressView(book, address));
    return [...views.filter((view) => view.isDefault), ...views.filter((view) => !view.isDefault)];
  }

  async get(accountId: string, addressId: string): Promise<AddressView> {
    const book = await this.bookOf(accountId);
    return addressView(book, book.get(addressId));
  }

  /** Throws `ADDRESS_LIMIT` when the account has fifty. */
  async add(accountId: string, address: NewAddress): Promise<AddressView> {
    const { isDefault = false, ...details } = address;
    const id = this.ids.next('adr');
    const at = this.clock.now();
    const book = await this.change(accountId, (present) => present.add(id, details, { isDefault }, at));
    return addressView(book, book.get(id));
  }

  /** With `expectedVersion`, any other version of the address is `VERSION_MISMATCH`. */
  async replace(accountId: string, addressId: string, changed: ChangedAddress, expectedVersion?: number): Promise<AddressView> {
    const { isDefault, ...changes } = changed;
    const at = this.clock.now();
    const book = await this.change(accountId, (present) => {
      mustMatchVersion(expectedVersion, present.get(addressId).version);
      present.change(addressId, changes, at);
      if (isDefault === true) present.makeDefault(addressId, at);
      if (isDefault === false) present.mustNotBeDefault(addressId);
    });
    return addressView(book, book.get(addressId));
  }

  async remove(accountId: string, addressId: string): Promise<void> {
    const at = this.clock.now();
    await this.change(accountId, (book) => book.remove(addressId, at));
  }

  private async change(accountId: string, change: (book: AddressBook) => void): Promise<AddressBook> {
    const present = await this.books.find(addressBookIdOf(accountId));
    if (present) return (await this.books.update(present, change)).aggregate;
    const first = AddressBook.empty(addressBookIdOf(accountId), accountId);
    change(first);
    const { aggregate, inserted } = await this.books.insertOrGet(first);
    return inserted ? aggregate : (await this.books.update(aggregate, change)).aggregate;
  }

  private async bookOf(accountId: string): Promise<AddressBook> {
    const id = addressBookIdOf(accountId);
    return (await this.books.find(id)) ?? AddressBook.empty(id, accountId);
  }
}
