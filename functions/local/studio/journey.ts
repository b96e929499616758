/** One journey of the clock at a time, watched by whoever has a page open. */
import { sayIn } from '../../../core/content/say.ts';
import type { Language } from '../../../core/language.ts';
import { momentLabel } from '../story/moment.ts';
import type { Story } from '../story/story.ts';

export type Journey = {
  /** Starts moving to `until`; a journey already under way goes on alone. `history` names the first replay. */
  readonly start: (until: Date, kind?: 'running' | 'history') => void;
  readonly cancel: () => void;
  /** What is under way and how far (0–1), or null. */
  readonly running: (language: Language) => { label: string; fraction: number } | null;
  /** Does one act of a person between two minutes, then tells everybody. */
  readonly meanwhile: <T>(act: () => Promise<T>) => Promise<T>;
  readonly changed: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves when no journey is under way. */
  readonly rest: () => Promise<void>;
};

/** Shortest time between two news of a journey, so that a page is not flooded. */
const newsMilliseconds = 150;

/** A fresh journey; `wallClock` paces the news and nothing else. */
export const openJourney = (story: Story, wallClock: () => number): Journey => {
  const { host } = story;
  const listeners = new Set<() => void>();
  let current: Leg | null = null;
  let travelling: Promise<void> = Promise.resolve();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    start: (until, kind = 'running') => {
      if (current !== null) return;
      const leg: Leg = { until, kind, fraction: 0, cancelled: false };
      current = leg;
      travelling = travel(story, leg, { changed, wallClock }).finally(() => {
        current = null;
        changed();
      });
      changed();
    },
    cancel: () => {
      if (current !== null) current.cancelled = true;
    },
    running: (language) => {
      if (current === null) return null;
      const until = momentLabel(current.until, host.context.agency.zone, language);
      const label = sayIn(host.context.catalogue, language)(`studio.${current.kind}`, { until });
      return { label, fraction: current.fraction };
    },
    meanwhile: async (act) => {
      const result = await act();
      await host.drain();
      await host.flush();
      changed();
      return result;
    },
    changed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    rest: () => travelling,
  };
};

/** One way from here to there, with what can be told of it meanwhile. */
type Leg = {
  readonly until: Date;
  readonly kind: 'running' | 'history';
  fraction: number;
  cancelled: boolean;
};

/** Travels a leg; what it came to is in the store at the end of every day and at its own end. */
const travel = async (
  { host, advance }: Story,
  leg: Leg,
  watch: { readonly changed: () => void; readonly wallClock: () => number },
): Promise<void> => {
  let flushedDay = '';
  let toldAt = watch.wallClock();
  try {
    await advance({
      until: leg.until,
      cancelled: () => leg.cancelled,
      onStep: async ({ now, fraction }) => {
        leg.fraction = fraction;
        const day = now.toISOString().slice(0, 10);
        // Written behind the journey's back; its end waits for all of it.
        if (day !== flushedDay) host.flush().catch(() => undefined);
        flushedDay = day;
        if (watch.wallClock() - toldAt < newsMilliseconds) return;
        toldAt = watch.wallClock();
        watch.changed();
        // A turn of the event loop, so that pages are served while time flies.
        await new Promise((next) => setImmediate(next));
      },
    });
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown';
    host.context.log.error('journey.failed', { kind });
  } finally {
    await host.flush();
  }
};
