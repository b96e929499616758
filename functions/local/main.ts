/** `npm start`: the whole product on this machine. */
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { ConfigError, ContentError } from '../../core/errors.ts';
import type { Language } from '../../core/language.ts';
import type { Log } from '../../core/ports.ts';
import { systemClock } from '../app/clock.ts';
import { type Options, readOptions, usage } from './options.ts';
import type { Started } from './start.ts';
import { historyEnds } from './story/agency.ts';
import { momentLabel } from './story/moment.ts';

const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  id: {
    starting: 'Langkah sedang disiapkan …',
    moved: 'Porta {wish} sedang dipakai; Langkah memakai {port}.',
    sample: 'Data contoh: Kementerian Contoh, 12 unit, 240 pegawai. Jam simulasi: {now}',
    replay: 'Riwayat contoh sedang diputar ulang; kemajuannya terlihat di Studio.',
    replayed: 'Riwayat contoh selesai diputar ulang.',
    local: 'Tidak ada yang dikirim ke luar komputer ini.',
    keys: 'Ctrl+C berhenti · --reset ulang dari awal · --lang en · --help',
    stopping: 'Berhenti …',
    connected: 'Tersambung ke {name}. Pesan sungguhan dikirim ke pegawai dalam daftar pegawai.',
    roster:
      'Daftar pegawai: LANGKAH_HOME={home} npx langkah roster import people.csv --units units.csv',
    connectedKeys: 'Ctrl+C berhenti · --lang en · --help',
  },
  en: {
    starting: 'Langkah is getting ready …',
    moved: 'Port {wish} is busy; Langkah uses {port}.',
    sample: 'Sample data: Kementerian Contoh, 12 units, 240 people. Simulated time: {now}',
    replay: "The sample's history is being replayed; the Studio shows how far it is.",
    replayed: "The sample's history has been replayed.",
    local: 'Nothing is sent outside this computer.',
    keys: 'Ctrl+C stops · --reset begins anew · --lang id · --help',
    stopping: 'Stopping …',
    connected: 'Connected to {name}. Real messages go to the people on the roster.',
    roster: 'Roster: LANGKAH_HOME={home} npx langkah roster import people.csv --units units.csv',
    connectedKeys: 'Ctrl+C stops · --lang id · --help',
  },
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  const say: Say = (key, values = {}) => {
    const text = words[options.language][key] ?? key;
    console.log(`  ${text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')}`);
  };
  say('starting');
  const stopping = watchSignals(() => say('stopping'));
  // Where real chats are refused something, whoever connects them wants to know.
  const log = openLog(process.env['LANGKAH_LOG'] ?? (options.connect ? 'warn' : 'error'));
  const databaseUrl = process.env['DATABASE_URL'] ?? null;
  if (options.connect) {
    stopping.with(await connect(options, { databaseUrl, log }, say));
    return;
  }
  // Loaded only now: help and a wrong option need none of it, and the first line is out at once.
  const { start } = await import('./start.ts');
  const started = await start(options, {
    home: process.env['LANGKAH_HOME'] ?? '.langkah',
    databaseUrl,
    log,
    wallClock: () => performance.now(),
  });
  announce(options, started, say);
  stopping.with(started.stop);
  if (!started.replaying) return;
  await started.journey.rest();
  if (!stopping.begun()) say('replayed');
};

type Say = (key: string, values?: Readonly<Record<string, string>>) => void;

/** Starts with real chats instead of the sample; gives how to stop. */
const connect = async (
  options: Options,
  around: { readonly databaseUrl: string | null; readonly log: Log },
  say: Say,
): Promise<() => Promise<void>> => {
  const { startConnected } = await import('./connect/start.ts');
  const home = process.env['LANGKAH_HOME'] ?? '.langkah-connected';
  const clock = systemClock(() => new Date());
  const started = await startConnected(options, { ...around, home, env: process.env, clock });
  tellPort(options, started, say);
  console.log(`
  HR          ${started.url}/hr
  Pimpinan    ${started.url}/pimpinan
  Pratinjau   ${started.url}/pratinjau
`);
  for (const { name } of started.host.chats) say('connected', { name });
  say('roster', { home });
  say('connectedKeys');
  return started.stop;
};

const tellPort = (options: Options, { port }: { readonly port: number }, say: Say): void => {
  if (options.port !== 0 && port !== options.port)
    say('moved', { wish: String(options.port), port: String(port) });
};

const announce = (options: Options, started: Started, say: Say): void => {
  const { url, replaying } = started;
  tellPort(options, started, say);
  console.log(`
  Studio      ${url}/
  HR          ${url}/hr
  Pimpinan    ${url}/pimpinan
  Pratinjau   ${url}/pratinjau
`);
  say('sample', { now: momentLabel(historyEnds, 'Asia/Jakarta', options.language) });
  if (replaying) say('replay');
  say('local');
  say('keys');
};

/** How soon a signal that comes twice is still the same one: a terminal and npm both pass it on. */
const sameSignalMilliseconds = 1_000;

/** How often we look whether npm is still there: the shell it starts us in does not pass its signals on. */
const parentMilliseconds = 500;

/** One signal stops everything in order, the database server included; a later second one does not wait. */
const watchSignals = (tell: () => void) => {
  let stopAll: (() => Promise<void>) | null = null;
  let stoppingSince: number | null = null;
  const stop = async (): Promise<void> => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > sameSignalMilliseconds) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    tell();
    // Before everything has started, leaving is enough: the server is told on the way out.
    if (stopAll !== null) await Promise.race([stopAll(), wait(10_000, undefined, { ref: false })]);
    process.exit(0);
  };
  const begin = (): void => {
    stop().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      begin();
    }, parentMilliseconds);
    watch.unref();
  }
  return {
    begun: () => stoppingSince !== null,
    with: (everything: () => Promise<void>): void => {
      stopAll = everything;
    },
  };
};

const openLog = (level: string): Log => {
  const allowed = [...Object.keys(pino.levels.values), 'silent'];
  if (!allowed.includes(level))
    throw new ConfigError(
      `LANGKAH_LOG: found ${JSON.stringify(level)}, allowed ${allowed.join(', ')}`,
    );
  const logger = pino({ level });
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
};

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof ContentError;
  console.error(known ? error.message : error);
  process.exit(known ? 2 : 1);
});
