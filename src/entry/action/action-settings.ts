import type { Town } from '../../town/town.ts';
import { settingsFromRig } from '../read-rig-config.ts';
import type { ActionInputs } from './action-inputs.ts';

/** What the rig's config says, with what the workflow says in its place. */
export function actionSettings(inputs: ActionInputs, image: string): Town['settingsFor'] {
  const fromRig = settingsFromRig(image, inputs.config);
  return async (rig, store, base) => {
    const result = await fromRig(rig, store, base);
    if (result.status === 'invalid') return result;
    const { settings } = result;
    return {
      status: 'ok',
      settings: {
        ...settings,
        runner: 'actions',
        polecats: inputs.polecats ?? settings.polecats,
        verify: inputs.verify ?? settings.verify,
        budgetUsd: inputs['budget-usd'] ?? settings.budgetUsd,
      },
    };
  };
}
