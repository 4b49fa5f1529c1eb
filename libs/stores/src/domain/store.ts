import { Aggregate } from '@daraa/kernel';
import type { EventDefinition, LocalisedText } from '@daraa/kernel';
import {
  StoreApproved,
  StoreClosed,
  StoreMembershipGranted,
  StoreProfileChanged,
  StoreReinstated,
  StoreRejected,
  StoreSubmitted,
  StoreSuspended,
} from '../events.js';
import { stateAfter } from './store-status.js';
import type { StoreStatus, StoreStep } from './store-status.js';

/** Where a store is: parcels start here. */
export interface StoreAddress {
  readonly label?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly company?: string;
  readonly phone?: string;
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
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A time of one weekday when the store is open; `closes` before `opens` means the next morning. Local times, `HH:mm`. */
export interface OpeningTime {
  readonly day: Weekday;
  readonly opens: string;
  readonly closes: string;
}

/** What an owner says of the store. */
export interface StoreProfile {
  readonly name: LocalisedText;
  readonly description?: string;
  readonly address: StoreAddress;
  /** Degrees, WGS 84. */
  readonly location: { readonly lat: number; readonly lng: number };
  readonly openingHours?: readonly OpeningTime[];
}

export interface StoreState extends StoreProfile {
  readonly ownerId: string;
  readonly slug: string;
  readonly status: StoreStatus;
  /** Why it was rejected or suspended. */
  readonly statusReason?: string;
  readonly statusSince: Date;
  /** ISO 4217; every price of the store is in it. */
  readonly currency: string;
  /** The commission plan agreed with this store; the platform's own where there is none. */
  readonly commissionPlan?: string;
}

interface NewStore {
  readonly id: string;
  readonly ownerId: string;
  readonly slug: string;
  readonly currency: string;
  readonly profile: StoreProfile;
  readonly at: Date;
}

const EVENTS: Readonly<Record<StoreStep, EventDefinition<{ readonly storeId: string }>>> = {
  submit: StoreSubmitted,
  approve: StoreApproved,
  reject: StoreRejected,
  suspend: StoreSuspended,
  reinstate: StoreReinstated,
  close: StoreClosed,
};

/** Who sells. It is drafted by its owner, reviewed by the platform, and sells while it is approved. */
export class Store extends Aggregate<StoreState> {
  static draft({ id, ownerId, slug, currency, profile, at }: NewStore): Store {
    const state: StoreState = { ...profile, ownerId, slug, currency, status: 'draft', statusSince: at };
    const store = new Store({ id, version: 0, state });
    store.record(StoreMembershipGranted, { storeId: id, accountId: ownerId, role: 'owner', slug });
    return store;
  }

  /** Changes what the owner says of the store; what is not named stays. The slug stays too, so that links do not break. */
  changeProfile(changes: Partial<StoreProfile>): void {
    if (this.assign(changes)) this.record(StoreProfileChanged, { storeId: this.id });
  }

  /**
   * Takes one step of a store's life: submitted by its owner (again after a rejection), reviewed by the platform, suspended (its
   * products are hidden at once, running orders go on), reinstated, closed for good. `reason` is kept with the new state.
   * Throws `INVALID_TRANSITION`; repeating the step before changes nothing.
   */
  take(step: StoreStep, at: Date, reason?: string): void {
    const status = stateAfter(step, this.state.status);
    if (status === undefined) return;
    this.assign({ status, statusSince: at, statusReason: reason });
    this.record(EVENTS[step], { storeId: this.id });
  }

  /** True when something is different now. */
  private assign(changes: { readonly [Field in keyof StoreState]?: StoreState[Field] | undefined }): boolean {
    const before = JSON.stringify(this.state);
    Object.assign(this.state, changes);
    return JSON.stringify(this.state) !== before;
  }
}
