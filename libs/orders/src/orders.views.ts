import type { Actor, LocalisedText, MoneyAmount } from '@daraa/kernel';
import type { DeliveryAddress, OrderRefund, OrderState, TimelineEntry } from './domain/order.js';
import type { OrderTotals } from './domain/order-line.js';
import type { OrderStatus } from './domain/order-status.js';

/** One line of an order as its buyer sees it. */
export interface OrderItemView {
  readonly itemId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly name: LocalisedText;
  readonly slug: string;
  readonly sku: string;
  readonly options: Readonly<Record<string, string>>;
  readonly image: string | null;
  readonly unitPrice: MoneyAmount;
  readonly quantity: number;
  readonly itemsTotal: MoneyAmount;
  readonly discount: MoneyAmount;
  readonly tax: MoneyAmount;
  readonly total: MoneyAmount;
}

/** An order as its buyer sees it. */
export interface OrderView {
  readonly id: string;
  readonly number: string;
  readonly purchaseId: string;
  readonly paymentId: string;
  readonly paymentMethod: string;
  readonly paid: boolean;
  readonly storeId: string;
  readonly store: { readonly id: string; readonly name: LocalisedText; readonly slug: string };
  readonly status: OrderStatus;
  readonly items: readonly OrderItemView[];
  readonly totals: OrderTotals;
  readonly shippingAddress: DeliveryAddress;
  readonly notes: string | null;
  readonly cancelReason: string | null;
  readonly refunds: readonly OrderRefund[];
  readonly timeline: readonly { readonly status: OrderStatus; readonly at: Date; readonly note: string | null }[];
  readonly createdAt: Date;
  readonly version: number;
}

/** The view of a stored order. Commission and who did what stay inside. */
export function viewOf(id: string, version: number, state: OrderState): OrderView {
  return {
    id,
    number: state.number,
    purchaseId: state.purchaseId,
    paymentId: state.paymentId,
    paymentMethod: state.paymentMethod,
    paid: state.paid,
    storeId: state.store.id,
    store: { id: state.store.id, name: state.store.name, slug: state.store.slug },
    status: state.status,
    items: state.lines.map((line) => ({
      itemId: line.itemId,
      variantId: line.variantId,
      productId: line.productId,
      name: line.name,
      slug: line.slug,
      sku: line.sku,
      options: line.options,
      image: line.image,
      unitPrice: line.unitPrice,
      quantity: line.quantity,
      itemsTotal: line.itemsTotal,
      discount: line.discount,
      tax: line.tax,
      total: line.total,
    })),
    totals: totalsOf(state.totals),
    shippingAddress: deliveryAddressOf(state.shippingAddress),
    notes: state.notes ?? null,
    cancelReason: state.cancelReason ?? null,
    refunds: state.refunds.map(({ refundId, amount, reason, status }) => ({ refundId, amount, reason, status })),
    timeline: state.timeline.map(({ status, at, note }: TimelineEntry) => ({ status, at, note: note ?? null })),
    createdAt: state.openedAt,
    version,
  };
}

function totalsOf(totals: OrderTotals): OrderTotals {
  const { itemsTotal, discount, net, tax, taxIncluded, deliveryFee, serviceFee, tip, total } = totals;
  return { itemsTotal, discount, net, tax, taxIncluded, deliveryFee, serviceFee, tip, total };
}

/** An address with nothing but its known fields. */
export function deliveryAddressOf(address: DeliveryAddress): DeliveryAddress {
  const { firstName, lastName, company, phone, line1, line2, building, apartment, city } = address;
  const { governorate, state, postalCode, country, instructions, location } = address;
  const known = { firstName, lastName, company, phone, line1, line2, building, apartment, city };
  const rest = { governorate, state, postalCode, country, instructions, location };
  return Object.fromEntries(Object.entries({ ...known, ...rest }).filter(([, value]) => value !== undefined)) as unknown as DeliveryAddress;
}

/** True when the order is this buyer's. */
export function belongsTo(state: Pick<OrderState, 'buyer'>, buyer: Actor): boolean {
  return state.buyer.type === buyer.type && state.buyer.id === buyer.id;
}
