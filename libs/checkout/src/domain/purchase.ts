import { Aggregate, DomainError } from '@daraa/kernel';
import type { Actor, ErrorCode, ErrorDetail, MoneyAmount } from '@daraa/kernel';
import type { DeliveryAddress, OrderedItem } from '@daraa/orders';
import type { Quote, QuoteInput } from '@daraa/pricing';
import { PurchaseConfirmed, PurchaseEnded, PurchasePaidLate, PurchasePlaced } from '../events.js';
import type { PurchasedLine } from '../events.js';
import { purchaseStates } from './purchase-status.js';
import type { PurchaseStatus } from './purchase-status.js';

/** One store's part of a purchase, frozen: what its order will say. */
export interface PurchasedGroup {
  readonly store: { readonly id: string; readonly name: { readonly en: string; readonly ar?: string }; readonly slug: string };
  readonly orderId: string;
  readonly items: readonly OrderedItem[];
}

export type PaymentMethod = 'card' | 'cash_on_delivery';

/** How a purchase ended without being bought. */
export type EndStatus = 'failed' | 'expired' | 'cancelled';

export interface PurchaseState {
  readonly number: string;
  readonly buyer: Actor;
  /** Only guests: how the stores and couriers reach them. */
  readonly guest?: { readonly email: string; readonly phone: string };
  readonly paymentId: string;
  readonly paymentMethod: PaymentMethod;
  readonly groups: readonly PurchasedGroup[];
  readonly quote: Quote;
  /** What the quote followed from: it can be computed again to the same cents. */
  readonly quoteInput: QuoteInput;
  readonly commissionBasisPoints: number;
  readonly shippingAddress: DeliveryAddress;
  readonly billingAddress: DeliveryAddress;
  readonly notes?: string;
  /** Where the lines came from; absent where the buyer bought items directly. */
  readonly cart?: { readonly cartId: string; readonly version: number };
  readonly startedAt: Date;
  /** Unpaid at this time, the purchase is closed. */
  readonly expiresAt: Date;
  status: PurchaseStatus;
  /** While closing: how it shall end if no money came. */
  closingAs?: 'expired' | 'cancelled';
  closingSince?: Date;
  failure?: { readonly code: ErrorCode; readonly details: readonly ErrorDetail[]; readonly data?: Readonly<Record<string, unknown>> };
  paidLate?: boolean;
}

/** What a new purchase is made of. */
export type PurchaseDraft = Omit<PurchaseState, 'status' | 'closingAs' | 'closingSince' | 'failure' | 'paidLate'>;

/** A buyer's checkout: the owner of everything that is held for it. */
export class Purchase extends Aggregate<PurchaseState> {
  /** A purchase that is about to hold what it needs; it exists before any of its holds. */
  static reserving(id: string, draft: PurchaseDraft): Purchase {
    return new Purchase({ id, version: 0, state: { ...draft, status: 'reserving' } });
  }

  get status(): PurchaseStatus {
    return this.state.status;
  }

  get details(): Readonly<PurchaseState> {
    return this.state;
  }

  /** What is held and bought, each variant once. */
  get lines(): PurchasedLine[] {
    return this.state.groups.flatMap((group) =>
      group.items.map(({ variantId, quantity }) => ({ variantId, storeId: group.store.id, quantity })),
    );
  }

  get orderIds(): string[] {
    return this.state.groups.map((group) => group.orderId);
  }

  get toPay(): MoneyAmount {
    return this.state.quote.toPay;
  }

  /** Everything is held. Throws `INVALID_TRANSITION` when the purchase was given up in the meantime. */
  awaitPayment(): void {
    if (this.state.status !== 'reserving' && this.state.status !== 'awaiting_payment') {
      purchaseStates.mustAllow(this.state.status, 'awaiting_payment');
    }
    if (!this.enter('awaiting_payment')) return;
    this.record(PurchasePlaced, this.fact());
  }

  /** Not everything could be held, and nothing is held any more. */
  fail(error: DomainError): void {
    if (!this.enter('failed')) return;
    const { code, details, data } = error;
    this.state.failure = { code, details, ...(data === undefined ? {} : { data }) };
  }

  /** The checkout that was reserving is gone, and what it may have held must be released. */
  giveUp(): void {
    if (!this.enter('failed')) return;
    this.state.failure = { code: 'GONE', details: [] };
    this.record(PurchaseEnded, { ...this.fact(), status: 'failed' });
  }

  /** Begins to end an unpaid purchase. Repeating changes nothing; throws `INVALID_TRANSITION` once it is confirmed or ended. */
  startClosing(closingAs: 'expired' | 'cancelled', at: Date): void {
    if (!this.enter('closing')) return;
    this.state.closingAs = closingAs;
    this.state.closingSince = at;
  }

  /** The provider has cancelled: the purchase ends and everything is released. Repeating changes nothing. */
  end(): void {
    if (this.state.status !== 'closing') return;
    const status = this.state.closingAs ?? 'cancelled';
    this.enter(status);
    this.record(PurchaseEnded, { ...this.fact(), status });
  }

  /**
   * The purchase is paid (`paid`), or accepted to be paid at the door. Repeating changes nothing. Money that comes after the end
   * is given back by the orders.
   */
  confirm(paid: boolean): void {
    const { status } = this.state;
    if (status === 'confirmed' || status === 'closed') return;
    if (status === 'failed' || status === 'expired' || status === 'cancelled') {
      if (paid) this.refundLatePayment();
      return;
    }
    if (status === 'reserving') this.awaitPayment();
    this.enter('confirmed');
    const { paymentId, cart } = this.state;
    this.record(PurchaseConfirmed, { ...this.fact(), paymentId, paid, ...(cart === undefined ? {} : { cart }) });
  }

  /** Throws `PURCHASE_NOT_FOUND` for anybody but its buyer. */
  mustBelongTo(buyer: Actor): void {
    const mine = this.state.buyer.type === buyer.type && this.state.buyer.id === buyer.id;
    if (!mine) throw new DomainError('PURCHASE_NOT_FOUND');
  }

  private refundLatePayment(): void {
    if (this.state.paidLate) return;
    this.state.paidLate = true;
    this.record(PurchasePaidLate, { purchaseId: this.id, orderIds: this.orderIds, paymentId: this.state.paymentId });
  }

  private enter(status: PurchaseStatus): boolean {
    if (!purchaseStates.mustAllow(this.state.status, status)) return false;
    this.state.status = status;
    return true;
  }

  private fact() {
    return { purchaseId: this.id, orderIds: this.orderIds, lines: this.lines };
  }
}
