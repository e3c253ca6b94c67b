import { expect, onTestFinished, test } from 'vitest';
import type { RehearsalScript } from './script.ts';
import { startRehearsalModel } from './start-rehearsal-model.ts';

const script: RehearsalScript = {
  parts: [
    {
      role: 'polecat',
      about: 'first',
      steps: [
        { say: 'One.', calls: [{ name: 'look', arguments: {} }] },
        { say: 'Two.', expects: /seen/ },
      ],
    },
    { role: 'polecat', about: 'second', steps: [{ say: 'Other.' }] },
  ],
};

async function model() {
  const server = await startRehearsalModel(script);
  onTestFinished(() => server.close());
  const ask = async (messages: readonly object[], more: object = {}) => {
    const response = await fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'rehearsal-polecat', messages, ...more }),
    });
    return { status: response.status, text: await response.text() };
  };
  return { server, ask };
}

const user = (content: string) => ({ role: 'user', content });
const replied = {
  role: 'assistant',
  content: 'One.',
  tool_calls: [{ id: 'c', function: { name: 'look', arguments: '{}' } }],
};

test('a part is found by its briefing and a step by what was said so far, whoever asks', async () => {
  const { server, ask } = await model();
  const second = await ask([user('the second one')]);
  expect(JSON.parse(second.text).choices[0].message.content).toBe('Other.');
  const result = { role: 'tool', tool_call_id: 'c', content: 'seen' };
  const next = await ask([user('the first one'), replied, result]);
  expect(JSON.parse(next.text).choices[0].message.content).toBe('Two.');
  expect(server.requests()).toBe(2);
});

test('what is off the script is refused with a sentence that says where', async () => {
  const { ask } = await model();
  const cases = [
    [[user('a third one')], /no part for the polecat whose briefing begins: a third one/],
    [[user('second'), { role: 'assistant', content: 'x' }], /has 1 steps and was asked for step 2/],
    [
      [user('first'), replied, { role: 'tool', tool_call_id: 'c', content: 'dark' }],
      /Step 2 .* expects \/seen\/, and what came was: dark/,
    ],
  ] as const;
  for (const [messages, sentence] of cases) {
    const { status, text } = await ask(messages);
    expect(status).toBe(409);
    expect(JSON.parse(text).error.message).toMatch(sentence);
  }
});

test('a conversation that breaks the protocol is refused as real endpoints do', async () => {
  const { ask } = await model();
  expect(await ask([user('first'), replied])).toMatchObject({
    status: 400,
    text: expect.stringContaining('has no result'),
  });
  expect(await ask([user('first'), { role: 'tool', tool_call_id: 'x', content: '' }])).toMatchObject({
    status: 400,
  });
  expect(await ask([])).toMatchObject({ status: 400 });
});

test('usage comes with a stream only when it is asked for', async () => {
  const { ask } = await model();
  const without = await ask([user('second')], { stream: true });
  expect(without.text).not.toContain('prompt_tokens');
  const asked = await ask([user('second')], { stream: true, stream_options: { include_usage: true } });
  expect(asked.text).toContain('prompt_tokens');
  expect(asked.text.trimEnd()).toMatch(/data: \[DONE\]$/);
});
