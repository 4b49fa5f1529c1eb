import { StateMachine } from '@daraa/kernel';

export const ORDER_STATUSES = [
  'awaiting_payment',
  'placed',
  'accepted',
  'preparing',
  'ready',
  'out_for_delivery',
  'delivered',
  'completed',
  'rejected',
  'cancelled',
  'returned',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order's way from the checkout to the door. */
export const orderStates = new StateMachine<OrderStatus>('order', {
  awaiting_payment: ['placed', 'cancelled'],
  placed: ['accepted', 'rejected', 'cancelled'],
  accepted: ['preparing', 'cancelled'],
  preparing: ['ready', 'cancelled'],
  ready: ['out_for_delivery', 'delivered', 'cancelled'],
  out_for_delivery: ['delivered', 'returned', 'cancelled'],
  delivered: ['completed', 'returned'],
  completed: [],
  rejected: [],
  cancelled: [],
  returned: [],
});
