import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { StoreAccess } from '@daraa/platform';
import type { Connection } from 'mongoose';

/** The owner may do everything for a store, nobody else anything. One read by id, of one field. */
@Injectable()
export class OwnerAccess extends StoreAccess {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  async mayAct(accountId: string, storeId: string): Promise<boolean> {
    const stores = this.connection.collection<{ _id: string; ownerId: string }>('stores');
    const store = await stores.findOne({ _id: storeId }, { projection: { _id: 0, ownerId: 1 } });
    return store?.ownerId === accountId;
  }
}
