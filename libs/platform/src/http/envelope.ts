import type { CursorPage, Page } from '@daraa/kernel';

/** Where a list stands: numbered pages, or a cursor to read on from (null at the end). */
export type Pagination =
  | { page: number; limit: number; total: number; totalPages: number; hasNext: boolean; hasPrev: boolean }
  | { limit: number; nextCursor: string | null };

/** Data with something beside it in the envelope. Controllers make it with `paged`, `cursorPaged` and `withMessage`. */
export class Envelope<Data = unknown> {
  constructor(
    readonly data: Data,
    readonly extra: { message?: string; pagination?: Pagination } = {},
  ) {}
}

/** A reply that goes out as it is, without the envelope. */
export class RawBody {
  constructor(readonly value: unknown) {}
}

/** A JSON reply whose bytes stand already, with the status they belong to. */
export class SerialisedReply {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** Answers a page of a list with `pagination`. */
export function paged<Item>(page: Page<Item>, message?: string): Envelope<readonly Item[]> {
  const totalPages = Math.ceil(page.total / page.limit);
  return new Envelope(page.items, {
    ...(message === undefined ? {} : { message }),
    pagination: {
      page: page.page,
      limit: page.limit,
      total: page.total,
      totalPages,
      hasNext: page.page < totalPages,
      hasPrev: page.page > 1,
    },
  });
}

/** Answers a stretch of a list that is read on by `?cursor=`. */
export function cursorPaged<Item>(page: CursorPage<Item>): Envelope<readonly Item[]> {
  return new Envelope(page.items, { pagination: { limit: page.limit, nextCursor: page.nextCursor } });
}

/** Answers data with a sentence for a person. */
export function withMessage<Data>(data: Data, message: string): Envelope<Data> {
  return new Envelope(data, { message });
}

/** The success envelope around what a controller returned. */
export function envelopeOf(value: unknown): Record<string, unknown> {
  if (!(value instanceof Envelope)) return { success: true, data: value === undefined ? null : value };
  return { success: true, data: value.data === undefined ? null : value.data, ...value.extra };
}

/** The entity tag of a view that carries a `version`; undefined for every other value. */
export function versionTagOf(value: unknown): string | undefined {
  const view = value instanceof Envelope ? value.data : value;
  if (typeof view !== 'object' || view === null || !('version' in view)) return undefined;
  return Number.isSafeInteger(view.version) ? `"${String(view.version)}"` : undefined;
}
