/** One command as the driver sent it. */
export interface Command {
  readonly name: string;
  readonly command: Readonly<Record<string, unknown>>;
}

/** A call of the payment provider and its answer. */
export interface ProviderCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly answer: string;
}

/** What happens at the same time: commands to the database, or one call of the payment provider. */
export type Wave = { readonly commands: readonly Command[] } | { readonly call: ProviderCall };

/** A request as it was recorded: what the API did for it before the reply and after it, and the reply. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly before: readonly Wave[];
  readonly after: readonly Wave[];
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Somebody who buys: logged in, with an address. */
export interface Buyer {
  readonly token: string;
  readonly accountId: string;
  readonly addressId: string;
  readonly addressBookId: string;
}

/** What one visitor does, step by step. */
export type Script = 'adds' | 'order';

/** Everything that the limit server replays. */
export interface Plan {
  readonly scripts: Readonly<Record<Script, readonly Exchange[]>>;
  /** Requests without a visitor, each by its address. */
  readonly pages: readonly Exchange[];
  readonly buyers: readonly Buyer[];
}

/** How many database round trips the exchanges make, everything asynchronous included. */
export function roundTripsOf(exchanges: readonly Exchange[]): number {
  const waves = exchanges.flatMap(({ before, after }) => [...before, ...after]);
  return waves.reduce((sum, wave) => sum + ('commands' in wave ? wave.commands.length : 0), 0);
}
