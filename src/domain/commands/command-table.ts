/** What a command speaks of: a bead (on the bead's issue), the convoy (on its issue or pull request), or either. */
export type CommandScope = 'bead' | 'convoy' | 'any';

export interface CommandEntry {
  readonly name: string;
  /** What follows the name, as people are shown it; '' for nothing. */
  readonly argument: string;
  readonly argumentNeeded: boolean;
  readonly scope: CommandScope;
  readonly does: string;
}

/** Every command that people can write in a comment. `/help` and the documents are made from this table. */
export const commandTable = [
  { name: 'help', argument: '', argumentNeeded: false, scope: 'any', does: 'shows this list' },
  { name: 'status', argument: '', argumentNeeded: false, scope: 'any', does: 'says where the convoy stands' },
  {
    name: 'why',
    argument: '',
    argumentNeeded: false,
    scope: 'bead',
    does: 'says why the bead stands where it stands',
  },
  { name: 'sling', argument: '', argumentNeeded: false, scope: 'bead', does: 'orders the bead worked' },
  {
    name: 'retry',
    argument: 'guidance',
    argumentNeeded: false,
    scope: 'bead',
    does: 'tries a quarantined bead again, with your guidance noted on it',
  },
  {
    name: 'close',
    argument: 'reason',
    argumentNeeded: false,
    scope: 'bead',
    does: 'takes the bead out of the convoy',
  },
  {
    name: 'reopen',
    argument: 'reason',
    argumentNeeded: false,
    scope: 'bead',
    does: 'takes up a bead that was taken out; what has landed is mended by a new bead',
  },
  {
    name: 'note',
    argument: 'text',
    argumentNeeded: true,
    scope: 'bead',
    does: 'notes something on the bead for its polecat',
  },
  {
    name: 'needs',
    argument: '#issue …',
    argumentNeeded: true,
    scope: 'bead',
    does: 'makes the bead wait for these beads',
  },
  { name: 'pause', argument: '', argumentNeeded: false, scope: 'convoy', does: 'starts no further bead' },
  { name: 'resume', argument: '', argumentNeeded: false, scope: 'convoy', does: 'goes on after a pause' },
  {
    name: 'stop',
    argument: 'reason',
    argumentNeeded: false,
    scope: 'convoy',
    does: 'cancels the convoy and stops its agents',
  },
  {
    name: 'budget',
    argument: '+5usd',
    argumentNeeded: true,
    scope: 'convoy',
    does: 'raises what the convoy may spend',
  },
  {
    name: 'witness',
    argument: '',
    argumentNeeded: false,
    scope: 'convoy',
    does: 'has the Witness look at the convoy and report GREEN, YELLOW or RED',
  },
  {
    name: 'crew',
    argument: 'question',
    argumentNeeded: true,
    scope: 'convoy',
    does: 'talks with a crew member, by name with `/crew name: question`; `/crew name land` makes a bead of its branch',
  },
  {
    name: 'refine',
    argument: 'guidance',
    argumentNeeded: false,
    scope: 'convoy',
    does: 'has the Refinery look over the whole branch once more, and take in again what it could not',
  },
  {
    name: 'approve',
    argument: 'hash',
    argumentNeeded: true,
    scope: 'any',
    does: 'lets the plan, or the change to protected paths or to the checks that judge it, with this hash go on',
  },
  {
    name: 'replan',
    argument: 'guidance',
    argumentNeeded: true,
    scope: 'convoy',
    does: 'drops the plan that waits for approval and has another one made',
  },
] as const satisfies readonly CommandEntry[];

export type CommandName = (typeof commandTable)[number]['name'];
