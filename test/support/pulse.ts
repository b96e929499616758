/** The survey messages of a house. */
import { actionIds } from '../../core/conversation/message.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import type { House } from './house.ts';

/** Whether a message asks for answers, or offers to change them. */
export const isPulse = (house: House, message: LocalMessage): boolean =>
  house
    .actor(message.platform)
    .buttons(message.payload)
    .some(({ action }) => action === actionIds.openPulse || action === actionIds.submitPulse);

/** The latest pulse of a person of the sample on a chat. */
export const pulseOf = (house: House, platform: 'slack' | 'teams', key: string): LocalMessage => {
  const found = house.messagesOf(platform, key).findLast((one) => isPulse(house, one));
  if (found === undefined) throw new Error(`${key} has no pulse on ${platform}`);
  return found;
};

/** Everybody who was asked, with their latest pulse. */
export const voters = (house: House): ReadonlyMap<string, LocalMessage> =>
  new Map(
    house.host
      .messages()
      .filter((one) => isPulse(house, one))
      .map((one) => [one.userId, one]),
  );
