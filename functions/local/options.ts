/** What `npm start` can be told. */
import { parseArgs } from 'node:util';
import { ConfigError } from '../../core/errors.ts';
import { type Language, languages } from '../../core/language.ts';
import { type BallotMode, ballotModes } from '../../core/survey/form.ts';

export type Options = {
  readonly port: number;
  readonly language: Language;
  readonly ballot: BallotMode;
  /** Real chats instead of the local ones. */
  readonly connect: boolean;
  readonly reset: boolean;
  readonly help: boolean;
};

export const usage = `Langkah, the local edition: both chats, the HR and leader pages and a clock you can move.

  npm start                  start on http://localhost:4310 with sample data
  npm start -- --port 5000   another port (a busy one moves to the next free one)
  npm start -- --lang en     pages and printed lines in English
  npm start -- --ballot web  surveys on a page of the agency's own instead of in chat
  npm start -- --connect     real chats instead of the sample (docs/install-slack.md, docs/install-teams.md)
  npm start -- --reset       wipe the sample and begin anew
  npm start -- --help        this text

  DATABASE_URL               use this Postgres (15 or newer) instead of the embedded one
  LANGKAH_HOME               keep data in this folder instead of .langkah (.langkah-connected with --connect)

Without --connect nothing leaves this machine. Ctrl+C stops everything.`;

/** Reads the command line; an unknown or wrong option is a ConfigError that says what is allowed. */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parse(args);
  const port = values.port.trim() === '' ? Number.NaN : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(`--port: found ${JSON.stringify(values.port)}, allowed 0 to 65535`);
  const language = languages.find((known) => known === values.lang);
  if (language === undefined)
    throw new ConfigError(
      `--lang: found ${JSON.stringify(values.lang)}, allowed ${languages.join(', ')}`,
    );
  const ballot = ballotModes.find((known) => known === values.ballot);
  if (ballot === undefined)
    throw new ConfigError(
      `--ballot: found ${JSON.stringify(values.ballot)}, allowed ${ballotModes.join(', ')}`,
    );
  const { connect, reset, help } = values;
  if (connect && reset)
    throw new ConfigError('--reset: found beside --connect, allowed with the sample only');
  return { port, language, ballot, connect, reset, help };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4310' },
        lang: { type: 'string', default: 'id' },
        ballot: { type: 'string', default: 'chat' },
        connect: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${said} See npm start -- --help.`, { cause });
  }
};
