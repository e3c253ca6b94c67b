import { test } from 'vitest';
import { opened } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { proposeConvoy } from './propose-convoy.ts';

const asked: NewEvent = { type: 'CrewAsked', data: { name: 'ada', by: 'acme', text: 'What next?' } };
const order = { name: 'ada', title: 'Make it fast', body: 'A request takes 10 ms at most.' };
const proposed = (title: string): NewEvent => ({ type: 'ConvoyProposed', data: { ...order, title } });

test('a member proposes an order in words; the same twice is one', () => {
  givenConvoy(opened(), asked)
    .when((state) => proposeConvoy(state, { ...order, title: ' Make it fast ' }))
    .thenEvents(proposed('Make it fast'));
  givenConvoy(opened(), asked, proposed('Make it fast'))
    .when((state) => proposeConvoy(state, order))
    .thenNothing();
});

test('nothing, too much, too often, or from nobody is refused', () => {
  const refused = (rule: string, change: Partial<typeof order>, ...before: readonly NewEvent[]) =>
    givenConvoy(opened(), asked, ...before)
      .when((state) => proposeConvoy(state, { ...order, ...change }))
      .thenRefused(rule);
  refused('proposal-empty', { body: ' ' });
  refused('proposal-too-long', { title: 'x'.repeat(257) });
  refused('crew-unknown', { name: 'eve' });
  refused('proposals-full', {}, ...Array.from({ length: 10 }, (_, index) => proposed(`Order ${index}`)));
});
