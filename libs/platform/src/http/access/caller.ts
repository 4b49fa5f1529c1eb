export const ROLES = ['customer', 'store_owner', 'courier', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who is asking, as the access token says it. */
export interface Caller {
  readonly accountId: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
  /** The id of the token itself (`jti`). */
  readonly tokenId: string;
  /** The account's email or phone is verified. */
  readonly verified: boolean;
}
