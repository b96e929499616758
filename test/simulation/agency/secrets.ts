/** Secrets in memory. */
import type { Secrets } from '../../../core/ports.ts';

/** A secret store that holds these. */
export const secretsIn = (known: ReadonlyMap<string, string>): Secrets => {
  const secrets = new Map(known);
  return {
    get: async (name) => secrets.get(name) ?? null,
    put: async (name, value) => {
      secrets.set(name, value);
    },
    remove: async (name) => {
      secrets.delete(name);
    },
  };
};
