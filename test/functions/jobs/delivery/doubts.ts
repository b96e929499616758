/** People whose messages are in doubt, on a lane of their own and a strict Slack on a socket. */
import { sql } from 'kysely';
import { slackChat } from '../../../../bot/slack/chat.ts';
import { slackClient } from '../../../../bot/slack/client.ts';
import type { Chat, Log, Platform } from '../../../../core/ports.ts';
import { ensurePartitions } from '../../../../core/store/outbox/partitions.ts';
import { ensureLane } from '../../../../core/store/people/people.ts';
import { readCatalogue } from '../../../../functions/app/files.ts';
import type { Context } from '../../../../functions/jobs/context.ts';
import { reconcileJob } from '../../../../functions/jobs/delivery/reconcile.ts';
import { sampleAgency } from '../../../../functions/local/story/agency.ts';
import { cloneDatabase } from '../../../support/run/database.ts';
import { withParts } from '../../../support/slack/payloads.ts';
import { patient, servedSlack, unhurried } from '../../../support/slack/served.ts';

const catalogue = await readCatalogue();
/** A lesson of the catalogue, which cites something. */
export const lesson = [...catalogue.lessons.keys()][0] ?? '';
const slot = '2026-12-07';
/** Monday 7 December 2026, 08.30 WIB: when the messages went. */
const sentAt = new Date('2026-12-07T01:30:00.000Z');

/** An instant so many seconds after the messages went. */
export const later = (seconds: number): Date => new Date(sentAt.getTime() + seconds * 1000);

type Doubt = {
  readonly stream?: string;
  readonly attempt?: number;
  /** Whether the message is in the conversation, whatever the sender knows. */
  readonly arrived: boolean;
  readonly stranger?: boolean;
};

/** After so long a request to a workspace that hangs is given up. */
const hangMilliseconds = 1_000;

const keyOf = (person: number): string =>
  `00000000-0000-5000-8000-${String(person).padStart(12, '0')}`;

/** Opens everything; `run` runs the job at an instant. */
export const openDoubts = async (platform: Platform = 'slack') => {
  const { db } = await cloneDatabase();
  const slack = await servedSlack();
  const state = { at: sentAt };
  slack.clock.now = () => state.at;
  const client = slackClient({
    token: async () => slack.token,
    apiUrl: slack.apiUrl,
    fetch: patient(slack, hangMilliseconds),
    timeout: unhurried,
  });
  const chat: Chat = { ...slackChat({ client }), platform };
  const lines: string[] = [];
  const note: Log['info'] = (event) => void lines.push(event);
  const context: Context = {
    db,
    catalogue,
    chats: new Map([[platform, platform === 'slack' ? chat : { ...chat, lookUp: null }]]),
    secrets: { get: async () => null, put: async () => undefined, remove: async () => undefined },
    clock: { now: () => state.at, sleep: async () => undefined },
    log: { info: note, warn: note, error: note },
    agency: sampleAgency,
    ticketKey: 'kunci',
    holder: 'uji',
  };
  const lane = await db
    .transaction()
    .execute((trx) => ensureLane(trx, { platform, workspaceId: 'T0NYATA', rate: 8, burst: 20 }));
  await ensurePartitions(db, [slot]);
  const unit = await sql<{ id: number }>`INSERT INTO units (code, name, level_label, valid_from)
    VALUES ('KC', 'Kementerian Contoh', 'Kementerian', '2026-01-01') RETURNING id`.execute(db);
  const unitId = unit.rows[0]?.id ?? 0;
  let people = 0;
  return {
    db,
    slack,
    context,
    lines,
    lane,
    state,
    /** Puts a person and a message in doubt into the store; gives the person's id. */
    doubt: async ({
      stream = 'lesson',
      attempt = 1,
      arrived,
      stranger,
    }: Doubt): Promise<number> => {
      people += 1;
      const person = people;
      const user = `U0ORANG${person}`;
      const conversation = stranger ? null : `D${user}`;
      await sql`INSERT INTO people (id, employee_key, name, unit_id, time_zone)
        VALUES (${person}, ${user}, 'Orang Contoh', ${unitId}, 'Asia/Jakarta')`.execute(db);
      await sql`INSERT INTO identities (platform, workspace_id, user_id, person_id, lane_id, conversation)
        VALUES (${platform}, 'T0NYATA', ${user}, ${person}, ${lane}, ${conversation})`.execute(db);
      await sql`INSERT INTO outbox (person_id, stream, slot, item, lane_id, priority, due, expires,
          state, reason, attempt, key, fence, changed_at)
        VALUES (${person}, ${stream}, ${slot}, ${lesson}, ${lane}, 4, ${sentAt}, ${later(36_000)},
          'unknown', 'ECONNRESET', ${attempt}, ${keyOf(person)}, 1, ${sentAt})`.execute(db);
      if (arrived)
        await chat.deliver(
          { platform, workspaceId: 'T0NYATA', userId: user, conversation, serviceUrl: null },
          withParts(),
          { key: keyOf(person) },
        );
      slack.calls.length = 0;
      return person;
    },
    run: async (seconds: number): Promise<void> => {
      state.at = later(seconds);
      await reconcileJob.run(context, state.at);
    },
    /** How the rows stand, by person. */
    rows: async () => {
      const { rows } = await sql<{
        state: string;
        reason: string;
        ref: string | null;
        conversation: string | null;
        due: Date;
      }>`SELECT state, reason, ref, conversation, due FROM outbox ORDER BY person_id`.execute(db);
      return rows;
    },
    /** How many rows are in each state. */
    states: async (): Promise<Readonly<Record<string, number>>> => {
      const { rows } = await sql<{ state: string; count: number }>`
        SELECT state, count(*)::int AS count FROM outbox GROUP BY 1`.execute(db);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    lookUps: () => slack.methods().filter((method) => method === 'conversations.history').length,
  };
};
