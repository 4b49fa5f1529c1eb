import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { Stores } from '@daraa/stores';
import { Product } from '../domain/product.js';
import { PriceChanged, ProductArchived, ProductPublished, ProductUpdated, VariantsAdded } from '../events.js';
import { Listings } from './listings.js';
import { storeCopyOf } from './store-copy.js';

export const PROJECT_LISTING = 'catalog.project-listing';

/** Repeats after a crash what commands do by themselves: the listing follows its product. */
@Injectable()
export class OnProductChanged {
  constructor(
    @InjectStore(Product) private readonly products: AggregateStore<Product>,
    private readonly stores: Stores,
    private readonly listings: Listings,
  ) {}

  @OnDomainEvent(VariantsAdded, PROJECT_LISTING)
  onVariantsAdded({ payload }: EventOf<typeof VariantsAdded>): Promise<void> {
    return this.refresh(payload.productId);
  }

  @OnDomainEvent(ProductPublished, PROJECT_LISTING)
  onProductPublished({ payload }: EventOf<typeof ProductPublished>): Promise<void> {
    return this.refresh(payload.productId);
  }

  @OnDomainEvent(ProductUpdated, PROJECT_LISTING)
  onProductUpdated({ payload }: EventOf<typeof ProductUpdated>): Promise<void> {
    return this.refresh(payload.productId);
  }

  @OnDomainEvent(ProductArchived, PROJECT_LISTING)
  onProductArchived({ payload }: EventOf<typeof ProductArchived>): Promise<void> {
    return this.refresh(payload.productId);
  }

  @OnDomainEvent(PriceChanged, PROJECT_LISTING)
  onPriceChanged({ payload }: EventOf<typeof PriceChanged>): Promise<void> {
    return this.refresh(payload.productId);
  }

  /**
   * A product that was being drafted while its store changed has an old copy of the store that no store event corrects any more:
   * the store is read again after the product stands.
   */
  private async refresh(productId: string): Promise<void> {
    const product = await this.products.get(productId);
    const store = storeCopyOf(await this.stores.get(product.storeId));
    const { aggregate } = await this.products.update(product, (present) => present.noteStore(store));
    await this.listings.project(aggregate);
  }
}
