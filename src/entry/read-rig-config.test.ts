import { describe, expect, it } from 'vitest';
import { readRigConfig } from './read-rig-config.ts';

const problemsOf = (text: string): readonly string[] => {
  const result = readRigConfig(text, 'rig');
  return result.status === 'invalid' ? result.problems : [];
};

describe("a rig's config", () => {
  it('stands over the defaults', () => {
    const result = readRigConfig(
      'verify: [npm test, npm run lint]\nsetup: npm ci\npolecats: 3\nmemory: 1g\n',
      'rig',
    );
    expect(result).toMatchObject({
      status: 'ok',
      settings: {
        image: 'rig',
        verify: 'npm test && npm run lint',
        setup: ['npm ci'],
        polecats: 3,
        limits: { memoryBytes: 2 ** 30, cpus: 2 },
        network: 'none',
      },
    });
  });

  it('says what containers reach, what waits for them and what the set-up depends on', () => {
    const text =
      'network: [api.example.com, "*.example.org"]\nwarm: 2\nsetup_inputs: [deps.txt, tools/list]\n';
    expect(readRigConfig(text, 'rig')).toMatchObject({
      status: 'ok',
      settings: {
        network: { allow: ['api.example.com', '*.example.org'] },
        warm: 2,
        setupInputs: ['deps.txt', 'tools/list'],
      },
    });
    expect(readRigConfig('network: open\n', 'rig')).toMatchObject({ settings: { network: 'open' } });
    for (const host of ['10.0.0.1', 'localhost', '*', 'http://example.com'])
      expect(problemsOf(`network: [${JSON.stringify(host)}]\n`)).toHaveLength(1);
  });

  it('may be empty', () => {
    expect(readRigConfig('', 'rig').status).toBe('ok');
    expect(readRigConfig('# nothing yet\n', 'rig').status).toBe('ok');
  });

  it('names the line and the field of each mistake', () => {
    const problems = problemsOf('verify: npm test\npolecats: many\nmemory: lots\nspeed: 9\n');
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^line 2: polecats: /);
    expect(problems[1]).toBe('line 3: memory: give a size such as 512m or 1g');
    expect(problems[2]).toBe('line 4: speed: there is no such field');
  });

  it('names the line where it is no YAML', () => {
    expect(problemsOf('verify: "npm test\npolecats: 3\n')[0]).toMatch(/^line \d+: /);
    expect(problemsOf('- a\n- b\n')[0]).toMatch(/the file: /);
  });
});
