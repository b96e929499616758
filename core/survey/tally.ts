/** The close: boxes are opened in memory, persons dropped, and nothing but the release leaves. */
import type { JWK } from 'jose';
import type { LocalDate } from '../clock.ts';
import type { Item } from '../content/schema.ts';
import { loadAttack } from '../results/attack.ts';
import { computeCells, type Respondent } from '../results/cells.ts';
import type { Group, Release } from '../results/release.ts';
import { ballotKey, openBallot } from './ballot.ts';
import { scorePerson } from './scoring.ts';
import { participationBand } from './wave.ts';

/** Everything the close reads; `items` in the order asked, member groups as frozen at launch. */
export type BallotBox = {
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly items: readonly Item[];
  readonly members: readonly { readonly personId: number; readonly groups: readonly number[] }[];
  readonly ballots: readonly { readonly ballotKey: string; readonly sealed: string }[];
  readonly privateKey: JWK;
  readonly secret: string;
  readonly groups: readonly Group[];
};

/** A box whose person is already gone: only the groups remain. */
type Unnamed = { readonly groups: readonly number[]; readonly sealed: string };

/**
 * The release of a wave. The order of ballots and members changes nothing in it. A box that cannot be opened, or
 * that belongs to no member, is counted as unreadable and does not count as an answer.
 */
export const tally = async (box: BallotBox): Promise<Release> => {
  const unnamed = dropPersons(box);
  const opened = await openAll(box, unnamed);
  const attack = await loadAttack();
  const invited = countGroups(box.members);
  const { cells, systems } = computeCells({
    groups: box.groups,
    respondents: opened,
    invited,
    attack,
  });
  const answered = countGroups(opened);
  const hidden = (reason: 'few' | 'protect'): number =>
    cells.filter((cell) => !cell.shown && cell.hidden === reason).length;
  return {
    wave: box.wave,
    closedOn: box.closedOn,
    items: box.items.map(({ id }) => id),
    groups: box.groups,
    cells,
    participation: box.groups.map(({ unit }) => ({
      unit,
      band: participationBand(answered.get(unit) ?? 0, invited.get(unit) ?? 0),
    })),
    audit: {
      cells: cells.length,
      hiddenFew: hidden('few'),
      hiddenProtect: hidden('protect'),
      attacksTried: systems,
      unreadable: box.ballots.length - opened.length,
    },
  };
};

const dropPersons = ({ members, secret, ballots }: BallotBox): readonly Unnamed[] => {
  const groupsByKey = new Map(
    members.map(({ personId, groups }) => [ballotKey(secret, personId), groups]),
  );
  return ballots.flatMap(({ ballotKey: key, sealed }) => {
    const groups = groupsByKey.get(key);
    return groups === undefined ? [] : [{ groups, sealed }];
  });
};

/** Boxes opened at once: enough to keep the pool of crypto threads busy. */
const atOnce = 64;

const openAll = async (
  { wave, items, privateKey }: BallotBox,
  boxes: readonly Unnamed[],
): Promise<readonly Respondent[]> => {
  const form = { wave, items: items.map(({ id }) => id) };
  const opened: Respondent[] = [];
  for (let from = 0; from < boxes.length; from += atOnce) {
    const batch = boxes.slice(from, from + atOnce);
    const results = await Promise.allSettled(
      batch.map(async ({ groups, sealed }) => {
        const { answers } = await openBallot(privateKey, sealed, form);
        return { groups, scores: scorePerson(items, answers) };
      }),
    );
    for (const result of results) if (result.status === 'fulfilled') opened.push(result.value);
  }
  return opened;
};

const countGroups = (
  people: readonly { readonly groups: readonly number[] }[],
): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const { groups } of people)
    for (const unit of groups) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return counts;
};
