/** The side of a process that may be killed at any step: it tells each and waits to be let on. */
import { createInterface } from 'node:readline';

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const answers = createInterface(process.stdin)[Symbol.asyncIterator]();

/** Waits until the step may begin. */
const step = async (): Promise<void> => {
  say('step');
  await answers.next();
};

/** A step before the act and one after it. */
export const stepwise = async <T>(act: () => Promise<T>): Promise<T> => {
  await step();
  const done = await act();
  await step();
  return done;
};

const silent = (): void => undefined;

/** Errors are told, the rest is not. */
export const log = {
  info: silent,
  warn: silent,
  error: (event: string): void => say(`error ${event}`),
};
