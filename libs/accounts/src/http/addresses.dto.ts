import { BooleanField, DateField, GeoPointDto, GeoPointField, IdField, IntegerField, PhoneField, TextField } from '@daraa/platform';
import type { AddressView } from '../application/views.js';
import { CountryField } from './country-field.js';

/** An address as it is typed in; checkout takes the same for one that is used once. */
export class AddressDto {
  @TextField({ min: 1, max: 50, example: 'Home' })
  label!: string;

  @TextField({ min: 1, max: 100, example: 'Lina' })
  firstName!: string;

  @TextField({ min: 1, max: 100, example: 'Haddad' })
  lastName!: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Cups & More' })
  company?: string;

  @PhoneField()
  phone!: string;

  @TextField({ min: 1, max: 200, example: '12 Rainbow Street' })
  line1!: string;

  @TextField({ min: 1, max: 200, optional: true, example: 'Behind the bakery' })
  line2?: string;

  @TextField({ min: 1, max: 50, optional: true, example: '12' })
  building?: string;

  @TextField({ min: 1, max: 50, optional: true, example: '3' })
  apartment?: string;

  @TextField({ min: 1, max: 100, example: 'Amman' })
  city!: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Amman' })
  governorate?: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Amman' })
  state?: string;

  @TextField({ min: 1, max: 20, optional: true, example: '11181' })
  postalCode?: string;

  @CountryField()
  country!: string;

  @TextField({ min: 1, max: 500, optional: true, example: 'Ring twice.' })
  instructions?: string;

  @GeoPointField({ optional: true })
  location?: GeoPointDto;
}

export class AddAddressDto extends AddressDto {
  @BooleanField({ optional: true, description: 'The first address is the default in any case.' })
  isDefault?: boolean;
}

/** What is left out stays as it is; null takes an optional entry away. */
export class ChangeAddressDto {
  @TextField({ min: 1, max: 50, optional: true, example: 'Home' })
  label?: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Lina' })
  firstName?: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Haddad' })
  lastName?: string;

  @TextField({ min: 1, max: 100, optional: true, nullable: true, example: 'Cups & More' })
  company?: string | null;

  @PhoneField({ optional: true })
  phone?: string;

  @TextField({ min: 1, max: 200, optional: true, example: '12 Rainbow Street' })
  line1?: string;

  @TextField({ min: 1, max: 200, optional: true, nullable: true, example: 'Behind the bakery' })
  line2?: string | null;

  @TextField({ min: 1, max: 50, optional: true, nullable: true, example: '12' })
  building?: string | null;

  @TextField({ min: 1, max: 50, optional: true, nullable: true, example: '3' })
  apartment?: string | null;

  @TextField({ min: 1, max: 100, optional: true, example: 'Amman' })
  city?: string;

  @TextField({ min: 1, max: 100, optional: true, nullable: true, example: 'Amman' })
  governorate?: string | null;

  @TextField({ min: 1, max: 100, optional: true, nullable: true, example: 'Amman' })
  state?: string | null;

  @TextField({ min: 1, max: 20, optional: true, nullable: true, example: '11181' })
  postalCode?: string | null;

  @CountryField({ optional: true })
  country?: string;

  @TextField({ min: 1, max: 500, optional: true, nullable: true, example: 'Ring twice.' })
  instructions?: string | null;

  @GeoPointField({ optional: true, nullable: true })
  location?: GeoPointDto | null;

  @BooleanField({ optional: true, description: 'true makes it the default; false is refused for the one that is.' })
  isDefault?: boolean;
}

export class AddressResponse extends AddressDto {
  @IdField('adr')
  id!: string;

  @BooleanField()
  isDefault!: boolean;

  @DateField()
  createdAt!: string;

  @IntegerField({ min: 1 })
  version!: number;
}

export function addressResponse(address: AddressView) {
  return {
    id: address.id,
    label: address.label,
    firstName: address.firstName,
    lastName: address.lastName,
    company: address.company,
    phone: address.phone,
    line1: address.line1,
    line2: address.line2,
    building: address.building,
    apartment: address.apartment,
    city: address.city,
    governorate: address.governorate,
    state: address.state,
    postalCode: address.postalCode,
    country: address.country,
    instructions: address.instructions,
    location: address.location && { lat: address.location.lat, lng: address.location.lng },
    isDefault: address.isDefault,
    createdAt: address.createdAt,
    version: address.version,
  };
}
