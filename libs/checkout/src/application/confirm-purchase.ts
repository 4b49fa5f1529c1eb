import { Injectable } from '@nestjs/common';
import { AggregateStore, InjectStore, markHandledDirectly, OnDomainEvent } from '@daraa/platform';
import type { EventOf } from '@daraa/platform';
import { PaymentCaptured } from '@daraa/payments/events';
import { Purchase } from '../domain/purchase.js';

const CONFIRM_ON_CAPTURE = 'checkout.confirm-on-capture';

/** A purchase is confirmed by its money, or by the promise of cash; whoever learns it first does it. */
@Injectable()
export class ConfirmPurchase {
  constructor(@InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>) {}

  /** `paid`: the money was captured. Repeating changes nothing; money that comes after the end is refunded. */
  async execute(target: string | Purchase, paid: boolean): Promise<Purchase> {
    const { aggregate } = await this.purchases.update(target, (purchase) => purchase.confirm(paid));
    markHandledDirectly(CONFIRM_ON_CAPTURE, aggregate.details.paymentId);
    return aggregate;
  }

  @OnDomainEvent(PaymentCaptured, CONFIRM_ON_CAPTURE)
  async onPaymentCaptured({ payload }: EventOf<typeof PaymentCaptured>): Promise<void> {
    if (payload.payable.type === 'purchase') await this.execute(payload.payable.id, true);
  }
}
