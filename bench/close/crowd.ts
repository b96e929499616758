/** A wave of a large agency with every ballot cast: 20 directorates, 480 units below them, three grade bands. */

import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import { castBallots } from '../../core/store/pulse/ballots.ts';
import { launchWave } from '../../core/store/pulse/waves.ts';
import {
  type Answers,
  ballotKey,
  newWaveKeys,
  sealBallot,
} from '../../core/survey/ballot/ballot.ts';
import { type PublicKey, publicKeySchema } from '../../core/survey/ballot/ticket.ts';
import { formItems } from '../../core/survey/form.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { waveSecretName } from '../../functions/jobs/pulse/wave-secrets.ts';
import { settleDown } from '../server.ts';

export const wave = 'bench';
export const closesAt = new Date('2026-10-23T10:00:00Z');

/** Everybody answers; every third person writes a comment. Returns how many comments there are. */
export const castAll = async (db: Database, secrets: Secrets, people: number): Promise<number> => {
  await seedAgency(db, people);
  const { items, publicKey, secret } = await launch(db, secrets);
  const { rows } = await sql<{ id: number }>`SELECT person_id AS id FROM wave_members`.execute(db);
  let comments = 0;
  const cast = async (ids: readonly number[]): Promise<void> => {
    const boxes = await Promise.all(
      ids.map(async (id) => {
        const comment = commentOf(id);
        if (comment !== null) comments += 1;
        const sealed = await sealBallot(publicKey, {
          wave,
          items,
          answers: answersOf(items, id),
          comment,
        });
        return { ballotKey: ballotKey(secret, id), platformTime: closesAt, sealed };
      }),
    );
    await db.transaction().execute((trx) => castBallots(trx, wave, boxes));
  };
  const together = 500;
  for (let from = 0; from < rows.length; from += together)
    await cast(rows.slice(from, from + together).map(({ id }) => id));
  await settleDown(db);
  return comments;
};

const seedAgency = async (db: Database, people: number): Promise<void> => {
  const unit = (code: ReturnType<typeof sql>, parent: ReturnType<typeof sql>, count: number) =>
    sql`INSERT INTO units (code, name, level_label, valid_from, parent_id)
      SELECT ${code}, 'Unit Contoh ' || ${code}, 'Unit', date '2026-01-01', ${parent}
      FROM generate_series(1, ${count}::int) n`.execute(db);
  await unit(sql`'K'`, sql`NULL::int`, 1);
  await unit(sql`'D' || n`, sql`(SELECT id FROM units WHERE code = 'K')`, 20);
  await unit(sql`'U' || n`, sql`(SELECT id FROM units WHERE code = 'D' || (1 + n % 20))`, 480);
  // Names of two words from digits as letters: 200,000 of them are some 20,000 different words.
  const word = (number: ReturnType<typeof sql>) =>
    sql`initcap(translate((10000 + ${number})::text, '0123456789', 'aiueontrsm'))`;
  await sql`INSERT INTO people (employee_key, name, unit_id, time_zone, grade_band)
    SELECT md5(n::text) || md5((-n)::text), ${word(sql`n % 9973`)} || ' ' || ${word(sql`n % 9907`)},
      (SELECT min(id) FROM units WHERE code LIKE 'U%') + n % 480, 'Asia/Jakarta',
      (ARRAY['staff', 'supervisor', 'manager'])[1 + (n % 10 > 6)::int + (n % 10 > 8)::int]
    FROM generate_series(1, ${people}::int) n`.execute(db);
};

type Launched = {
  readonly items: readonly string[];
  readonly publicKey: PublicKey;
  readonly privateKey: JWK;
  readonly secret: string;
};

const launch = async (db: Database, secrets: Secrets): Promise<Launched> => {
  const { survey, programme } = await readCatalogue();
  const items = formItems(survey.items, programme.waves[0]?.rotating ?? []);
  const keys = await newWaveKeys();
  await secrets.put(waveSecretName(wave, 'private-key'), JSON.stringify(keys.privateKey));
  await secrets.put(waveSecretName(wave, 'secret'), keys.secret);
  const opensAt = new Date('2026-10-12T00:00:00Z');
  const row = { id: wave, survey: survey.id, items, opensAt, closesAt, depth: 'units' } as const;
  await db
    .transaction()
    .execute((trx) => launchWave(trx, { ...row, publicKey: keys.publicKey }, '2026-10-12'));
  return { items, ...keys, publicKey: publicKeySchema.parse(keys.publicKey) };
};

/** Any answer, the same each time; one in ten is missing. */
const answersOf = (items: readonly string[], id: number): Answers =>
  Object.fromEntries(
    items.flatMap((item, at) => {
      const drawn = Math.imul(id + 1, 2_654_435_761 + at * 40_503) >>> 0;
      const answer = ([1, 2, 3, 4, 5] as const)[drawn % 5];
      return answer === undefined || drawn % 10 === 7 ? [] : [[item, answer]];
    }),
  );

const wishes = [
  'Mohon pelatihan yang lebih sering, dengan contoh dari pekerjaan kami sehari-hari.',
  'Jaringan di kantor kami lambat dan perangkatnya sudah lama.',
  'Aturan tentang data apa yang boleh dipakai belum jelas bagi kami.',
  'Kalau pimpinan memberi contoh, yang lain akan ikut mencoba.',
  'Datanya tersebar di banyak berkas dan jarang diperbarui.',
] as const;

const commentOf = (id: number): string | null =>
  id % 3 === 0
    ? `${wishes[id % wishes.length] ?? ''} Hubungi 0812 3456 ${1_000 + (id % 9_000)}.`
    : null;
