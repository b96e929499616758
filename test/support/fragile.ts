/** A secret store that can be made to fail. */
import type { Secrets } from '../../core/ports.ts';

/** Secrets whose next removals fail, as a secret store out of reach. */
export const fragile = () => {
  let failing = 0;
  return {
    failNext: (times: number) => {
      failing = times;
    },
    wrap: (secrets: Secrets): Secrets => ({
      ...secrets,
      remove: async (name) => {
        if (failing > 0) {
          failing -= 1;
          throw new Error('the secret store is out of reach');
        }
        await secrets.remove(name);
      },
    }),
  };
};
