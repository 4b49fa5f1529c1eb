import {
  BooleanField,
  DateField,
  DayField,
  EmailField,
  EnumField,
  IdField,
  IntegerField,
  ObjectField,
  PhoneField,
  ROLES,
  TextField,
} from '@daraa/platform';
import type { Role } from '@daraa/platform';
import type { AccountView } from '../application/views.js';
import { MembershipResponse, STATUSES } from './auth.response.js';

const LOCALES = ['en', 'ar'] as const;
const GENDERS = ['female', 'male', 'other'] as const;

/** What is left out stays as it is; null takes an optional entry away. */
export class ChangeProfileDto {
  @TextField({ min: 1, max: 100, optional: true, example: 'Lina' })
  firstName?: string;

  @TextField({ min: 1, max: 100, optional: true, example: 'Haddad' })
  lastName?: string;

  @PhoneField({ optional: true, nullable: true })
  phone?: string | null;

  @EnumField(LOCALES, { optional: true })
  locale?: (typeof LOCALES)[number];

  @EnumField(GENDERS, { optional: true, nullable: true })
  gender?: (typeof GENDERS)[number] | null;

  @DayField({ optional: true, nullable: true, example: '1994-05-17' })
  dateOfBirth?: string | null;
}

export class ProfileResponse {
  @IdField('acc')
  id!: string;

  @EmailField()
  email!: string;

  @PhoneField({ nullable: true })
  phone!: string | null;

  @TextField({ max: 100, example: 'Lina' })
  firstName!: string;

  @TextField({ max: 100, example: 'Haddad' })
  lastName!: string;

  @EnumField(LOCALES)
  locale!: string;

  @EnumField(GENDERS, { nullable: true })
  gender!: string | null;

  @DayField({ nullable: true, example: '1994-05-17' })
  dateOfBirth!: string | null;

  @EnumField(STATUSES)
  status!: string;

  @BooleanField({ description: 'The email or the phone is verified: needed to check out, sell or deliver.' })
  verified!: boolean;

  @EnumField(ROLES, { each: true })
  roles!: Role[];

  @ObjectField(() => MembershipResponse, { each: true })
  stores!: MembershipResponse[];

  @DateField()
  registeredAt!: string;

  @DateField({ nullable: true })
  lastLoginAt!: string | null;

  @IntegerField({ min: 1 })
  version!: number;
}

export function profileResponse(account: AccountView) {
  return {
    id: account.id,
    email: account.email,
    phone: account.phone,
    firstName: account.firstName,
    lastName: account.lastName,
    locale: account.locale,
    gender: account.gender,
    dateOfBirth: account.dateOfBirth,
    status: account.status,
    verified: account.verified,
    roles: account.roles,
    stores: account.stores,
    registeredAt: account.registeredAt,
    lastLoginAt: account.lastLoginAt,
    version: account.version,
  };
}
