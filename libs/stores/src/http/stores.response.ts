import { DateField, EnumField, GeoPointDto, GeoPointField, IdField, IntegerField, LocalisedTextField, ObjectField, TextField } from '@daraa/platform';
import type { LocalisedText } from '@daraa/kernel';
import { STORE_STATUSES } from '../domain/store-status.js';
import type { StoreStatus } from '../domain/store-status.js';
import type { PublicStoreView, StoreProfileView } from '../store-views.js';
import { OpeningTimeDto, StoreAddressDto } from './stores.dto.js';

/** A store as everybody sees it. */
export class StoreResponse implements PublicStoreView {
  @IdField('sto')
  id!: string;

  @LocalisedTextField({ max: 120, example: { en: 'Old Town Coffee', ar: 'قهوة البلد القديمة' } })
  name!: LocalisedText;

  @TextField({ max: 120, example: 'old-town-coffee' })
  slug!: string;

  @TextField({ nullable: true, max: 2000, example: 'Freshly roasted since 1962.' })
  description!: string | null;

  @TextField({ max: 120, example: 'Amman' })
  city!: string;

  @TextField({ max: 2, example: 'JO' })
  country!: string;

  @GeoPointField()
  location!: GeoPointDto;

  @ObjectField(() => OpeningTimeDto, { each: true })
  openingHours!: OpeningTimeDto[];

  @TextField({ max: 3, example: 'USD' })
  currency!: string;
}

/** A store as its owner and the platform's reviewers see it. */
export class StoreProfileResponse extends StoreResponse implements StoreProfileView {
  @IdField('acc')
  ownerId!: string;

  @EnumField(STORE_STATUSES, { name: 'StoreStatus' })
  status!: StoreStatus;

  @TextField({ nullable: true, max: 500, example: 'The commercial register is missing.' })
  statusReason!: string | null;

  @DateField()
  statusSince!: Date;

  @ObjectField(() => StoreAddressDto)
  address!: StoreAddressDto;

  @TextField({ nullable: true, max: 60, example: 'standard' })
  commissionPlan!: string | null;

  @IntegerField({ min: 1 })
  version!: number;
}
