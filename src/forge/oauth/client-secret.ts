import { createHmac } from 'node:crypto';
import type { AppIdentity } from '../context.ts';

/** The App's secret for the web flow: made from its webhook secret, so that stores of before have one too. */
export const clientSecretOf = ({
  webhookSecret,
  clientId,
}: Pick<AppIdentity, 'webhookSecret' | 'clientId'>): string =>
  createHmac('sha256', webhookSecret).update(`client secret of ${clientId}`).digest('hex').slice(0, 40);
