/** Which run of which attempt at which bead of which convoy an order is for: `12.3.1.2`. */
export interface OrderParts {
  readonly issue: number;
  readonly bead: number;
  readonly attempt: number;
  /** 1, and more where an earlier run ended before it had claimed the bead. */
  readonly turn: number;
}

export const orderName = ({ issue, bead, attempt, turn }: OrderParts): string =>
  `${issue}.${bead}.${attempt}.${turn}`;

/** Null for a text that names no order. */
export function parseOrder(name: string): OrderParts | null {
  const match = /^([1-9]\d{0,9})\.([1-9]\d{0,5})\.([1-9]\d{0,3})\.([1-9]\d{0,3})$/.exec(name);
  if (match === null) return null;
  const [issue = 0, bead = 0, attempt = 0, turn = 0] = match.slice(1).map(Number);
  return { issue, bead, attempt, turn };
}
