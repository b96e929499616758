/** Boxes are opened in memory, a page at a time: what comes out has groups and no person. */
import type { JWK } from 'jose';
import type { Item } from '../../content/schema.ts';
import type { Respondent } from '../../results/cells.ts';
import { openRoll, type Roll } from '../../results/waves/membership.ts';
import type { Written } from '../comments/comments.ts';
import type { Names } from '../comments/names.ts';
import { scrub } from '../comments/scrub.ts';
import { type Answers, ballotKey, openBallot } from './ballot.ts';

/** Rows in pages, so that no more than one page of boxes is in memory. */
type Pages<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/** What stands in the store instead of a box that its person has taken back. */
export const withdrawn = '';

export type Boxes = {
  readonly wave: string;
  /** In the order asked. */
  readonly items: readonly Item[];
  /** Frozen at launch, as their groups are. */
  readonly members: Pages<{ readonly personId: number; readonly groups: readonly number[] }>;
  readonly ballots: Pages<{ readonly ballotKey: string; readonly sealed: string }>;
  readonly privateKey: JWK;
  readonly secret: string;
  /** The house's key for the sums that tell how members changed; the same in every wave. */
  readonly membersKey: string;
  /** What is taken out of comments. */
  readonly names: Names;
};

export type Opened = {
  readonly respondents: readonly Respondent[];
  /** Scrubbed, and apart from the answers they came with. */
  readonly written: readonly Written[];
  /** Boxes that cannot be opened or belong to no member. */
  readonly unreadable: number;
  readonly roll: Roll;
  /** Per frozen member the groups counted in. */
  readonly members: readonly (readonly number[])[];
};

/** Opens every box of a wave; the order of boxes and members changes nothing but the order of what comes out. */
export const openBoxes = async (boxes: Boxes): Promise<Opened> => {
  const { groupsOf, roll, members } = await readMembers(boxes);
  const respondents: Respondent[] = [];
  const written: Written[] = [];
  let unreadable = 0;
  for await (const page of boxes.ballots)
    for (const batch of batches(page.filter(({ sealed }) => sealed !== withdrawn))) {
      const results = await Promise.allSettled(batch.map((row) => open(boxes, groupsOf, row)));
      const sheets = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      // Why a box cannot be opened is not told: the reason could quote what is in it.
      unreadable += results.length - sheets.length;
      for (const { groups, answers, comment } of sheets) {
        respondents.push({ groups, answers });
        if (comment !== '') written.push({ groups, comment });
      }
    }
  return { respondents, written, unreadable, roll, members };
};

/** The groups behind a ballot's key: who it belongs to is not kept. */
type GroupsOf = ReadonlyMap<string, readonly number[]>;

const readMembers = async ({ members, secret, membersKey }: Boxes) => {
  const groupsOf = new Map<string, readonly number[]>();
  const { roll, add } = openRoll(membersKey);
  const invited: (readonly number[])[] = [];
  // A large wave has few lists of groups: each is kept once.
  const known = new Map<string, readonly number[]>();
  for await (const page of members)
    for (const { personId, groups } of page) {
      const name = groups.join();
      const list = known.get(name) ?? groups;
      known.set(name, list);
      groupsOf.set(ballotKey(secret, personId), list);
      invited.push(list);
      add({ personId, groups });
    }
  return { groupsOf, roll, members: invited };
};

/** Boxes opened at once: enough to keep the pool of crypto threads busy. */
const atOnce = 64;

function* batches<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += atOnce) yield rows.slice(from, from + atOnce);
}

const open = async (
  { wave, items, privateKey, names }: Boxes,
  groupsOf: GroupsOf,
  row: { readonly ballotKey: string; readonly sealed: string },
): Promise<Respondent & { readonly comment: string }> => {
  const groups = groupsOf.get(row.ballotKey);
  if (groups === undefined) throw new Error('the ballot belongs to no member');
  const form = { wave, items: items.map(({ id }) => id) };
  const { answers, comment } = await openBallot(privateKey, row.sealed, form);
  return { groups, answers: inOrder(items, answers), comment: scrub(comment ?? '', names) };
};

/** The same answers in the order asked, so that all sheets are alike in memory. */
const inOrder = (items: readonly Item[], answers: Answers): Answers =>
  Object.fromEntries(
    items.flatMap(({ id }) => {
      const answer = answers[id];
      return answer === undefined ? [] : [[id, answer]];
    }),
  );
