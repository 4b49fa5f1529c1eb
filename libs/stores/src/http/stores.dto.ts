import { EnumField, EnumQuery, GeoPointDto, GeoPointField, LocalisedTextField, ObjectField, PageQuery, PhoneField, TextField } from '@daraa/platform';
import type { LocalisedText } from '@daraa/kernel';
import { STORE_STATUSES } from '../domain/store-status.js';
import type { StoreStatus } from '../domain/store-status.js';
import { WEEKDAYS } from '../domain/store.js';
import type { Weekday } from '../domain/store.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const NAME = { en: 'Old Town Coffee', ar: 'قهوة البلد القديمة' };

/** Where parcels start: an address as buyers have it, of which only the place itself is needed. */
export class StoreAddressDto {
  @TextField({ optional: true, min: 1, max: 60, example: 'Shop' })
  label?: string;

  @TextField({ optional: true, min: 1, max: 80, example: 'Lina' })
  firstName?: string;

  @TextField({ optional: true, min: 1, max: 80, example: 'Haddad' })
  lastName?: string;

  @TextField({ optional: true, min: 1, max: 120, example: 'Old Town Coffee LLC' })
  company?: string;

  @PhoneField({ optional: true })
  phone?: string;

  @TextField({ min: 1, max: 200, example: '12 Rainbow Street' })
  line1!: string;

  @TextField({ optional: true, min: 1, max: 200, example: 'Behind the bakery' })
  line2?: string;

  @TextField({ optional: true, min: 1, max: 60, example: '12' })
  building?: string;

  @TextField({ optional: true, min: 1, max: 60, example: '3' })
  apartment?: string;

  @TextField({ min: 1, max: 120, example: 'Amman' })
  city!: string;

  @TextField({ optional: true, min: 1, max: 120, example: 'Amman' })
  governorate?: string;

  @TextField({ optional: true, min: 1, max: 120, example: 'Amman' })
  state?: string;

  @TextField({ optional: true, min: 1, max: 20, example: '11181' })
  postalCode?: string;

  @TextField({ min: 2, max: 2, pattern: /^[A-Z]{2}$/, example: 'JO', description: 'ISO 3166-1 alpha-2.' })
  country!: string;

  @TextField({ optional: true, min: 1, max: 500, example: 'Ring at the green door.' })
  instructions?: string;
}

export class OpeningTimeDto {
  @EnumField(WEEKDAYS, { name: 'Weekday' })
  day!: Weekday;

  @TextField({ max: 5, pattern: TIME, example: '08:00', description: 'Local time.' })
  opens!: string;

  @TextField({ max: 5, pattern: TIME, example: '22:00', description: 'Local time; before `opens` it means the next morning.' })
  closes!: string;
}

export class OpenStoreDto {
  @LocalisedTextField({ max: 120, example: NAME })
  name!: LocalisedText;

  @TextField({ optional: true, min: 1, max: 2000, example: 'Freshly roasted since 1962.' })
  description?: string;

  @ObjectField(() => StoreAddressDto)
  address!: StoreAddressDto;

  @GeoPointField()
  location!: GeoPointDto;

  @ObjectField(() => OpeningTimeDto, { optional: true, each: true, maxItems: 21 })
  openingHours?: OpeningTimeDto[];
}

export class ChangeStoreDto {
  @LocalisedTextField({ optional: true, max: 120, example: NAME })
  name?: LocalisedText;

  @TextField({ optional: true, min: 1, max: 2000, example: 'Freshly roasted since 1962.' })
  description?: string;

  @ObjectField(() => StoreAddressDto, { optional: true })
  address?: StoreAddressDto;

  @GeoPointField({ optional: true })
  location?: GeoPointDto;

  @ObjectField(() => OpeningTimeDto, { optional: true, each: true, maxItems: 21 })
  openingHours?: OpeningTimeDto[];
}

/** Why a store is approved, rejected, suspended or reinstated. */
export class ReviewStoreDto {
  @TextField({ optional: true, min: 1, max: 500, example: 'The commercial register is missing.' })
  reason?: string;
}

export class AdminStoresQuery extends PageQuery {
  @EnumQuery(STORE_STATUSES, { name: 'StoreStatus', description: 'Only stores of this state.' })
  status?: StoreStatus;
}
