/** Where purchases get their human numbers from: `DRA-2026-000123`. Numbers are unique; gaps are allowed. */
export abstract class PurchaseNumbers {
  abstract next(at: Date): Promise<string>;
}
