import type { LocalisedText } from '@daraa/kernel';
import { isSelling } from './domain/store-status.js';
import type { StoreStatus } from './domain/store-status.js';
import type { OpeningTime, Store, StoreAddress, StoreState } from './domain/store.js';

/** A store as other contexts see it. `version` grows with every change: whoever copies something of it keeps the newest. */
export interface StoreView {
  readonly id: string;
  readonly version: number;
  readonly ownerId: string;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly status: StoreStatus;
  /** Its products can be seen and bought. */
  readonly selling: boolean;
  readonly currency: string;
  readonly address: StoreAddress;
  readonly location: { readonly lat: number; readonly lng: number };
  readonly commissionPlan: string | null;
}

/** A store as everybody sees it. */
export interface PublicStoreView {
  readonly id: string;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly description: string | null;
  readonly city: string;
  readonly country: string;
  readonly location: { readonly lat: number; readonly lng: number };
  readonly openingHours: readonly OpeningTime[];
  readonly currency: string;
}

/** A store as its owner and the platform's reviewers see it. */
export interface StoreProfileView extends PublicStoreView {
  readonly ownerId: string;
  readonly status: StoreStatus;
  readonly statusReason: string | null;
  readonly statusSince: Date;
  readonly address: StoreAddress;
  readonly commissionPlan: string | null;
  readonly version: number;
}

/** A stored store: its state beside its id and version. */
export type StoredStore = StoreState & { readonly _id: string; readonly version: number };

export function storeViewOf(store: StoredStore): StoreView {
  return {
    id: store._id,
    version: store.version,
    ownerId: store.ownerId,
    name: store.name,
    slug: store.slug,
    status: store.status,
    selling: isSelling(store.status),
    currency: store.currency,
    address: store.address,
    location: { lat: store.location.lat, lng: store.location.lng },
    commissionPlan: store.commissionPlan ?? null,
  };
}

export function publicViewOf(store: StoredStore): PublicStoreView {
  return {
    id: store._id,
    name: store.name,
    slug: store.slug,
    description: store.description ?? null,
    city: store.address.city,
    country: store.address.country,
    location: { lat: store.location.lat, lng: store.location.lng },
    openingHours: (store.openingHours ?? []).map(({ day, opens, closes }) => ({ day, opens, closes })),
    currency: store.currency,
  };
}

export function profileViewOf(store: StoredStore): StoreProfileView {
  return {
    ...publicViewOf(store),
    ownerId: store.ownerId,
    status: store.status,
    statusReason: store.statusReason ?? null,
    statusSince: store.statusSince,
    address: addressViewOf(store.address),
    commissionPlan: store.commissionPlan ?? null,
    version: store.version,
  };
}

/** The profile of a store at hand. */
export function profileOf(store: Store): StoreProfileView {
  const { id, version, state } = store.snapshot();
  return profileViewOf({ ...state, _id: id, version });
}

function addressViewOf(address: StoreAddress): StoreAddress {
  const { label, firstName, lastName, company, phone, line1, line2, building, apartment } = address;
  const { city, governorate, state, postalCode, country, instructions } = address;
  return {
    ...present({ label, firstName, lastName, company, phone, line2, building, apartment, governorate, state, postalCode, instructions }),
    line1,
    city,
    country,
  };
}

function present<Fields extends Record<string, string | undefined>>(fields: Fields): Partial<Record<keyof Fields, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Record<keyof Fields, string>>;
}
