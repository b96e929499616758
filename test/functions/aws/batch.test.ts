import { describe, expect, it } from 'vitest';
import type { Inbox } from '../../../functions/app/queue/inbox.ts';
import { handleBatch } from '../../../functions/aws/queue/batch.ts';
import { sqsEvent } from './event.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An inbox that notes what it is given; a body with "rusak" cannot be handled, and spoils what it comes with. */
const noting = (): { readonly inbox: Inbox; readonly given: unknown[] } => {
  const given: unknown[] = [];
  const check = (body: unknown): void => {
    if (String(body).includes('rusak')) throw new Error('cannot');
  };
  const inbox: Inbox = {
    isBallot: (body) => String(body).startsWith('suara'),
    handle: async (body) => {
      check(body);
      given.push(body);
    },
    takeBallots: async (bodies) => {
      for (const body of bodies) check(body);
      given.push(bodies);
    },
  };
  return { inbox, given };
};

describe('a batch of SQS records', () => {
  it('has its ballots taken together and everything else on its own', async () => {
    const { inbox, given } = noting();
    const event = sqsEvent('suara 1', 'teks', 'suara 2', 'suara 2');
    expect(await handleBatch(event, inbox, quiet)).toEqual({ batchItemFailures: [] });
    expect(given).toHaveLength(2);
    expect(given).toEqual(expect.arrayContaining([['suara 1', 'suara 2', 'suara 2'], 'teks']));
  });

  it('has its ballots taken one by one where together they fail, and names the broken one alone', async () => {
    const { inbox, given } = noting();
    const event = sqsEvent('suara 1', 'suara rusak', 'teks rusak', 'suara 2');
    expect(await handleBatch(event, inbox, quiet)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'record-1' }, { itemIdentifier: 'record-2' }],
    });
    expect([...given].sort()).toEqual(['suara 1', 'suara 2']);
  });
});
