import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageFolder } from '../package-folder.ts';
import { inputNames, readInputs, secretsOf } from './action-inputs.ts';

describe('the inputs of the action', () => {
  it('are those that action.yml documents, each with a description', () => {
    const action: { inputs: Record<string, { description: string }> } = parse(
      readFileSync(join(packageFolder, 'action.yml'), 'utf8'),
    );
    expect(Object.keys(action.inputs)).toEqual([...inputNames]);
    for (const { description } of Object.values(action.inputs))
      expect(description.length).toBeGreaterThan(20);
  });

  it('are read as GitHub hands them over, an empty one as left out', () => {
    const given = readInputs({
      'INPUT_GITHUB-TOKEN': 'a token',
      'INPUT_OPENAI-API-KEY': '',
      'INPUT_BUDGET-USD': '2.5',
      INPUT_POLECATS: ' 3 ',
      'INPUT_LEDGER-KEY': 'sixteen letters!',
    });
    expect(given).toEqual({
      part: 'work',
      'github-token': 'a token',
      'budget-usd': 2.5,
      polecats: 3,
      config: '.github/gas-town.yml',
      'ledger-key': 'sixteen letters!',
    });
    expect(secretsOf(given)).toEqual(['a token', 'sixteen letters!']);
  });

  it('are refused in one sentence that names each wrong one and shows no value', () => {
    const wrong = {
      INPUT_PART: 'play',
      INPUT_POLECATS: 'many',
      INPUT_CONFIG: '../../etc/passwd',
      'INPUT_LEDGER-KEY': 'short secret',
    };
    expect(() => readInputs(wrong)).toThrow(
      /^These inputs of the action are wrong: part \(.*github-token \(give a token\).*polecats \(give a number\).*config \(give a path within the repository\).*ledger-key \(give at least 16/,
    );
    expect(() => readInputs(wrong)).not.toThrow(/short secret/);
  });
});
