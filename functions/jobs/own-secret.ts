/** Secrets that an installation makes for itself. */
import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../core/ports.ts';

/** A secret of this installation, made at its first use. */
export const ownSecret = async (secrets: Secrets, name: string): Promise<string> => {
  const known = await secrets.get(name);
  if (known !== null) return known;
  const made = randomBytes(32).toString('base64url');
  await secrets.put(name, made);
  return made;
};
