import { expect, it } from 'vitest';
import { addModel, noModelChoice } from './models.ts';

it('takes a bare name for every role', () => {
  expect(addModel('openai/gpt-oss-120b', noModelChoice)).toEqual({ all: 'openai/gpt-oss-120b', byRole: {} });
});

it('takes role=name for one role, and keeps what came before', () => {
  const all = addModel('big', noModelChoice);
  expect(all && addModel('analyst=small', all)).toEqual({ all: 'big', byRole: { analyst: 'small' } });
});

it('leaves an equals sign in a name alone where no role stands before it', () => {
  expect(addModel('vendor/model=v2', noModelChoice)).toEqual({ all: 'vendor/model=v2', byRole: {} });
  expect(addModel('crew=vendor/model=v2', noModelChoice)?.byRole).toEqual({ crew: 'vendor/model=v2' });
});

it.each(['', '  ', 'mayor=', '=name'])('finds no name in %j', (text) => {
  expect(addModel(text, noModelChoice)).toBeNull();
});
