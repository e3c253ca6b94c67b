import { busy, busyRate } from '../given/workload.ts';
import type { Chance } from './chance.ts';

const hour = 3600;

/** When convoys are ordered in one day, in seconds from its start, in order: more in the busy hours, else as it happens. */
export function arrivals(chance: Chance, convoysPerDay: number): readonly number[] {
  const most = busyRate(convoysPerDay);
  const quiet = (convoysPerDay * (1 - busy.share)) / ((24 - busy.hours) * hour);
  const times: number[] = [];
  for (let at = chance.exponential(1 / most); at < 24 * hour; at += chance.exponential(1 / most)) {
    const isBusy = at >= busy.fromHour * hour && at < (busy.fromHour + busy.hours) * hour;
    if (isBusy || chance.fraction() < quiet / most) times.push(at);
  }
  return times;
}
