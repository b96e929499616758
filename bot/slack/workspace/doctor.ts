/** One workspace tried out on the operator: token, scopes, history, and what a repeated client_msg_id does. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../../core/clock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import type { Examine, Findings, Outcome } from '../../../core/ports.ts';
import type { SlackClient } from '../client.ts';
import type { neededScopes, optionalScopes } from '../manifest.ts';
import { isArgumentRefused } from '../outcome.ts';
import { slackMessage } from '../view.ts';
import { isNotGranted, readCopies } from './history.ts';

/** What the lack of a scope costs (docs.slack.dev/reference/scopes). */
const lacks: Readonly<Record<Scope, string>> = {
  'chat:write': 'without it nothing can be sent',
  commands: 'without it nobody can use the command /langkah',
  'im:history':
    'optional; without it a message whose answer is lost cannot be looked up, and typed words are not read',
  'im:write': 'without it a first message to somebody cannot be looked up when its answer is lost',
  'users:read': 'without it time zones and closed accounts are not followed',
  'users:read.email': 'optional; without it people are matched by ids of the roster file only',
};
type Scope = keyof typeof neededScopes | keyof typeof optionalScopes;

const authSchema = z.object({
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

type Parts = { readonly client: SlackClient; readonly clock: Clock };
type Place = { readonly workspaceId: string; readonly channel: string; readonly since: Date };
type Sent = Extract<Outcome, { state: 'sent' }>;

/** Posts one message, and the same once more under the same id; a second copy is deleted. */
export const slackExamine =
  (parts: Parts): Examine =>
  async (operator, message) => {
    const { workspaceId } = operator;
    const auth = await parts.client.ask(workspaceId, {
      method: 'auth.test',
      arguments: {},
      schema: authSchema,
    });
    if (!auth.ok) return { outcome: auth.failure, findings: null, notes: [] };
    const notes = scopeNotes(auth.value.response_metadata?.scopes ?? null);
    const since = parts.clock.now();
    const channel = operator.conversation ?? operator.userId;
    const probe = await postOnce(parts.client, { workspaceId, channel, since }, message);
    if (probe.outcome.state !== 'sent') return { outcome: probe.outcome, findings: null, notes };
    const place = { workspaceId, channel: probe.outcome.conversation, since };
    const history = await readsBack(parts, place, probe.key);
    const second = probe.refused
      ? { clientMsgId: 'refused' as const, notes: [] }
      : await postAgain(parts, place, { ...probe, message, first: probe.outcome, history });
    const findings: Findings = { clientMsgId: second.clientMsgId, history };
    return { outcome: probe.outcome, findings, notes: [...notes, ...second.notes] };
  };

const scopeNotes = (scopes: readonly string[] | null): readonly string[] => {
  if (scopes === null) return ['Slack did not say which scopes the token has'];
  const missing = Object.entries(lacks)
    .filter(([scope]) => !scopes.includes(scope))
    .map(([scope, why]) => `the token has no scope ${scope}: ${why}; add it and reinstall the app`);
  // `identify` comes with every token and allows nothing else.
  const more = scopes.filter((scope) => !(scope in lacks) && scope !== 'identify');
  return more.length === 0
    ? missing
    : [...missing, `the token may do more than Langkah needs: take away ${more.join(', ')}`];
};

type Probe = { readonly key: string; readonly refused: boolean; readonly outcome: Outcome };

const postOnce = async (
  client: SlackClient,
  { workspaceId, channel }: Place,
  message: ChatMessage,
): Promise<Probe> => {
  const key = randomUUID();
  const shown = { channel, ...slackMessage(message) };
  const outcome = await client.post(workspaceId, shown, { key, honoured: true });
  if (!isArgumentRefused(outcome)) return { key, refused: false, outcome };
  return { key, refused: true, outcome: await client.post(workspaceId, shown, { key }) };
};

/** How often a message just posted is looked for, a second apart, before its history counts as unreadable. */
const looks = 3;

/** Whether the history may be read and shows what was posted; null when it cannot be told. */
const readsBack = async (
  { client, clock }: Parts,
  place: Place,
  key: string,
): Promise<boolean | null> => {
  for (let look = 0; look < looks; look += 1) {
    if (look > 0) await clock.sleep(1000);
    const read = await readCopies(client, place.workspaceId, { ...place, key });
    if (!read.ok) return isNotGranted(read.failure) ? false : null;
    if (read.value.refs.length > 0) return true;
  }
  return null;
};

type Second = { readonly clientMsgId: Findings['clientMsgId']; readonly notes: readonly string[] };

const postAgain = async (
  { client, clock }: Parts,
  place: Place,
  probe: {
    readonly key: string;
    readonly message: ChatMessage;
    readonly first: Sent;
    readonly history: boolean | null;
  },
): Promise<Second> => {
  const { key, first, history } = probe;
  const shown = { channel: place.channel, ...slackMessage(probe.message) };
  const again = await client.post(place.workspaceId, shown, { key, honoured: true });
  // What was lost on the way may still be on it.
  if (again.state !== 'sent') await clock.sleep(1000);
  const read = history ? await readCopies(client, place.workspaceId, { ...place, key }) : null;
  const seen = read?.ok ? read.value.refs : [];
  const copies = [...new Set([...seen, ...(again.state === 'sent' ? [again.ref] : [])])];
  const extra = copies.filter((ref) => ref !== first.ref);
  if (extra.length > 0)
    return { clientMsgId: 'ignored', notes: await removeAll(client, place, extra) };
  const recognised =
    again.state === 'sent' || (seen.length === 1 && again.reason.startsWith('duplicate_'));
  if (recognised) return { clientMsgId: 'deduplicates', notes: [] };
  const note = `the second copy got no clear answer (${again.reason}): run doctor again`;
  return { clientMsgId: null, notes: [note] };
};

const removeAll = async (
  client: SlackClient,
  { workspaceId, channel }: Place,
  refs: readonly string[],
): Promise<readonly string[]> => {
  const notes: string[] = [];
  for (const ts of refs) {
    const removed = await client.ask(workspaceId, {
      method: 'chat.delete',
      arguments: { channel, ts },
      schema: z.unknown(),
    });
    if (!removed.ok)
      notes.push(`a second copy of the message stays in your chat (${removed.failure.reason})`);
  }
  return notes;
};
