/** What an import would do, before it does anything. */
import type { KeyedPerson, Person, StoredPerson, Unit } from './person.ts';

/** A field whose change is worth telling; moves and leaving have lists of their own. */
const watched = [
  'name',
  'email',
  'timeZone',
  'workPattern',
  'roles',
  'gradeBand',
  'leave',
] as const satisfies readonly (keyof Person)[];

export type RosterPreview = {
  readonly joiners: readonly KeyedPerson[];
  readonly movers: readonly {
    readonly person: KeyedPerson;
    readonly from: string;
    readonly to: string;
  }[];
  /** Their line says `left`. */
  readonly leavers: readonly KeyedPerson[];
  readonly changed: readonly {
    readonly person: KeyedPerson;
    readonly fields: readonly string[];
  }[];
  /** In the store and not in the file: told, never deleted. */
  readonly absent: readonly StoredPerson[];
  /** Active, with no chat identity in the file or the store: they get nothing. */
  readonly unmatched: readonly KeyedPerson[];
};

/** Compares a roster with the store by pseudonym alone, so a changed name or e-mail is the same person. */
export const previewRoster = (
  current: readonly StoredPerson[],
  incoming: readonly KeyedPerson[],
): RosterPreview => {
  const stored = new Map(current.map((person) => [person.key, person]));
  const told = new Set(incoming.map(({ key }) => key));
  const pairs = incoming.map((person) => ({ person, before: stored.get(person.key) }));
  const known = pairs.flatMap(({ person, before }) => (before ? [{ person, before }] : []));
  return {
    joiners: pairs.flatMap(({ person, before }) => (before ? [] : [person])),
    movers: known
      .filter(({ person, before }) => person.unit !== before.unit)
      .map(({ person, before }) => ({ person, from: before.unit, to: person.unit })),
    leavers: known
      .filter(({ person, before }) => person.status === 'left' && before.status === 'active')
      .map(({ person }) => person),
    changed: known
      .map(({ person, before }) => ({ person, fields: changedFields(before, person) }))
      .filter(({ fields }) => fields.length > 0),
    absent: current.filter(({ key, status }) => status === 'active' && !told.has(key)),
    unmatched: pairs
      .filter(({ person }) => person.status === 'active' && person.identities.length === 0)
      .filter(({ before }) => before === undefined || before.identities.length === 0)
      .map(({ person }) => person),
  };
};

export type UnitsPreview = {
  readonly added: readonly Unit[];
  readonly changed: readonly Unit[];
  /** In the store and not in the file: told, never deleted. */
  readonly absent: readonly Unit[];
};

/** Compares the units by code. */
export const previewUnits = (current: readonly Unit[], incoming: readonly Unit[]): UnitsPreview => {
  const stored = new Map(current.map((unit) => [unit.code, unit]));
  const told = new Set(incoming.map(({ code }) => code));
  const same = (a: Unit, b: Unit): boolean =>
    a.parent === b.parent && a.name === b.name && a.levelLabel === b.levelLabel;
  return {
    added: incoming.filter(({ code }) => !stored.has(code)),
    changed: incoming.filter((unit) => {
      const before = stored.get(unit.code);
      return before !== undefined && !same(before, unit);
    }),
    absent: current.filter(({ code }) => !told.has(code)),
  };
};

const changedFields = (before: StoredPerson, after: KeyedPerson): readonly string[] => {
  const fields: string[] = watched.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const isKnown = ({ platform, workspaceId, userId }: Person['identities'][number]): boolean =>
    before.identities.some(
      (one) =>
        one.platform === platform && one.workspaceId === workspaceId && one.userId === userId,
    );
  if (!after.identities.every(isKnown)) fields.push('identities');
  if (after.preferredChat !== null && after.preferredChat !== before.preferredChat)
    fields.push('preferredChat');
  if (before.status === 'left' && after.status === 'active') fields.push('status');
  return fields;
};
