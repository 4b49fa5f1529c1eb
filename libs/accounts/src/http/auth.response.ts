import { BooleanField, DateField, EmailField, EnumField, IdField, IntegerField, ObjectField, ROLES, TextField } from '@daraa/platform';
import type { AccessTokens, Role } from '@daraa/platform';
import type { OpenSessionView } from '../application/open-session.js';
import type { RegistrationView } from '../application/register.js';
import type { AccountView } from '../application/views.js';

export const STATUSES = ['pending_verification', 'active'] as const;

export class RegisteredAccountResponse {
  @IdField('acc')
  id!: string;

  @EmailField()
  email!: string;

  @EnumField(STATUSES)
  status!: string;

  @EnumField(ROLES, { each: true })
  roles!: Role[];
}

export class VerificationResponse {
  @EnumField(['email', 'sms'])
  channel!: string;

  @DateField()
  expiresAt!: string;
}

export class RegistrationResponse {
  @ObjectField(() => RegisteredAccountResponse)
  account!: RegisteredAccountResponse;

  @ObjectField(() => VerificationResponse)
  verification!: VerificationResponse;
}

export class MembershipResponse {
  @IdField('sto')
  id!: string;

  @TextField({ max: 80, example: 'cups-and-more' })
  slug!: string;

  @TextField({ max: 40, example: 'owner' })
  role!: string;
}

export class SignedInAccountResponse {
  @IdField('acc')
  id!: string;

  @EmailField()
  email!: string;

  @TextField({ max: 100, example: 'Lina' })
  firstName!: string;

  @TextField({ max: 100, example: 'Haddad' })
  lastName!: string;

  @EnumField(STATUSES, { description: 'An account that waits for verification may browse; it cannot check out, sell or deliver.' })
  status!: string;

  @EnumField(ROLES, { each: true })
  roles!: Role[];

  @ObjectField(() => MembershipResponse, { each: true, description: 'The stores that the account may act for.' })
  stores!: MembershipResponse[];
}

export class TokensResponse {
  @TextField({ max: 4096, example: 'eyJhbGciOiJIUzI1NiJ9…' })
  accessToken!: string;

  @TextField({ max: 200, example: 'ses_01jc4yqz8ke5f9h0mns2bvx6tw.1.mJ7v…', description: 'Good for one refresh.' })
  refreshToken!: string;

  @IntegerField({ example: 900, description: 'Seconds until the access token expires.' })
  expiresIn!: number;

  @ObjectField(() => SignedInAccountResponse)
  account!: SignedInAccountResponse;
}

export class TokenStateResponse {
  @BooleanField()
  valid!: boolean;

  @IdField('acc', { nullable: true })
  accountId!: string | null;

  @EnumField(ROLES, { each: true })
  roles!: Role[];

  @DateField({ nullable: true })
  expiresAt!: string | null;
}

export function registrationResponse(view: RegistrationView) {
  const { account, verification } = view;
  return {
    account: { id: account.id, email: account.email, status: account.status, roles: account.roles },
    verification: { channel: verification.channel, expiresAt: verification.expiresAt },
  };
}

export function signedInAccountResponse(account: AccountView) {
  return {
    id: account.id,
    email: account.email,
    firstName: account.firstName,
    lastName: account.lastName,
    status: account.status,
    roles: account.roles,
    stores: account.stores,
  };
}

/** The tokens of a session: the access token is signed here, with what it may say about its owner at this moment. */
export function tokensResponse(session: OpenSessionView, accessTokens: AccessTokens) {
  const { account, sessionId, refreshToken } = session;
  const { token, expiresIn } = accessTokens.sign({ accountId: account.id, roles: account.roles, sessionId, verified: account.verified });
  return { accessToken: token, refreshToken, expiresIn, account: signedInAccountResponse(account) };
}
