import { Inject, Injectable } from '@nestjs/common';
import { AggregateStore, CLOCK, InjectStore } from '@daraa/platform';
import { Inventory } from '@daraa/inventory';
import { derivedId, DomainError, isDomainError } from '@daraa/kernel';
import type { Actor, Clock, MoneyAmount } from '@daraa/kernel';
import { orderIdOf, Orders } from '@daraa/orders';
import type { DeliveryAddress, OpenedOrders, OrderView } from '@daraa/orders';
import { Payments } from '@daraa/payments';
import type { PaymentView } from '@daraa/payments';
import { Settings } from '@daraa/settings';
import { Purchase } from '../domain/purchase.js';
import type { PaymentMethod, PurchaseDraft } from '../domain/purchase.js';
import { ClosePurchase } from './close-purchase.js';
import { ConfirmPurchase } from './confirm-purchase.js';
import { ordersOf } from './orders-of-purchase.js';
import { payableOf } from './payable.js';
import { PurchaseNumbers } from './purchase-numbers.js';
import { QuoteBasket } from './quote-basket.js';
import type { BasketRequest, QuotedBasket } from './quote-basket.js';
import { SupersedePurchases } from './supersede-purchases.js';

/** A checkout: what to buy, where to, how to pay. */
export interface PlacePurchaseCommand extends BasketRequest {
  /** Minted with the idempotency key: running again with the same id repeats, never doubles. */
  readonly purchaseId: string;
  /** True when an earlier attempt with this id may have got somewhere. */
  readonly resumed: boolean;
  readonly buyer: Actor;
  readonly guest?: { readonly email: string; readonly phone: string };
  readonly payment: { readonly method: PaymentMethod; readonly paymentMethodId?: string };
  readonly billingAddress?: DeliveryAddress;
  readonly notes?: string;
  readonly expectedTotal?: MoneyAmount;
}

/** A purchase with its orders and its payment, as the buyer gets it. */
export interface PlacedPurchase {
  readonly purchase: Purchase;
  readonly orders: readonly OrderView[];
  readonly payment: PaymentView;
}

const MINUTE_MS = 60_000;

/**
 * Places a purchase: freezes the quote, holds the stock, opens the orders, charges the payment. Each step is one write with ids
 * that derive from the purchase, so that a retry after a crash goes on where the first try stopped.
 */
@Injectable()
export class PlacePurchase {
  constructor(
    @InjectStore(Purchase) private readonly purchases: AggregateStore<Purchase>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly quoteBasket: QuoteBasket,
    private readonly numbers: PurchaseNumbers,
    private readonly settings: Settings,
    private readonly inventory: Inventory,
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly confirmPurchase: ConfirmPurchase,
    private readonly closePurchase: ClosePurchase,
    private readonly supersedePurchases: SupersedePurchases,
  ) {}

  /**
   * Throws what QuoteBasket throws, and `PRICE_CHANGED`, `PAYMENT_METHOD_NOT_SUPPORTED`, `INSUFFICIENT_STOCK`; `CONFLICT` where an
   * earlier purchase of the buyer, whose payment nobody knows the outcome of, holds the pieces; `GONE` where a newer one has ended
   * this. A declined card is no error: the purchase awaits its payment.
   */
  async execute(command: PlacePurchaseCommand): Promise<PlacedPurchase> {
    const reserved = await this.reserve(command.resumed ? await this.resume(command) : await this.begin(command));
    const opened = await this.orders.open(ordersOf(reserved));
    const { paymentMethodId } = command.payment;
    const request = { ...payableOf(reserved), ...(paymentMethodId === undefined ? {} : { paymentMethodId }) };
    const payment = await this.payments.open(request);
    return this.settle(reserved, opened, payment);
  }

  /** Goes on with what an earlier attempt began; where the sweep has given that up in the meantime, a fresh purchase follows it. */
  private async resume(command: PlacePurchaseCommand): Promise<Purchase> {
    const begun = await this.purchases.find(command.purchaseId);
    if (!begun) return this.begin(command);
    if (begun.details.failure?.code !== 'GONE') return begun;
    return this.resume({ ...command, purchaseId: derivedId('pur', begun.id, 'again') });
  }

  private async begin(command: PlacePurchaseCommand): Promise<Purchase> {
    const { paymentMethods } = this.settings.current();
    if (!paymentMethods.includes(command.payment.method)) throw new DomainError('PAYMENT_METHOD_NOT_SUPPORTED');
    const quoted = await this.quoteBasket.execute(command);
    mustCostAsExpected(command, quoted);
    const number = await this.numbers.next(this.clock.now());
    const purchase = Purchase.reserving(command.purchaseId, this.draftOf(command, quoted, number));
    return (await this.purchases.insertOrGet(purchase)).aggregate;
  }

  /** Holds the stock; a purchase that holds it already is returned as it is. */
  private async reserve(purchase: Purchase): Promise<Purchase> {
    const { failure } = purchase.details;
    if (failure) throw new DomainError(failure.code, failure);
    if (purchase.status !== 'reserving') return purchase;
    try {
      await this.hold(purchase);
    } catch (error) {
      if (isDomainError(error, 'INSUFFICIENT_STOCK')) await this.purchases.update(purchase, (each) => each.fail(error));
      throw error;
    }
    return this.awaitPayment(purchase);
  }

  /** What the buyer's own unfinished purchases hold must not stand in the buyer's way. */
  private async hold(purchase: Purchase): Promise<void> {
    try {
      await this.inventory.hold(purchase.id, purchase.lines);
    } catch (error) {
      if (!isDomainError(error, 'INSUFFICIENT_STOCK')) throw error;
      if (!(await this.supersedePurchases.execute(purchase))) throw error;
      await this.inventory.hold(purchase.id, purchase.lines);
    }
  }

  private async awaitPayment(purchase: Purchase): Promise<Purchase> {
    try {
      return (await this.purchases.update(purchase, (each) => each.awaitPayment())).aggregate;
    } catch (error) {
      if (!isDomainError(error, 'INVALID_TRANSITION')) throw error;
      // Somebody gave this purchase up while it was reserving: what it holds belongs to nobody now.
      await this.inventory.release(purchase.id, purchase.lines);
      throw new DomainError('GONE', { message: 'A newer checkout of yours has taken the place of this one.', cause: error });
    }
  }

  private async settle(purchase: Purchase, opened: OpenedOrders, payment: PaymentView): Promise<PlacedPurchase> {
    const paid = payment.status === 'captured' || payment.status === 'authorised';
    const promised = payment.method === 'cash_on_delivery' && payment.status === 'pending';
    if (payment.status === 'cancelled') return this.followItsEnd(purchase, opened, payment);
    if (!paid && !promised) return { purchase, orders: opened.views, payment };
    const confirmed = await this.confirmPurchase.execute(purchase, paid);
    if (confirmed.status !== 'confirmed') return { purchase: confirmed, orders: opened.views, payment };
    return { purchase: confirmed, orders: await this.orders.place(confirmed.id, opened, paid), payment };
  }

  /** Somebody ended the purchase while it was being placed, perhaps before its orders were open: they end with it. */
  private async followItsEnd(purchase: Purchase, opened: OpenedOrders, payment: PaymentView): Promise<PlacedPurchase> {
    const ended = await this.closePurchase.finish(purchase.id);
    if (ended.status !== 'cancelled' && ended.status !== 'expired') return { purchase: ended, orders: opened.views, payment };
    return { purchase: ended, orders: await this.orders.endUnpaid(ended.id, ended.orderIds, ended.status), payment };
  }

  private draftOf(command: PlacePurchaseCommand, quoted: QuotedBasket, number: string): PurchaseDraft {
    const { purchaseId, buyer, guest, notes, payment } = command;
    const { basket, quote, input, shippingAddress } = quoted;
    const settings = this.settings.current();
    const startedAt = this.clock.now();
    return {
      number,
      buyer,
      ...(guest === undefined ? {} : { guest }),
      ...(notes === undefined ? {} : { notes }),
      ...(basket.cart === undefined ? {} : { cart: basket.cart }),
      paymentId: derivedId('pay', purchaseId),
      paymentMethod: payment.method,
      groups: quote.groups.map((group) => {
        const variants = basket.lines.filter((line) => line.variant.storeId === group.storeId).map((line) => line.variant);
        const store = variants[0]?.store;
        if (!store) throw new Error(`The quote names ${group.storeId}, which the basket does not.`);
        return {
          store: { id: store.id, name: store.name, slug: store.slug },
          orderId: orderIdOf(purchaseId, group.storeId),
          items: group.lines.map((line) => {
            const variant = variants.find((each) => each.variantId === line.variantId);
            if (!variant) throw new Error(`The quote names ${line.variantId}, which the basket does not.`);
            const { productId, name, slug, sku, options, image } = variant;
            return { ...line, productId, name, slug, sku, options, image };
          }),
        };
      }),
      quote,
      quoteInput: input,
      commissionBasisPoints: settings.commissionBasisPoints,
      shippingAddress,
      billingAddress: command.billingAddress ?? shippingAddress,
      startedAt,
      expiresAt: new Date(startedAt.getTime() + settings.unpaidPurchaseMinutes * MINUTE_MS),
    };
  }
}

/** The buyer pays what they saw. Throws `PRICE_CHANGED` with the new quote. */
function mustCostAsExpected({ expectedTotal }: PlacePurchaseCommand, { quote }: QuotedBasket): void {
  if (expectedTotal === undefined) return;
  const same = expectedTotal.amount === quote.total.amount && expectedTotal.currency === quote.total.currency;
  if (!same) throw new DomainError('PRICE_CHANGED', { data: { quote } });
}
