/** Current bot tokens of Slack workspaces, out of the secret store. */
import { type Clock, minute } from '../../core/clock.ts';
import type { Secrets } from '../../core/ports.ts';

/** A token that was replaced is still used for at most this long. */
const kept = 5 * minute;

/** The bot token of a workspace, read from secret `slack-token-<workspaceId>`; null when the app is not installed there. */
export const slackTokens = (
  secrets: Pick<Secrets, 'get'>,
  clock: Pick<Clock, 'now'>,
): ((workspaceId: string) => Promise<string | null>) => {
  const known = new Map<string, { readonly token: string; readonly until: number }>();
  return async (workspaceId) => {
    // The id comes from a payload: one that is none must not name another secret.
    if (!/^[A-Za-z0-9]+$/.test(workspaceId)) return null;
    const at = clock.now().getTime();
    const fresh = known.get(workspaceId);
    if (fresh !== undefined && at < fresh.until) return fresh.token;
    const token = await secrets.get(`slack-token-${workspaceId}`);
    // Absence is not remembered: an installation works at once.
    if (token === null) known.delete(workspaceId);
    else known.set(workspaceId, { token, until: at + kept });
    return token;
  };
};
