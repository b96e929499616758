/** The one way from opened answers to a release. */
import type { LocalDate } from '../clock.ts';
import type { Item } from '../content/schema.ts';
import { scoreOfRole } from '../survey/scoring.ts';
import type { Attack } from './attack/attack.ts';
import { placesOf } from './attack/lattice.ts';
import { type Cells, computeCells, type Respondent } from './cells.ts';
import type { Suppression } from './disclosure/disclosure.ts';
import { untoldOf } from './disclosure/untold.ts';
import { withinDepth } from './groups.ts';
import { methodOf } from './method.ts';
import { participationOf } from './participation.ts';
import type { Audit, CommentList, Depth, Group, HiddenReason, Release } from './release.ts';
import type { Basis, Earlier } from './waves/basis.ts';
import { changesOf } from './waves/changes.ts';
import { linesOf } from './waves/lines.ts';
import { invitedOf, type Roll } from './waves/membership.ts';

export type Question = {
  readonly wave: string;
  readonly closedOn: LocalDate;
  readonly depth: Depth;
  /** Every group of the wave as frozen at launch, and its items in the order asked. */
  readonly groups: readonly Group[];
  readonly items: readonly Item[];
  /** The frozen members, made with `openRoll`. */
  readonly roll: Roll;
  /** Per frozen member the groups counted in. */
  readonly members: readonly (readonly number[])[];
  /** Opened ballots, their persons dropped. */
  readonly respondents: readonly Respondent[];
  /** Ballots that could not be opened. */
  readonly unreadable: number;
  /** Published waves, oldest first. */
  readonly earlier: readonly Earlier[];
  readonly comments?: readonly CommentList[];
  readonly attack: Attack;
};

/** A release, and beside it what the next close compares with. */
export type Made = { readonly release: Release; readonly basis: Basis };

/** The release of a wave; it does not depend on the order of members or ballots. */
export const makeRelease = (question: Question): Made => {
  const { wave, closedOn, depth, groups, members, roll, earlier, comments, attack } = question;
  const invited = invitedOf(roll);
  const told = withinDepth(groups, depth);
  const untold = untoldOf(groups, members, attack);
  const made = computeCells({
    ...question,
    groups: told,
    invited,
    places: placesOf(members),
    untold: untold.hidden,
  });
  const items = question.items.map(({ id, role, aspect }) => ({
    id,
    score: scoreOfRole[role],
    aspect,
  }));
  const lines = linesOf(told, roll, earlier);
  const { cells, answers, moments } = made;
  return {
    release: {
      version: 2,
      wave,
      closedOn,
      depth,
      items,
      groups,
      cells,
      answers,
      changes: changesOf({ cells, lines, items, moments }, earlier),
      lines,
      participation: participationOf({
        ...question,
        answered: question.respondents.map((one) => one.groups),
        untold: untold.hidden,
      }).filter(({ hidden }) => hidden !== 'depth'),
      method: methodOf({ ...question, cells }),
      ...(comments === undefined ? {} : { comments }),
      audit: auditOf(made, untold, question.unreadable),
    },
    basis: {
      moments,
      madeUnder: roll.madeUnder,
      members: told.flatMap(({ unit }) => {
        const own = roll.sums.get(unit);
        return own === undefined ? [] : [{ unit, sums: own }];
      }),
    },
  };
};

const auditOf = (made: Cells, untold: Suppression, unreadable: number): Audit => {
  const { cells, answers, systems, undecided, accomplice } = made;
  const all = [...cells, ...answers];
  const hidden = (...reasons: readonly HiddenReason[]): number =>
    all.filter((cell) => !cell.shown && reasons.includes(cell.hidden)).length;
  return {
    cells: all.length,
    hiddenFew: hidden('small', 'few'),
    hiddenProtect: hidden('protect'),
    attacksTried: untold.systems + systems,
    undecided: untold.undecided + undecided,
    accomplice,
    unreadable,
  };
};
