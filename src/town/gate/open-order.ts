import { createHash } from 'node:crypto';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { openConvoy } from '../../domain/convoy/decisions/open-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { ConvoySettings } from '../../domain/convoy/settings.ts';
import { stripHidden } from '../../domain/text/strip-hidden.ts';
import { fetchBase } from '../dispatch/fetch-base.ts';
import type { RepositoryRef } from '../ports/hub.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { findTarget } from './commands/find-target.ts';
import type { LabelledPayload } from './deliveries.ts';
import { isOurs, maySteer } from './may-steer.ts';
import { type OrderLabel, orderLabels } from './order-labels.ts';
import { refuseOrder } from './refuse-order.ts';
import { relabelConvoy } from './relabel-convoy.ts';

/** A label is an order: checked against who set it, then frozen with the text as it stood at that moment. */
export async function openOrder(town: Town, payload: LabelledPayload, cause: string): Promise<void> {
  const label = orderLabels[payload.label.name];
  if (label === undefined) return;
  const rig = rigOf(payload);
  const { number: issue } = payload.issue;
  const hub = await openHub(town, rig);
  if (isOurs(hub, payload.sender)) return;
  const by = payload.sender.login;
  const refuse = (rule: string, text: string) =>
    refuseOrder(town, hub, { rig, issue, by, rule, text, cause });
  const target = findTarget(town, rig.id, issue);
  if (target !== null) return relabelConvoy({ town, hub, target, payload, cause, refuse });

  if (payload.sender.type !== 'Bot' && !(await maySteer(hub, payload.sender, []))) {
    return refuse(
      'no-write-permission',
      'Only people with write permission can order work here. One of them can set the label again, after reading the issue.',
    );
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
  const { settings } = settled;
  if (payload.sender.type === 'Bot' && !(await maySteer(hub, payload.sender, settings.bots ?? []))) {
    return refuse(
      'bot-not-listed',
      'A bot can order work only where `bots` in .github/gas-town.yml names it.',
    );
  }
  await freeze(town, payload, { rig, base, label, settings, cause });
}

const rigOf = ({ repository }: LabelledPayload): RepositoryRef => ({
  id: repository.id,
  owner: repository.owner.login,
  name: repository.name,
});

async function freeze(
  town: Town,
  payload: LabelledPayload,
  order: {
    readonly rig: RepositoryRef;
    readonly base: { readonly branch: string; readonly commit: string };
    readonly label: OrderLabel;
    readonly settings: ConvoySettings;
    readonly cause: string;
  },
): Promise<void> {
  const { rig, base, label, settings, cause } = order;
  const stream = convoyStream(rig.id, payload.issue.number);
  const by = payload.sender.login;
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
        kind: label.kind,
        ...frozenText(payload),
        textHash: textHash(payload.issue.title, payload.issue.body ?? ''),
        labelledBy: by,
        base,
        settings: { ...settings, ...(label.plan ? { plan: label.plan } : {}) },
      }),
  });
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
