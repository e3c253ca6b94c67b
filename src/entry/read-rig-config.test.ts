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
