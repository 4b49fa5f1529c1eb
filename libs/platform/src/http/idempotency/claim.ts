/** A key that this request holds: repeating the command with `resourceId` meets what an earlier attempt has done. */
export interface Claim {
  readonly key: string;
  /** The id minted with the first attempt of this key, the same for every later one. */
  readonly resourceId: string;
  /** True when an earlier attempt did not finish: what it did may stand already. */
  readonly resumed: boolean;
}
