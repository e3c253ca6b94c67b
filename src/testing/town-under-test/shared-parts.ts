import { createModelPort } from '../../adapters/openai/create-model-port.ts';
import { roleName } from '../../domain/session/events.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { rehearsalModel } from '../rehearsal/script.ts';
import type { RehearsalModel } from '../rehearsal/start-rehearsal-model.ts';

const models = Object.fromEntries(roleName.options.map((role) => [role, [rehearsalModel(role)]]));

type SharedParts = Pick<
  Town,
  | 'clock'
  | 'later'
  | 'models'
  | 'mirrorPaceMs'
  | 'markerKey'
  | 'lostCreateMs'
  | 'startedAt'
  | 'newId'
  | 'priceOf'
  | 'model'
>;

/** The parts that every town of a test has alike: a rehearsal's models, at a price, asked with little patience. */
export function sharedParts(model: Pick<RehearsalModel, 'baseUrl'>, clock: () => Date): SharedParts {
  return {
    clock,
    later: setTimeout,
    models: models as unknown as Town['models'],
    mirrorPaceMs: 0,
    markerKey: markerKeyFrom('marker'),
    lostCreateMs: 30,
    startedAt: clock(),
    newId: () => newUuidV7(clock),
    priceOf: () => ({ price: { inputUsd: 1, cachedInputUsd: 0, outputUsd: 2 }, listed: true }),
    model: createModelPort({
      baseURL: model.baseUrl,
      apiKey: 'any',
      retry: { attempts: 4, firstDelayMs: 1, maxDelayMs: 4 },
      stallMs: 5_000,
    }),
  };
}
