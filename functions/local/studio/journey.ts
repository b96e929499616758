/** One journey of the clock at a time, watched by whoever has a page open. */
import { sayIn } from '../../../core/content/say.ts';
import type { Language } from '../../../core/language.ts';
import { momentLabel } from '../moment.ts';
import type { Story } from '../story.ts';

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
  let current: { until: Date; fraction: number; kind: 'running' | 'history' } | null = null;
  let cancelled = false;
  let travelling: Promise<void> = Promise.resolve();
  let toldAt = 0;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const travel = async (until: Date): Promise<void> => {
    try {
      let flushedDay = '';
      await story.advance({
        until,
        cancelled: () => cancelled,
        onStep: async ({ now, fraction }) => {
          if (current !== null) current.fraction = fraction;
          const day = now.toISOString().slice(0, 10);
          if (day !== flushedDay) await host.flush();
          flushedDay = day;
          if (wallClock() - toldAt < newsMilliseconds) return;
          toldAt = wallClock();
          changed();
          // A turn of the event loop, so that pages are served while time flies.
          await new Promise((next) => setImmediate(next));
        },
      });
    } catch (error) {
      host.context.log.error('journey.failed', {
        kind: error instanceof Error ? error.name : 'unknown',
      });
    } finally {
      await host.flush();
      current = null;
      changed();
    }
  };

  return {
    start: (until, kind = 'running') => {
      if (current !== null) return;
      current = { until, fraction: 0, kind };
      cancelled = false;
      travelling = travel(until);
      changed();
    },
    cancel: () => {
      cancelled = true;
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
