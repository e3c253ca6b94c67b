import { z } from 'zod';

const entry = z.union([z.string(), z.object({ name: z.string() })]);

/** Labels as bodies give them: names, or objects with a name. */
export const labelsBody = z.array(entry);

/** The same list as the whole body, or under `labels`. */
export const labelsOrList = z.union([labelsBody, z.object({ labels: labelsBody.optional() })]);

export function labelNames(labels: z.infer<typeof labelsBody>): string[] {
  return labels
    .map((label) => (typeof label === 'string' ? label : label.name))
    .filter((name) => name !== '');
}

export function namesOf(body: z.infer<typeof labelsOrList>): string[] {
  return labelNames(Array.isArray(body) ? body : (body.labels ?? []));
}
