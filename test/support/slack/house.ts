/** Installations, directory and tokens on a store of its own, with an organisation's Slack around them. */

import { exchangeCode } from '../../../bot/slack/app/oauth.ts';
import { slackChat } from '../../../bot/slack/chat.ts';
import { slackClient } from '../../../bot/slack/client.ts';
import { slackApiUrl } from '../../../bot/slack/limits.ts';
import { slackDirectory } from '../../../bot/slack/workspace/directory.ts';
import type { ChatEvent } from '../../../core/conversation/event.ts';
import type { Log, Secrets } from '../../../core/ports.ts';
import { tokenName } from '../../../core/token-name.ts';
import { openInstaller } from '../../../functions/app/slack/installer.ts';
import { slackTokens } from '../../../functions/app/slack/token.ts';
import type { Context } from '../../../functions/jobs/context.ts';
import { takeInstallation } from '../../../functions/jobs/installations.ts';
import { cloneDatabase } from '../run/database.ts';
import { shippedCatalogue, ticketKey } from '../teams/messages.ts';
import { slackGrid } from './grid.ts';

/** Monday 7 December 2026, 08.30 WIB. */
const start = Date.parse('2026-12-07T01:30:00.000Z');

export const openOrganisation = async () => {
  const { db, url } = await cloneDatabase();
  const grid = slackGrid();
  const state = { at: start };
  const clock = {
    now: () => new Date(state.at),
    sleep: async (milliseconds: number) => {
      state.at += milliseconds;
    },
  };
  const kept = new Map<string, string>();
  const secrets: Secrets = {
    get: async (name) => kept.get(name) ?? null,
    put: async (name, value) => {
      kept.set(name, value);
    },
    remove: async (name) => {
      kept.delete(name);
    },
  };
  const lines: string[] = [];
  const note = (event: string, fields = {}) =>
    void lines.push(JSON.stringify({ event, ...fields }));
  const log: Log = { info: note, warn: note, error: note };
  const config = {
    TICKET_KEY: ticketKey,
    BALLOT: 'chat' as const,
    SLACK_CLIENT_ID: grid.clientId,
    SLACK_CLIENT_SECRET: grid.clientSecret,
    SLACK_INSTALLATION_KEY: 'kunci-pemasangan-untuk-uji-coba-yang-panjang',
  };
  const installer = openInstaller(config, { fetch: grid.fetch, clock });
  if (installer === undefined) throw new Error('the settings name an app');
  const client = slackClient({
    token: slackTokens(secrets, clock),
    fetch: grid.fetch,
    apiUrl: slackApiUrl,
  });
  const chat = { ...slackChat({ client }), directory: slackDirectory(client) };
  const context: Context = {
    ...{ db, clock, log, secrets, installer, ticketKey },
    catalogue: await shippedCatalogue(),
    chats: new Map([['slack', chat]]),
    agency: {
      name: 'Kementerian Contoh',
      letter: 'Surat Edaran Contoh',
      contact: 'langkah@kementerian.example',
      zone: 'Asia/Jakarta',
      ballotPage: null,
    },
    holder: 'uji',
  };
  const published = (workspaceId: string) => kept.get(tokenName('slack', workspaceId)) ?? null;
  /** Somebody installs the app: what the door would queue comes out behind the queue. */
  const install = async (owner: string): Promise<string> => {
    const settings = { ...grid, apiUrl: slackApiUrl, clock };
    const exchanged = await exchangeCode(settings, grid.code(owner));
    if (exchanged.state !== 'installed') throw new Error(exchanged.reason);
    const sealed = await installer.seal(exchanged.installation);
    await takeInstallation(context, sealed);
    return sealed;
  };
  return {
    ...{ db, url, grid, state, clock, secrets, kept, lines, context, client },
    published,
    install,
  };
};
export type Organisation = Awaited<ReturnType<typeof openOrganisation>>;

/** An event of the workspace, as the parser gives it. */
export const eventFrom = (
  workspaceId: string,
  at: Date,
): Pick<ChatEvent, 'key' | 'from' | 'at' | 'target'> => ({
  key: `slack/${workspaceId}/${at.toISOString()}`,
  from: { platform: 'slack', workspaceId, userId: '', conversation: null, serviceUrl: null },
  at,
  target: { ref: null, replyUrl: null },
});
