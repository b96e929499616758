/** Somebody writes from an account that the roster does not name: the chat's directory tells whose it is. */
import type { ChatEvent } from '../../../core/conversation/event.ts';
import type { Member } from '../../../core/people/member.ts';
import { applyMembers } from '../../../core/store/people/directory.ts';
import { ensureLane } from '../../../core/store/people/people.ts';
import type { Context } from '../context.ts';

/** Events in which a person speaks for themselves. */
const personal: readonly ChatEvent['kind'][] = ['action', 'ballot', 'home', 'text', 'installed'];

/** known = from now on; unclear = the directory gave no answer, as when it is throttled; else nobody of ours. */
type Introduced = 'known' | 'stranger' | 'unclear';

/**
 * Looks the sender up and matches them with the roster by e-mail, by the rules of the directory. Strangers and guests
 * leave no trace but a line in the log that names nobody.
 */
export const introduce = async (
  context: Context,
  { kind, from }: Pick<ChatEvent, 'kind' | 'from'>,
): Promise<Introduced> => {
  const chat = context.chats.get(from.platform);
  if (chat?.whoIs === undefined || !personal.includes(kind)) return 'stranger';
  const profile = await chat.whoIs(from);
  if (profile.state === 'unclear') {
    context.log.warn('newcomer.unclear', { platform: from.platform, reason: profile.reason });
    return 'unclear';
  }
  for (const member of profile.members) if (await match(context, from, member)) return 'known';
  const why = profile.members.some(({ status }) => status === 'guest') ? 'guest' : 'not-on-roster';
  context.log.info('newcomer.unmatched', { platform: from.platform, reason: why });
  return 'stranger';
};

const match = (
  { db, chats }: Context,
  { platform, workspaceId }: ChatEvent['from'],
  member: Member,
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const pace = chats.get(platform)?.capabilities;
    if (pace === undefined) return false;
    const { rate, burst } = pace;
    const id = await ensureLane(trx, { platform, workspaceId, rate, burst });
    const { matched } = await applyMembers(trx, { id, platform, workspaceId }, [member]);
    return matched > 0;
  });
