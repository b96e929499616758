/** A wave of the sample agency from its invitation to its close. */

import type { LocalMessage } from '../../core/store/local-messages.ts';
import { findWave } from '../../core/store/pulse/waves.ts';
import { pulseAnswers } from '../../functions/local/sample/behaviour.ts';
import { type House, openHouse } from './house.ts';

const opening = '2026-10-12T00:00:00Z';
const invited = ['2026-10-12T01:00:00Z', '2026-10-12T02:00:00Z', '2026-10-12T03:00:00Z'];

/** When wave w1 of the sample closes, and when it is counted. */
export const closes = '2026-10-23T10:00:00Z';
export const counted = '2026-10-23T10:15:00Z';

/** A house whose wave w1 is open and whose people are invited. */
export const openInvited = async (
  wish: Pick<Parameters<typeof openHouse>[0], 'wrapSecrets'> = {},
): Promise<House> => {
  const house = await openHouse({ now: '2026-10-11T17:00:00Z', welcomed: true, ...wish });
  for (const at of [opening, ...invited]) await house.tickAt(at);
  return house;
};

/** Sends answers through the chat's own door; they wait on the queue until it is drained. */
export const sendAnswers = async (
  house: House,
  message: LocalMessage,
  given: { readonly comment?: string } = {},
) => {
  const { userId, platform } = message;
  const wave = await findWave(house.db, 'w1');
  const items = house.host.context.catalogue.survey.items.filter(({ id }) =>
    wave?.items.includes(id),
  );
  const answers = pulseAnswers(items, { userId, unit: '', wave: 'w1' });
  return house
    .actor(platform)
    .answerPulse({ userId, message, answers, comment: given.comment ?? null });
};
