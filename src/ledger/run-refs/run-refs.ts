import { type OrderParts, orderName, parseOrder } from '../../domain/run/order.ts';
import { refsPrefix } from '../git-refs/stream-refs.ts';

const runs = `${refsPrefix}run/`;
const orders = `${refsPrefix}orders/`;

/** The ref that the run of an order writes, and nobody else: its sessions, and what it asks for. */
export const runRef = (order: OrderParts): string => `${runs}${orderName(order)}`;

/** The ref that only the town writes: what it answers the run, and what happened to the convoy. */
export const ordersRef = (order: OrderParts): string => `${orders}${orderName(order)}`;

/** The order whose run writes a ref; null for any other ref. */
export const orderOfRun = (ref: string): OrderParts | null =>
  ref.startsWith(runs) ? parseOrder(ref.slice(runs.length)) : null;
