/** Requests under way: so many at once, each answer heard whenever it comes. */

export type Air<Answer> = {
  readonly full: () => boolean;
  /** Lets one more go; `heard` gets its answer. */
  readonly launch: (flight: Promise<Answer>, heard: (answer: Answer) => void) => void;
  /** Waits for the next to end; fails once one has failed. */
  readonly landing: () => Promise<void>;
  /** Waits for all to end; fails if one has failed. */
  readonly land: () => Promise<void>;
};

/** Air for `most` requests at once. */
export const openAir = <Answer>(most: number): Air<Answer> => {
  let flying = 0;
  let wake: () => void = () => undefined;
  let failure: { readonly error: unknown } | null = null;
  const ended = (): void => {
    flying -= 1;
    wake();
  };
  const failed = (error: unknown): void => {
    failure ??= { error };
    ended();
  };
  const check = (): void => {
    if (failure !== null) throw failure.error;
  };
  const landing = async (): Promise<void> => {
    await new Promise<void>((done) => {
      wake = done;
    });
    check();
  };
  return {
    full: () => flying >= most,
    launch: (flight, heard) => {
      flying += 1;
      flight.then((answer) => {
        heard(answer);
        ended();
      }, failed);
    },
    landing,
    land: async () => {
      while (flying > 0) await landing();
      check();
    },
  };
};
