/** JSON that many people receive word for word is read once and shared. */

/** Texts remembered: a morning's messages in both languages are a handful. */
const remembered = 64;

/** A reader of JSON objects that gives the same object for the same text; nobody may change it. */
export const internedJson = (): ((text: string) => unknown) => {
  const known = new Map<string, unknown>();
  return (text) => {
    const value = known.get(text) ?? JSON.parse(text);
    // Put back last, so that the oldest unused text is the first to go.
    known.delete(text);
    known.set(text, value);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return value;
  };
};
