/** The smallest agency: one person on Slack, in a workspace on this machine that the code reaches by the global fetch. */
import { type Identity, keyRoster } from '../../core/people/person.ts';
import type { Database } from '../../core/store/database.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import { applyRoster } from '../../core/store/people/roster.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { createSlackWorkspace } from '../../functions/local/chat/slack/workspace.ts';

export const workspaceId = 'T0CONTOH';
export const userId = 'U0CONTOH0001';
/** Settings that both clouds hand over in their own way. */
export const doorSettings = {
  TICKET_KEY: 'kunci-tiket-untuk-uji-coba-yang-cukup-panjang',
  TEAMS_APP_ID: '00000000-0000-4000-8000-00000000b07a',
  TEAMS_TENANTS: '00000000-0000-4000-8000-000000c0de00',
} as const;
export const jobSettings = {
  ROSTER_KEY: 'kunci-daftar-pegawai-untuk-uji-coba-yang-panjang',
  AGENCY_NAME: 'Kementerian Contoh',
  AGENCY_LETTER: 'Surat Edaran Contoh Nomor 1 Tahun 2026',
  AGENCY_CONTACT: 'langkah@kementerian.example',
  TEAMS_APP_PASSWORD: 'sandi-uji-coba',
} as const;

/** The programme's first day, on which the first lesson is due at 08.30: two instants before and after, in WIB. */
const firstDay = (await readCatalogue()).programme.lesson.starts;
export const beforeFirstLesson = new Date(`${firstDay}T07:00:00+07:00`);
export const afterFirstLesson = new Date(`${firstDay}T08:45:00+07:00`);

const onSlack: Identity = { platform: 'slack', workspaceId, userId };

/** Puts the person into the store, as of `now`. */
export const seedOnePerson = async (db: Database, now: Date, identity = onSlack): Promise<void> => {
  const roster = {
    units: [{ code: 'KC', parent: null, name: 'Kementerian Contoh', levelLabel: 'Kementerian' }],
    people: [
      {
        employeeKey: 'KC-0001',
        name: 'Sari Contoh',
        email: null,
        unit: 'KC',
        timeZone: 'Asia/Jakarta',
        workPattern: 'five-day',
        roles: ['staff'],
        language: 'id',
        gradeBand: 'staff',
        identities: [identity],
        preferredChat: null,
        leave: null,
        status: 'active',
      },
    ],
  } as const;
  const pace = { slack: { rate: 8, burst: 20 }, teams: { rate: 35, burst: 40 } };
  const today = now.toISOString().slice(0, 10);
  await db
    .transaction()
    .execute((trx) =>
      applyRoster(trx, keyRoster(roster, jobSettings.ROSTER_KEY), { now, today, pace }),
    );
};

/** The workspace and what was said in it; `fetch` serves Slack's addresses and no others. */
export const openWorkspace = () => {
  const said: LocalMessage[] = [];
  const workspace = createSlackWorkspace({
    clock: { now: () => new Date(), sleep: async () => undefined },
    workspaceId,
    refuses: () => false,
    fault: () => null,
    save: async (message) => {
      said.push(message);
    },
  });
  return { workspace, said };
};
