import { EmailField, EnumField, PasswordField, PhoneField, TextField } from '@daraa/platform';

const ROLES_TO_CHOOSE = ['customer', 'store_owner', 'courier'] as const;

export class RegisterDto {
  @EmailField()
  email!: string;

  @PhoneField({ optional: true })
  phone?: string;

  @PasswordField()
  password!: string;

  @TextField({ min: 1, max: 100, example: 'Lina' })
  firstName!: string;

  @TextField({ min: 1, max: 100, example: 'Haddad' })
  lastName!: string;

  @EnumField(ROLES_TO_CHOOSE, { optional: true, description: 'customer where nothing is said.' })
  role: (typeof ROLES_TO_CHOOSE)[number] = 'customer';
}

export class VerifyCodeDto {
  @EmailField()
  email!: string;

  @TextField({ min: 6, max: 6, pattern: /^[0-9]{6}$/, example: '123456', description: 'The six digits that were sent.' })
  code!: string;
}

export class ResendCodeDto {
  @EmailField()
  email!: string;

  @EnumField(['email', 'sms'], { optional: true, description: 'sms where the account has a phone; email where nothing is said.' })
  channel: 'email' | 'sms' = 'email';
}

export class LogInDto {
  @EmailField()
  email!: string;

  @TextField({ min: 1, max: 200, example: 'Correct-horse-7' })
  password!: string;
}

export class RefreshTokenDto {
  @TextField({ min: 1, max: 200, example: 'ses_01jc4yqz8ke5f9h0mns2bvx6tw.1.mJ7v…' })
  refreshToken!: string;
}

export class ValidateTokenDto {
  @TextField({ min: 1, max: 4096, optional: true, example: 'eyJhbGciOiJIUzI1NiJ9…', description: 'Else the Bearer token of the request.' })
  accessToken?: string;
}
