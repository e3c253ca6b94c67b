export interface OrderLabel {
  readonly kind: 'convoy' | 'polecat' | 'crew';
  /** A person is to approve the Mayor's plan, whatever the rig's config says. */
  readonly plan?: 'review';
}

/** The labels that are orders. */
export const orderLabels: Readonly<Record<string, OrderLabel>> = {
  convoy: { kind: 'convoy' },
  'convoy:plan': { kind: 'convoy', plan: 'review' },
  polecat: { kind: 'polecat' },
  crew: { kind: 'crew' },
};
