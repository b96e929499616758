/** An entry of the queue as a value, whichever queue kept its text. */

/** The value of a JSON text, read once by whoever asks more than one thing of an entry; what is no such text stays as it is. */
export const entryOf = (given: unknown): unknown => {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    // Not thrown: the parser's own error would quote somebody's message.
    return given;
  }
};
