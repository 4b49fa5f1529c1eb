import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@daraa/kernel';
import { CLOCK, currentContext } from '@daraa/platform';
import { DEFAULT_LOCATION, openingItem } from '../domain/stock-item.js';
import type { StockItem, StockItemDraft } from '../domain/stock-item.js';
import { initialId } from '../domain/stock-movement.js';
import { StockItems } from './stock-items.js';
import { StockMovements } from './stock-movements.js';

/** A variant that is new, with the pieces its seller says there are. */
export interface NewVariant extends StockItemDraft {
  readonly initialStock: number;
}

/** Gives new variants their stock items, with the first pieces and their movement. */
@Injectable()
export class OpenStock {
  constructor(
    private readonly items: StockItems,
    private readonly movements: StockMovements,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Repeating finishes what a crash left half done, and changes nothing else. */
  async execute(variants: readonly NewVariant[]): Promise<void> {
    const items = variants.map((variant) => this.itemOf(variant));
    const opened = await this.items.open(items);
    const known = items.filter((_item, index) => !opened[index]);
    const stored = known.length === 0 ? [] : await this.items.findAll(known.map((item) => item.variantId));
    await this.writeDown([...items.filter((_item, index) => opened[index]), ...stored]);
  }

  private async writeDown(items: readonly StockItem[]): Promise<void> {
    const first = items.flatMap((item) => item.pending[initialId(item.variantId)] ?? []);
    if (first.length === 0) return;
    await this.movements.insert(first);
    for (const movement of first) this.items.forgetPending(movement);
  }

  private itemOf({ initialStock, variantId, productId, storeId, sku }: NewVariant): StockItem {
    const draft = { variantId, productId, storeId, sku };
    if (initialStock === 0) return openingItem(draft, undefined);
    return openingItem(draft, {
      id: initialId(variantId),
      variantId,
      storeId,
      kind: 'purchase',
      quantity: initialStock,
      location: DEFAULT_LOCATION,
      reason: 'initial stock',
      actor: currentContext().actor,
      at: this.clock.now(),
    });
  }
}
