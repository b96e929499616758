/** Opening something at its first use, and again after it could not be opened. */

/** `open` runs at the first call; all callers share its result, and a failure is not kept. */
export const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
};
