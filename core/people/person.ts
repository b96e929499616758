/** A person and a unit as the roster tells them, before and after the store. */
import { createHmac } from 'node:crypto';
import type { LocalDate } from '../clock.ts';
import type { Language } from '../language.ts';
import type { Platform } from '../ports.ts';

/** What a person may do: learn, read a unit's summary, read the releases, run the house. */
export const roles = ['staff', 'leader', 'hr', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Where a person can be written to: Slack team and user, or Teams tenant and Entra object id. */
export type Identity = {
  readonly platform: Platform;
  readonly workspaceId: string;
  readonly userId: string;
};

/** One unit; `parent` is another unit's code, null at the root. */
export type Unit = {
  readonly code: string;
  readonly parent: string | null;
  readonly name: string;
  /** What this level is called, e.g. "Direktorat"; free text, no fixed depth. */
  readonly levelLabel: string;
};

/** What the roster says about one person. */
export type Person = {
  readonly name: string;
  readonly email: string | null;
  /** Code of the unit. */
  readonly unit: string;
  readonly timeZone: string;
  readonly workPattern: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  readonly gradeBand: string;
  readonly identities: readonly Identity[];
  /** Where the one copy goes for a person on two platforms; null = the first in the order of `platforms`. */
  readonly preferredChat: Platform | null;
  /** Both days inclusive. */
  readonly leave: { readonly from: LocalDate; readonly to: LocalDate } | null;
  readonly status: 'active' | 'left';
};

/** A line of the roster: the agency's own employee key is still readable. */
export type RosterPerson = Person & { readonly employeeKey: string };

/** The same with the key replaced by its pseudonym; the only form that reaches the store. */
export type KeyedPerson = Person & { readonly key: string };

/** A person in the store. */
export type StoredPerson = KeyedPerson & { readonly id: number; readonly unitId: number };

/** A unit in the store. */
export type StoredUnit = Unit & { readonly id: number; readonly parentId: number | null };

/** The pseudonym of an employee key: HMAC-SHA256 under the agency's roster secret, in hex. */
export const pseudonym = (employeeKey: string, secret: string): string =>
  createHmac('sha256', secret).update(employeeKey.normalize('NFC').trim()).digest('hex');

/** A whole roster without a readable employee key; `check` proves under which secret it was keyed. */
export type KeyedRoster = {
  /** Empty leaves the stored units as they are. */
  readonly units: readonly Unit[];
  readonly people: readonly KeyedPerson[];
  readonly check: string;
};

/** Replaces every employee key by its pseudonym. */
export const keyRoster = (
  roster: { readonly units: readonly Unit[]; readonly people: readonly RosterPerson[] },
  secret: string,
): KeyedRoster => ({
  units: roster.units,
  people: roster.people.map(({ employeeKey, ...person }) => ({
    ...person,
    key: pseudonym(employeeKey, secret),
  })),
  // No employee key is empty, so this is nobody's pseudonym.
  check: pseudonym('', secret),
});
