import { z } from 'zod';
import { firstVersion } from '../define-event.ts';

const oid = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const session = z.uuid();
const bead = z.int().positive();

/** How people call a crew member. */
export const crewName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** The events of a convoy's stream that tell of its crew: long-lived agents that people talk to. */
export const crewEventTypes = {
  CrewAsked: firstVersion(z.strictObject({ name: crewName, by: z.string(), text: z.string().min(1) })),
  /** A member's conversation begins, anew where an earlier one came to its end. `base` is what its branch starts from. */
  CrewStarted: firstVersion(z.strictObject({ name: crewName, session, base: oid })),
  /** It has a container, which began with the files of `from`. */
  CrewHoused: firstVersion(z.strictObject({ name: crewName, from: oid })),
  /** Its container is gone; its work is the commit that was kept last. */
  CrewRested: firstVersion(z.strictObject({ name: crewName })),
  /** All that its workspace holds, as a commit on its branch. */
  CrewWorkKept: firstVersion(z.strictObject({ name: crewName, commit: oid, files: z.int().nonnegative() })),
  CrewAnswered: firstVersion(z.strictObject({ name: crewName, text: z.string() })),
  /** It proposes an order of its own: an issue that people label, or close. */
  ConvoyProposed: firstVersion(
    z.strictObject({ name: crewName, title: z.string().min(1), body: z.string().min(1) }),
  ),
  /** Its branch became a bead. */
  CrewLanded: firstVersion(z.strictObject({ name: crewName, bead, commit: oid })),
} as const;
