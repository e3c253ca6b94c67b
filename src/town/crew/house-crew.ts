import { accept } from '../../domain/event.ts';
import { startRequest } from '../dispatch/start-sandbox.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { agentSignature } from '../refinery/signature.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';

/** A member's container: the one it has, or a new one that holds its branch as it was kept last. */
export async function houseCrew(town: Town, desk: ConvoyDesk, name: string): Promise<Sandbox> {
  const member = desk.convoy().crew.get(name);
  if (!member?.session || member.base === null) throw new Error(`${name} has no conversation yet.`);
  const label = houseLabel(desk, name);
  const kept = member.from === null ? null : await town.sandboxes.find(label);
  if (kept !== null) return kept;
  const from = member.commit ?? member.base;
  const labels = { purpose: `crew ${name}`, session: label };
  const sandbox = await town.sandboxes.start(await startRequest(town, desk.convoy(), from, labels));
  await desk.decide(() => accept({ type: 'CrewHoused', data: { name, from } }));
  return sandbox;
}

/** The container is the member's, whatever conversation it is in. */
const houseLabel = (desk: ConvoyDesk, name: string): string =>
  `${desk.stream.replaceAll('/', '-')}-crew-${name}`;

const branchOf = (issue: number, name: string): string => `refs/gas-town/crew/${issue}/${name}`;

/** Keeps all that a member's workspace holds as a commit on its branch. What can't be taken out stays in the container. */
export async function keepWork(town: Town, desk: ConvoyDesk, name: string, sandbox: Sandbox): Promise<void> {
  const convoy = desk.convoy();
  const member = convoy.crew.get(name);
  if (!member || member.from === null) return;
  const store = await town.git.open(convoy.opened.repository.id);
  const { changes } = await sandbox.takeOut();
  const made = await store.commitChanges({
    parent: member.from,
    changes,
    message: `Work of ${name}\n\nConvoy: ${convoy.opened.issue}\n`,
    author: agentSignature(desk.actor, town.clock()),
  });
  const commit = made.status === 'committed' ? made.commit : member.from;
  const before = member.commit ?? member.base;
  if (before !== null && (await store.treeOf(before)) === (await store.treeOf(commit))) return;
  const ref = branchOf(convoy.opened.issue, name);
  await store.moveRef(ref, commit, await store.resolve(ref));
  const files = made.status === 'committed' ? made.files : 0;
  await desk.decide(() => accept({ type: 'CrewWorkKept', data: { name, commit, files } }));
}

/** Keeps a member's work and clears its container away. */
export async function restCrew(town: Town, desk: ConvoyDesk, name: string): Promise<void> {
  const sandbox = await town.sandboxes.find(houseLabel(desk, name));
  if (sandbox !== null) {
    await keepWork(town, desk, name, sandbox);
    await sandbox.remove();
  }
  await desk.decide(() => accept({ type: 'CrewRested', data: { name } }));
}
