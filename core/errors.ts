/** The kinds of failure Langkah knows; anything else is a bug. What a chat refuses is an Outcome, not an error. */

/** One fault in an input file: where it is, what is wrong, what was found and what would be accepted. */
export type Fault = {
  readonly file: string;
  /** 1-based line in the file; 0 when the whole file is meant. */
  readonly line: number;
  readonly what: string;
  readonly found?: string;
  readonly allowed?: string;
};

/** How a fault names a sign that nobody sees: by its number. */
export const numberOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** `file:line: what, found "…", allowed …`: the one printed form of a fault. */
const formatFault = ({ file, line, what, found, allowed }: Fault): string =>
  [
    `${file}:${line}: ${what}`,
    found === undefined ? '' : `found ${JSON.stringify(found)}`,
    allowed === undefined ? '' : `allowed ${allowed}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** The process cannot start or go on with these settings; exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
  }
}

/** A content, calendar or roster file is wrong; carries every fault found, not only the first. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[], options: { cause?: unknown } = {}) {
    super(faults.map(formatFault).join('\n'), options);
    this.faults = faults;
  }
}

/** The act is refused because of what already stands; `userMessage` may be shown to the person. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly userMessage: string;
  constructor(message: string, userMessage: string = message, options: { cause?: unknown } = {}) {
    super(message, options);
    this.userMessage = userMessage;
  }
}
