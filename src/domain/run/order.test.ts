import { expect, test } from 'vitest';
import { orderName, parseOrder } from './order.ts';

test('an order is found again in its name', () => {
  const order = { issue: 12, bead: 3, attempt: 2, turn: 1 };
  expect(orderName(order)).toBe('12.3.2.1');
  expect(parseOrder('12.3.2.1')).toEqual(order);
});

test.each([
  '',
  '12.3.1',
  '12.3.1.1.1',
  '0.3.1.1',
  '012.3.1.1',
  '12.3.-1.1',
  '12.3.1.1 ',
  '12.3.1.1\n',
  '12/3.1.1',
  '../12.3.1.1',
  '12.3.1e3.1',
  '99999999999.1.1.1',
  '1.9999999.1.1',
])('%j names no order', (name) => {
  expect(parseOrder(name)).toBeNull();
});
