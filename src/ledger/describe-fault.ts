import type { LedgerFault, LedgerFaultKind } from './ledger-error.ts';

type Describe = { [K in LedgerFaultKind]: (fault: Extract<LedgerFault, { kind: K }>) => string };

const restore =
  'Restore the last backup (`gastown ledger backup` makes one), or export what can still be read.';

const describe: Describe = {
  'invalid-event': (f) => `The event ${f.type} was not appended: ${f.problems.join('; ')}.`,
  'unknown-type': (f) =>
    `The event at position ${f.position} is of type ${f.type} version ${f.typeVersion}, which this program doesn't know. Use a newer program.`,
  'broken-event': (f) =>
    `The event at position ${f.position} is not a whole ${f.type}: ${f.problems.join('; ')}. Run \`gastown ledger verify\`.`,
  'key-reused': (f) =>
    `The key ${f.key} was used for ${f.firstStream} and can't be used for ${f.stream}. Nothing was appended.`,
  'invalid-id': (f) => `An event's id must be a UUID, and ${JSON.stringify(f.id)} is none.`,
  'symbolic-link': (f) =>
    `${f.path} is a symbolic link, and a ledger is never opened through one. Remove it, or name the real folder.`,
  'missing-file': (f) => `There is no ledger at ${f.path}.`,
  'foreign-file': (f) => `${f.path} is not a ledger (${f.detail}). It was left as it is; name another file.`,
  'newer-schema': (f) =>
    `${f.path} has schema ${f.found}, and this program knows schemas up to ${f.known}. Use a newer program; the file was left as it is.`,
  'older-schema': (f) =>
    `${f.path} has schema ${f.found}, and this program reads schema ${f.known}. Start the town once to bring it up to date.`,
  'other-version': (f) =>
    `The read model ${f.projection} of ${f.path} is kept in version ${f.found}, and this program knows version ${f.known}. Use the program that the town runs on.`,
  'altered-schema': (f) => `The tables of ${f.path} were altered by hand (${f.detail}). ${restore}`,
  truncated: (f) =>
    `${f.path} ends after ${f.bytes} bytes of ${f.expectedBytes}: a part of it is lost. It was left as it is. ${restore}`,
  corrupt: (f) =>
    `${f.path} is damaged${f.position === null ? '' : ` at position ${f.position}`} (${f.detail}). It was left as it is. ${restore}`,
  'disk-full': (f) =>
    `There is no room left to write ${f.path}. What was acknowledged is kept; make room and do it again.`,
  'read-only': (f) =>
    `${f.path} can't be written here. Make the file and its folder writable, or open it to read.`,
  busy: (f) => `${f.path} was being written by another process for ${f.waitedMs} ms. Do it again.`,
  io: (f) => `${f.path} couldn't be read or written (${f.code}). Look at the disk before you go on.`,
  'lease-held': (f) =>
    `Another town (${f.holder}, since ${f.since}) works with ${f.path}. Stop it first; reading is possible at any time.`,
  'lease-lost': (f) =>
    `A newer town (${f.holder}, generation ${f.current}) has taken over this ledger from generation ${f.ours}. Nothing was appended.`,
  'invalid-line': (f) => `Line ${f.line} is not a line of an export: ${f.problem}. Nothing was imported.`,
  'other-history': (f) =>
    `Line ${f.line} is version ${f.version} of ${f.stream}, but this ledger holds another event there. Nothing was imported; import into a new file.`,
  'not-descended': (f) =>
    `${f.ref} is not what it was (${f.detail}): someone rewrote the ledger of ${f.stream}. Nothing is done for it until a person has looked.`,
  sealed: (f) =>
    `The events of ${f.stream} are sealed, and the ledger key is missing or another. Give the key that they were sealed with.`,
  'push-refused': (f) =>
    `${f.refs.join(', ')} could not be pushed in ${f.tries} tries (${f.reason}). Nothing was appended.`,
  'file-exists': (f) => `${f.path} exists already and was left as it is. Name another file.`,
  'subscription-stopped': (f) =>
    `The subscription ${f.name ?? '(without a name)'} has stopped after position ${f.position}.`,
  closed: () => 'The ledger is closed.',
};

/** One or two sentences for a person: what is wrong, and what to do. */
export function describeFault<K extends LedgerFaultKind>(fault: Extract<LedgerFault, { kind: K }>): string {
  const one: (fault: Extract<LedgerFault, { kind: K }>) => string = describe[fault.kind as K];
  return one(fault);
}
