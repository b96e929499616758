/** A machine of ours in the simulated world: its clock is wrong, it freezes, and it dies without a word. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../core/clock.ts';
import type { World } from './world.ts';

export type Machine = {
  readonly name: string;
  readonly clock: Clock;
  readonly alive: () => boolean;
  /** Says that something was asked for; `deliver` is its end. */
  readonly ask: () => void;
  /** Hands `give` over at a virtual instant: later to who is frozen, never to who is dead. */
  readonly deliver: (at: number, give: () => void) => void;
  readonly freeze: (until: number) => void;
  readonly die: () => void;
};

/** A machine whose clock is `skew` milliseconds ahead. */
export const openMachine = (
  world: World,
  { name, skew }: { name: string; skew: number },
): Machine => {
  let alive = true;
  let frozenUntil = 0;
  let asked = 0;
  const deliver = (at: number, give: () => void): void =>
    world.at(at, () => {
      if (!alive) return;
      if (frozenUntil > world.now()) deliver(frozenUntil, give);
      else {
        asked -= 1;
        give();
      }
    });
  world.watch(() => alive && asked === 0);
  return {
    name,
    clock: {
      now: () => new Date(world.now() + skew),
      sleep: (milliseconds) =>
        new Promise((done) => {
          asked += 1;
          deliver(world.now() + Math.max(0, milliseconds), done);
        }),
    },
    alive: () => alive,
    ask: () => {
      asked += 1;
    },
    deliver,
    freeze: (until) => {
      frozenUntil = until;
      world.note(`${name} frozen until ${new Date(until).toISOString()}`);
    },
    die: () => {
      alive = false;
      world.note(`${name} dies`);
    },
  };
};

/** What a request is about, carried along without the wire: the key of a nudge, or the event that is answered. */
export const errand = new AsyncLocalStorage<
  { readonly key: string } | { readonly event: string }
>();
