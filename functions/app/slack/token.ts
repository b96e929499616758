/** Current bot tokens of Slack workspaces, out of the secret store. */
import { type Clock, minute } from '../../../core/clock.ts';
import type { Secrets } from '../../../core/ports.ts';
import { tokenName } from '../../../core/token-name.ts';

/** A token that was replaced is still used for at most this long. */
const kept = 5 * minute;

/**
 * The bot token of a workspace, as it was published; null when the app is not installed there. One that was `refused` is
 * not taken from the cache again.
 */
export const slackTokens = (
  secrets: Pick<Secrets, 'get'>,
  clock: Pick<Clock, 'now'>,
): ((workspaceId: string, refused?: string) => Promise<string | null>) => {
  const known = new Map<string, { readonly token: string; readonly until: number }>();
  return async (workspaceId, refused) => {
    // The id comes from a payload: one that is none must not name another secret.
    if (!/^[A-Za-z0-9]+$/.test(workspaceId)) return null;
    const at = clock.now().getTime();
    const fresh = known.get(workspaceId);
    if (fresh !== undefined && at < fresh.until && fresh.token !== refused) return fresh.token;
    const token = await secrets.get(tokenName('slack', workspaceId));
    // Absence is not remembered: an installation works at once.
    if (token === null) known.delete(workspaceId);
    else known.set(workspaceId, { token, until: at + kept });
    return token;
  };
};
