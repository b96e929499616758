/** Unknown values read into known shapes, without a library: a door has answered before one would be loaded. */

/** What a value is not; tells the rule and never the value, which may be a secret. */
class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** The value in its shape, without what nobody asked for; throws Misfit for any other. */
export type Reader<T> = (value: unknown) => T;

/** What a reader reads. */
export type Read<R> = R extends Reader<infer T> ? T : never;

const misfit = (why: string): never => {
  throw new Misfit(why);
};

/** The value as `reader` reads it, or null when it does not fit. */
export const readOr = <T>(reader: Reader<T>, value: unknown): T | null => {
  try {
    return reader(value);
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
};

/** Why `reader` does not read the value; null when it does. */
export const whyNot = (reader: Reader<unknown>, value: unknown): string | null => {
  try {
    reader(value);
    return null;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
};

/** Any text, an empty one too. */
export const text: Reader<string> = (value) => {
  if (value === undefined) return misfit('missing');
  return typeof value === 'string' ? value : misfit('no text');
};

export const truth: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : misfit('neither true nor false');

/** A finite number. */
export const figure: Reader<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : misfit('no number');

/** Nothing at all. */
export const absent: Reader<undefined> = (value) =>
  value === undefined ? value : misfit('not absent');

/** What `reader` reads, so far as `rule` holds; `why` is the rule in words. */
export const ruled =
  <T>(reader: Reader<T>, rule: (read: T) => boolean, why: string): Reader<T> =>
  (value) => {
    const read = reader(value);
    return rule(read) ? read : misfit(why);
  };

/** Text of at least one character. */
export const filled: Reader<string> = ruled(text, (read) => read !== '', 'empty');

/** An absolute address of the web. */
export const address: Reader<string> = ruled(
  filled,
  (read) => /^https?:/i.test(read) && URL.canParse(read),
  'no address',
);

/** One of these texts and no other. */
export const oneOf =
  <const T extends string>(...known: readonly T[]): Reader<T> =>
  (value) =>
    known.find((one) => one === value) ??
    misfit(value === undefined ? 'missing' : `allowed ${known.join(', ')}`);

/** What may be missing. */
export const maybe =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value) =>
    value === undefined ? undefined : reader(value);

/** What may be null. */
export const orNull =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? null : reader(value);

/** What may be missing and may be null. */
export const perhaps = <T>(reader: Reader<T>): Reader<T | null | undefined> =>
  maybe(orNull(reader));

/** What is read, or `instead` where it is missing. */
export const or =
  <T>(reader: Reader<T>, instead: T): Reader<T> =>
  (value) =>
    value === undefined ? instead : reader(value);

/** Every entry of a list. */
export const many =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (value) =>
    Array.isArray(value) ? value.map(reader) : misfit('no list');

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object as it came: of a large one only what is asked for is looked at. */
const objectOf: Reader<Fields> = (value) => (isObject(value) ? value : misfit('no object'));

/** An object whose every field has one shape; one that would change the object's own nature is left out. */
export const recordOf =
  <T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value) => {
    const read: Record<string, T> = {};
    for (const [name, given] of Object.entries(objectOf(value)))
      if (name !== '__proto__') read[name] = reader(given);
    return read;
  };

/** An object with whatever fields. */
export const fields: Reader<Fields> = recordOf((given) => given);

/** A reader for each field, by its name. */
export type Readers = Readonly<Record<string, Reader<unknown>>>;

/** Names of the fields that may be missing. */
type Optional<R extends Readers> = {
  [Name in keyof R]: undefined extends Read<R[Name]> ? Name : never;
}[keyof R];

/** What is read of an object whose fields have these readers. */
export type Shape<R extends Readers> = {
  readonly [Name in Exclude<keyof R, Optional<R>>]: Read<R[Name]>;
} & { readonly [Name in Optional<R>]?: Read<R[Name]> };

/** An object with these fields; others are left out. */
export const shape = <const R extends Readers>(readers: R): Reader<Shape<R>> => {
  const known = Object.entries(readers);
  return (value) => {
    const given = objectOf(value);
    const read: unknown[][] = [];
    for (const [name, reader] of known) {
      const one = reader(Object.hasOwn(given, name) ? given[name] : undefined);
      if (one !== undefined) read.push([name, one]);
    }
    return Object.fromEntries(read);
  };
};

/** An object with these fields, and with all others as they came. */
export const loose =
  <const R extends Readers>(readers: R): Reader<Fields & Shape<R>> =>
  (value) => ({ ...fields(value), ...shape(readers)(value) });
