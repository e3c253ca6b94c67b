import { createHash } from 'node:crypto';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { openConvoy } from '../../domain/convoy/decisions/open-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { stripHidden } from '../../domain/text/strip-hidden.ts';
import { fetchBase } from '../dispatch/fetch-base.ts';
import type { Hub, RepositoryRef } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import type { LabelledPayload } from './deliveries.ts';
import { refuseOrder } from './refuse-order.ts';

const labels: Readonly<Record<string, 'convoy' | 'polecat' | 'crew'>> = {
  convoy: 'convoy',
  polecat: 'polecat',
  crew: 'crew',
};

/** A label is an order: checked against who set it, then frozen with the text as it stood at that moment. */
export async function openOrder(town: Town, payload: LabelledPayload, cause: string): Promise<void> {
  const kind = labels[payload.label.name];
  if (kind === undefined) return;
  const rig: RepositoryRef = {
    id: payload.repository.id,
    owner: payload.repository.owner.login,
    name: payload.repository.name,
  };
  const stream = convoyStream(rig.id, payload.issue.number);
  if (town.ledger.load(stream, convoyFold).state !== null) return;

  const hub = await town.hubs.open(rig);
  const by = payload.sender.login;
  const refuse = (rule: string, text: string) =>
    refuseOrder(town, hub, { rig, issue: payload.issue.number, by, rule, text, cause });
  if (!(await mayOrder(hub, by))) {
    return refuse('no-write-permission', 'Only people with write permission can order work here.');
  }
  const base = await fetchBase(town, rig, hub);
  if (base === null) {
    return refuse(
      'repository-empty',
      'This repository has no commit yet: push a first one, then set the label again.',
    );
  }
  const store = await town.git.open(rig.id);
  const settled = await town.settingsFor(rig, store, base.commit);
  if (settled.status === 'invalid') {
    const list = settled.problems.map((problem) => `- ${problem}`).join('\n');
    return refuse('config-invalid', `.github/gas-town.yml has mistakes:\n${list}`);
  }
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `open:${stream}`,
    decide: (state) =>
      openConvoy(state, {
        repository: rig,
        issue: payload.issue.number,
        kind,
        ...frozenText(payload),
        textHash: textHash(payload.issue.title, payload.issue.body ?? ''),
        labelledBy: by,
        base,
        settings: settled.settings,
      }),
  });
}

async function mayOrder(hub: Hub, login: string): Promise<boolean> {
  const level = await hub.permissionOf(login);
  return level === 'admin' || level === 'write';
}

/** The text as people could read it when the label was set, and what was hidden in it. */
function frozenText(payload: LabelledPayload): { title: string; body: string; removed?: string[] } {
  const title = stripHidden(payload.issue.title);
  const body = stripHidden(payload.issue.body ?? '');
  const removed = [...new Set([...title.removed, ...body.removed])];
  return { title: title.text, body: body.text, ...(removed.length > 0 ? { removed } : {}) };
}

function textHash(title: string, body: string): string {
  return createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex');
}
