/** What can befall a request on its way to a chat platform and back, thrown by the dice of the seed. */
import { type FateName, fateWeights } from '../judge/hardships.ts';
import type { Random } from '../random.ts';

/** How one request fares; instants are milliseconds after it left. */
export type Fate = {
  readonly name: 'fine' | FateName;
  /** When the platform acts on it; null = never. */
  readonly arrives: number | null;
  /** When the sender hears of it. */
  readonly hears: number;
  readonly heard:
    | { readonly kind: 'answer' }
    | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | null }
    | { readonly kind: 'code'; readonly error: string }
    | { readonly kind: 'network'; readonly code: string }
    | { readonly kind: 'timeout' };
};

/** The deadline that bot/slack and bot/teams give a request. */
const deadline = 15_000;

/** Draws the fate of a request; `share` of them meet a fault. */
export const drawFate = (random: Random, share: number): Fate => {
  const there = random.between(15, 220);
  const back = random.between(10, 120);
  const plain = { arrives: there, hears: there + back } as const;
  if (!random.chance(share)) return { name: 'fine', ...plain, heard: { kind: 'answer' } };
  const name = random.weighted(fateWeights);
  const status = (code: number, retryAfter: string | null = null): Fate['heard'] => ({
    kind: 'status',
    status: code,
    retryAfter,
  });
  const broken = random.pick([408, 500, 502, 503, 504]);
  const before = { name, arrives: null, hears: plain.hears };
  const after = { name, ...plain };
  switch (name) {
    case 'throttled-seconds':
      return { ...before, heard: status(429, random.pick(['1', '7', '870'])) };
    case 'throttled-silent':
      return { ...before, heard: status(429) };
    case 'throttled-zero':
      return { ...before, heard: status(429, '0') };
    case 'throttled-word':
      return { ...before, heard: status(429, 'abc') };
    case 'throttled-hour':
      return { ...before, heard: status(429, '3600') };
    case 'error-before':
      return { ...before, heard: status(broken) };
    case 'error-after':
      return { ...after, heard: status(broken) };
    case 'reset-before':
      return { ...before, heard: { kind: 'network', code: 'ECONNRESET' } };
    case 'reset-after':
      return { ...after, heard: { kind: 'network', code: 'ECONNRESET' } };
    case 'hang-before':
      return { ...before, hears: deadline, heard: { kind: 'timeout' } };
    case 'hang-after':
      return { ...after, hears: deadline, heard: { kind: 'timeout' } };
    case 'late':
      // A proxy on the way keeps it: the longest that the wait before a look-up is made for.
      return {
        name,
        arrives: random.between(16_000, 40_000),
        hears: deadline,
        heard: { kind: 'timeout' },
      };
    case 'slow': {
      const arrives = random.between(1_000, 12_000);
      return {
        name,
        arrives,
        hears: arrives + random.between(10, 2_000),
        heard: { kind: 'answer' },
      };
    }
    case 'refused':
      return { ...before, heard: { kind: 'network', code: 'ECONNREFUSED' } };
    case 'fatal-before':
      return { ...before, heard: { kind: 'code', error: 'fatal_error' } };
    case 'fatal-after':
      return { ...after, heard: { kind: 'code', error: 'fatal_error' } };
    case 'refusal':
      return { ...before, heard: status(random.pick([403, 409])) };
  }
};

/** Fates after which nobody on our side can know whether the platform acted. */
export const isDoubtful = ({ heard }: Fate): boolean =>
  heard.kind === 'timeout' ||
  (heard.kind === 'network' && heard.code === 'ECONNRESET') ||
  (heard.kind === 'code' && heard.error === 'fatal_error') ||
  (heard.kind === 'status' && (heard.status >= 500 || heard.status === 408));
