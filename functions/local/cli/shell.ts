/** The process around a command, as an argument. */

/** What a command needs of the process. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly print: (line: string) => void;
  /** A line on standard error. */
  readonly complain: (line: string) => void;
};
