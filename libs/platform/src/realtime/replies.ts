import { DomainError } from '@daraa/kernel';

/** What a client gets back for a message, in the shape of the HTTP envelope. */
export type Acknowledgement =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly code: string; readonly message: string } };

/** The refusal of a message; errors that are not ours tell nothing of themselves. */
export function refusalOf(error: unknown): Acknowledgement {
  const { code, message } = error instanceof DomainError ? error : new DomainError('INTERNAL_ERROR');
  return { success: false, error: { code, message } };
}

/** The refusal of a connection: the client's `connect_error` has the code as message and all of it in `data`. */
export class ConnectionRefused extends Error {
  readonly data: { readonly code: string; readonly message: string };

  constructor(error: DomainError) {
    super(error.code);
    this.data = { code: error.code, message: error.message };
  }
}
