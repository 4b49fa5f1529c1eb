import { Injectable } from '@nestjs/common';
import { BackInStock, StockLow, StockOut } from '@daraa/inventory/events';
import type { StockLevel } from '@daraa/inventory/events';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Product } from '../domain/product.js';
import { Listings } from './listings.js';

const NOTE_AVAILABILITY = 'catalog.note-availability';

/** Products and lists say whether a variant can be had; crossings that arrive late change nothing. */
@Injectable()
export class OnStockCrossed {
  constructor(
    @InjectStore(Product) private readonly products: AggregateStore<Product>,
    private readonly listings: Listings,
  ) {}

  @OnDomainEvent(StockLow, NOTE_AVAILABILITY)
  onStockLow({ payload }: EventOf<typeof StockLow>): Promise<void> {
    return this.note(payload);
  }

  @OnDomainEvent(StockOut, NOTE_AVAILABILITY)
  onStockOut({ payload }: EventOf<typeof StockOut>): Promise<void> {
    return this.note(payload);
  }

  @OnDomainEvent(BackInStock, NOTE_AVAILABILITY)
  onBackInStock({ payload }: EventOf<typeof BackInStock>): Promise<void> {
    return this.note(payload);
  }

  private async note({ productId, variantId, available, sequence }: StockLevel): Promise<void> {
    const { aggregate } = await this.products.update(productId, (product) =>
      product.noteAvailability(variantId, available > 0, sequence),
    );
    await this.listings.project(aggregate);
  }
}
