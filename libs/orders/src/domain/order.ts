import { Aggregate, derivedId, DomainError } from '@daraa/kernel';
import type { Actor, LocalisedText, MoneyAmount } from '@daraa/kernel';
import { OrderCancelled, OrderPlaced, OrderRefundRequested } from '../events.js';
import { customerMustBeAbleToCancel } from './cancellation-policy.js';
import type { OrderLine, OrderTotals } from './order-line.js';
import { orderStates } from './order-status.js';
import type { OrderStatus } from './order-status.js';

/** Where the goods go. */
export interface DeliveryAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company?: string;
  readonly phone: string;
  readonly line1: string;
  readonly line2?: string;
  readonly building?: string;
  readonly apartment?: string;
  readonly city: string;
  readonly governorate?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country: string;
  readonly instructions?: string;
  readonly location?: { readonly lat: number; readonly lng: number };
}

/** One step of an order's way: when, into which state, by whom. */
export interface TimelineEntry {
  readonly status: OrderStatus;
  readonly at: Date;
  readonly actor: Actor;
  readonly note?: string;
}

/** Money that the order gives back; `refundId` is derived, so that it is asked for once. */
export interface OrderRefund {
  readonly refundId: string;
  readonly amount: MoneyAmount;
  readonly reason: string;
  readonly status: 'requested' | 'succeeded' | 'failed';
}

export interface OrderState {
  readonly number: string;
  readonly purchaseId: string;
  readonly paymentId: string;
  readonly paymentMethod: string;
  readonly store: { readonly id: string; readonly name: LocalisedText; readonly slug: string };
  readonly buyer: Actor;
  /** Only guests: with the number it opens the order to them. Lower-case. */
  readonly guestEmail?: string;
  readonly shippingAddress: DeliveryAddress;
  readonly lines: readonly OrderLine[];
  readonly totals: OrderTotals;
  /** The platform's share, frozen: rate in basis points, base and amount of the whole order. */
  readonly commission: { readonly basisPoints: number; readonly base: MoneyAmount; readonly amount: MoneyAmount };
  readonly notes?: string;
  readonly openedAt: Date;
  status: OrderStatus;
  /** True once money for this order was captured; what is paid and cancelled is refunded, whichever comes second. */
  paid: boolean;
  timeline: readonly TimelineEntry[];
  refunds: readonly OrderRefund[];
  cancelReason?: string;
}

/** What a new order is made of. */
export type OrderDraft = Omit<OrderState, 'status' | 'paid' | 'timeline' | 'refunds' | 'cancelReason'>;

/** Who does something, and when. */
export interface Doing {
  readonly actor: Actor;
  readonly at: Date;
}

/** One store's part of a purchase. */
export class Order extends Aggregate<OrderState> {
  /** An order whose purchase is not paid yet. */
  static open(id: string, draft: OrderDraft, { actor, at }: Doing): Order {
    const timeline = [{ status: 'awaiting_payment' as const, at, actor }];
    return new Order({ id, version: 0, state: { ...draft, status: 'awaiting_payment', paid: false, timeline, refunds: [] } });
  }

  get status(): OrderStatus {
    return this.state.status;
  }

  get details(): Readonly<OrderState> {
    return this.state;
  }

  /** The purchase is confirmed: paid, or (`paid` false) to be paid at the door. Repeating changes nothing. */
  place(paid: boolean, doing: Doing): void {
    if (this.state.status === 'awaiting_payment') {
      this.enter('placed', doing);
      this.record(OrderPlaced, this.identity());
    }
    if (paid) this.receiveMoney();
  }

  /**
   * Money came for a purchase that had ended: it goes back. Repeating changes nothing. The order may hear of its money before it
   * hears of its end, so it ends here as well.
   */
  refundLatePayment(doing: Doing): void {
    this.endUnpaid('The payment arrived after the purchase had ended.', doing);
    this.receiveMoney();
  }

  /**
   * The customer changed their mind. Money goes back where it was paid, stock where it was taken. Repeating changes nothing.
   * Throws `ORDER_CANNOT_CANCEL` once the store prepares it.
   */
  cancelByCustomer(reason: string, doing: Doing): void {
    if (this.state.status === 'cancelled') return;
    customerMustBeAbleToCancel(this.state.status);
    this.enter('cancelled', doing, reason);
    this.state.cancelReason = reason;
    const restock = this.state.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
    this.record(OrderCancelled, { ...this.identity(), reason, restock });
    if (this.state.paid) this.oweTotal(reason);
  }

  /** The purchase ended unpaid. Repeating changes nothing; an order that is placed stays placed. */
  endUnpaid(reason: string, doing: Doing): void {
    if (this.state.status !== 'awaiting_payment') return;
    this.enter('cancelled', doing, reason);
    this.state.cancelReason = reason;
    this.record(OrderCancelled, { ...this.identity(), reason, restock: [] });
  }

  /** What became of a refund that this order asked for; the first word on it is the last. */
  settleRefund(refundId: string, status: 'succeeded' | 'failed'): void {
    this.state.refunds = this.state.refunds.map((refund) =>
      refund.refundId === refundId && refund.status === 'requested' ? { ...refund, status } : refund,
    );
  }

  /** Throws `ORDER_NOT_FOUND` for anybody but its buyer: other people's orders do not exist. */
  mustBelongTo(buyer: Actor): void {
    const mine = this.state.buyer.type === buyer.type && this.state.buyer.id === buyer.id;
    if (!mine) throw new DomainError('ORDER_NOT_FOUND');
  }

  /** Whichever of the money and the end comes second gives the money back. */
  private receiveMoney(): void {
    this.state.paid = true;
    const { status } = this.state;
    if (status === 'cancelled' || status === 'rejected') this.oweTotal(`The payment arrived after the order had been ${status}.`);
  }

  /** All that was paid goes back: one refund with one id, whoever asks for it. Nothing is owed where nothing was to be paid. */
  private oweTotal(reason: string): void {
    const { paymentId, totals } = this.state;
    const refundId = derivedId('rfd', this.id, 'cancellation');
    if (totals.total.amount === 0 || this.state.refunds.some((refund) => refund.refundId === refundId)) return;
    this.state.refunds = [...this.state.refunds, { refundId, amount: totals.total, reason, status: 'requested' }];
    this.record(OrderRefundRequested, { ...this.identity(), refundId, paymentId, amount: totals.total, reason });
  }

  private enter(status: OrderStatus, { actor, at }: Doing, note?: string): void {
    if (!orderStates.mustAllow(this.state.status, status)) return;
    this.state.status = status;
    // The clocks of two processes differ a little; a timeline never goes back.
    const last = this.state.timeline.at(-1)?.at ?? at;
    const entry = { status, at: at < last ? last : at, actor, ...(note === undefined ? {} : { note }) };
    this.state.timeline = [...this.state.timeline, entry];
  }

  private identity() {
    return { orderId: this.id, purchaseId: this.state.purchaseId, storeId: this.state.store.id };
  }
}
