import { ERROR_CATALOGUE } from './error-catalogue.js';
import type { ErrorCode } from './error-catalogue.js';

/** One field of a request and what is wrong with it. */
export interface ErrorDetail {
  readonly field: string;
  readonly message: string;
}

/**
 * A rule said no. Carries a code of the catalogue, a sentence for a person and, where it helps, details per field
 * and extra data for the client (for example the new quote with `PRICE_CHANGED`).
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly data?: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: readonly ErrorDetail[]; data?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(options.message ?? ERROR_CATALOGUE[code].message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.details = options.details ?? [];
    if (options.data) this.data = options.data;
  }

  get status(): number {
    return ERROR_CATALOGUE[this.code].status;
  }
}

/** True when `error` is a DomainError, of `code` where one is given. */
export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}
