import { DomainError } from '@daraa/kernel';
import { asDuplicateKey } from '@daraa/platform';

/** The unique index that keeps SKUs apart within a store. */
export const SKU_INDEX = 'sku';

/** For `catch`: throws `SKU_TAKEN` where the index of SKUs refused a write, and everything else as it came. */
export function refusedSku(error: unknown): never {
  const duplicate = asDuplicateKey(error);
  if (duplicate?.index !== SKU_INDEX) throw error;
  const sku = /variants\.sku: "(.*)" \}/.exec(duplicate.message)?.[1];
  const details = sku === undefined ? [] : [{ field: 'variants.sku', message: `Another product of the store has the SKU ${sku}.` }];
  throw new DomainError('SKU_TAKEN', { details, cause: error });
}
