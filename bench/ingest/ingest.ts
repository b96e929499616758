/**
 * A regulation of 300 pages as a PDF, taken in by the real command as a child process: seconds and memory. And the other
 * end of content: how long a fresh process takes to load and check the shipped catalogue.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../functions/app/files.ts';
import { median, type Outcome, secondsSince } from '../outcome.ts';
import { type PlacedText, pdfFile } from './pdf-file.ts';

const rounds = 3;
const pages = 300;

const loads = 7;

/** What the command is told of the file: legislation is free to quote, so no licence has to be named. */
export const told: readonly string[] = [
  ...['--publisher', 'Contoh', '--kind', 'regulation', '--quotable'],
];

/** Milliseconds from the first file to the checked catalogue, in a process of its own. */
const loadOnce = (): number => {
  const script = join(root, 'bench/ingest/catalogue-load.ts');
  return Number(execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' }));
};

type Round = { readonly seconds: number; readonly peakMb: number };

/** Medians of three runs, each into an empty content folder. */
export const ingest = async (): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'langkah-bench-'));
  try {
    const file = join(folder, 'regulation.pdf');
    await writeFile(file, pdfFile(Array.from({ length: pages }, (_, at) => pageOf(at + 1))));
    const taken: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const figures = await oneRound(file, join(folder, `content-${round}`));
      console.log(`round ${round}: ${JSON.stringify(figures)}`);
      taken.push(figures);
    }
    return {
      bench: 'ingest',
      got: {
        seconds: median(taken.map(({ seconds }) => seconds)),
        peakMb: median(taken.map(({ peakMb }) => peakMb)),
        catalogueMilliseconds: median(Array.from({ length: loads }, loadOnce)),
      },
      atMost: { seconds: 20, peakMb: 500, catalogueMilliseconds: 150 },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Forty lines: a running head, two articles with paragraphs and letters, a page number. */
const pageOf = (page: number): readonly PlacedText[] => {
  const article = (number: number): readonly string[] => [
    `Pasal ${number}`,
    ...[1, 2, 3].flatMap((ayat) => [
      `(${ayat}) Setiap unit kerja nomor ${number} menyusun daftar data yang dipakai bersama alat bantu`,
      'serta memeriksa mutunya sekurang-kurangnya satu kali dalam tiga bulan, dengan:',
      'a. mencatat sumber, pemilik, dan tanggal pembaruan setiap data;',
      `b. menandai data nomor ${number}.${ayat} yang tidak boleh dipakai di luar unit kerja; dan`,
      `c. melaporkan hasil pemeriksaan nomor ${number}.${ayat} kepada walidata.`,
    ]),
  ];
  const body = [...article(page * 2 - 1), ...article(page * 2)];
  return [
    { text: 'PERATURAN CONTOH TENTANG DATA', x: 200, y: 810, size: 9 },
    ...body.map((text, at) => ({ text, x: 72, y: 780 - at * 18, size: 11 })),
    { text: `- ${page} -`, x: 285, y: 40, size: 9 },
  ];
};

const oneRound = async (file: string, content: string): Promise<Round> => {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'functions/local/cli/langkah.js'), 'ingest', file, ...told, '--out', content],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ended = new Promise<number | null>((done) => {
    child.once('close', done);
  });
  const peakMb = await peakOf(child.pid ?? 0, ended);
  const code = await ended;
  const seconds = secondsSince(began);
  if (code !== 0) throw new Error(`the command ended with ${code}: ${said}`);
  const [entry = ''] = await readdir(join(content, 'documents'));
  const text = await readFile(join(content, 'documents', entry), 'utf8');
  const found = text.match(/^ {2}- id: pasal-\d+$/gm)?.length ?? 0;
  if (found !== pages * 2) throw new Error(`found ${found} articles of ${pages * 2}`);
  return { seconds, peakMb };
};

/** The kernel's own high-water mark of the process, read until it ends (Linux only). */
const peakOf = async (pid: number, ended: Promise<unknown>): Promise<number> => {
  let running = true;
  void ended.then(() => {
    running = false;
  });
  let peak = Number.NaN;
  while (running) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
    if (kib !== undefined) peak = Number(kib) / 1024;
    await sleep(20);
  }
  return peak;
};
