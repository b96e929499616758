/** The preview page's data over a catalogue that may change while the page is open. */
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Fault } from '../../../core/errors.ts';
import type { Text } from '../../../core/language.ts';
import { platforms } from '../../../core/ports.ts';
import type { SentItem } from '../../../core/store/runs/item-states.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import type { PublicKey } from '../../../core/survey/ballot/ticket.ts';
import {
  type Contents,
  type Item,
  type ItemState,
  type Kind,
  type OwnKind,
  ownKinds,
  type PreviewData,
  type Wish,
} from '../../../web/preview/data.ts';
import type { Agency } from '../../jobs/context.ts';
import { once } from '../once.ts';
import { noticeKinds } from './preview-notices.ts';
import { samplesOf } from './preview-samples.ts';

/** The content as last read without a fault, and what is wrong with the files now. */
export type LiveCatalogue = {
  readonly current: () => { readonly catalogue: Catalogue; readonly faults: readonly Fault[] };
  /** False where nothing tells of a change. */
  readonly following: boolean;
  /** Calls back after each change of what `current` gives; returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};

export type PreviewParts = {
  readonly live: LiveCatalogue;
  readonly agency: Agency;
  readonly viewer: Text;
  readonly rules: PreviewData['rules'];
  readonly sent: () => Promise<readonly SentItem[]>;
  /** Ids of the items that were recalled. */
  readonly recalled: () => Promise<ReadonlySet<string>>;
  /** The changed sections by the id of the item that cites them. */
  readonly atRisk: (catalogue: Catalogue) => ReadonlyMap<string, readonly string[]>;
  /** The content that is sent: a change of the files reaches people with the next start. */
  readonly running: () => Catalogue;
};

/** The preview page's data. */
export const previewData = (parts: PreviewParts): PreviewData => {
  const { live } = parts;
  const keys = once(newWaveKeys);
  return {
    viewer: async () => parts.viewer,
    contents: async () => contentsOf(parts, (await keys()).publicKey),
    itemStates: async () => {
      const { catalogue } = live.current();
      const [sent, recalled] = await Promise.all([parts.sent(), parts.recalled()]);
      const running = parts.running();
      const [atRisk, held] = [parts.atRisk(catalogue), parts.atRisk(running)];
      const known = new Set(itemsOf(running).map(({ id }) => id));
      const counts = new Map(sent.map((each) => [each.item, each.sent]));
      return itemsOf(catalogue).map(
        (item): ItemState => ({
          ...item,
          sent: counts.get(item.id) ?? 0,
          recalled: recalled.has(item.id),
          atRisk: atRisk.get(item.id) ?? [],
          // What has never been approved is new to what runs, too.
          heldBack: held.has(item.id) || (atRisk.has(item.id) && !known.has(item.id)),
        }),
      );
    },
    rules: parts.rules,
    following: live.following,
    subscribe: live.subscribe,
  };
};

/** One reading of the files: its kinds, its items and its messages belong together. */
const contentsOf = ({ live, agency }: PreviewParts, publicKey: PublicKey): Contents => {
  const { catalogue, faults } = live.current();
  return {
    faults,
    kinds: [...ownKinds.map(ownKind), ...noticeKinds(catalogue)],
    items: itemsOf(catalogue),
    samples: (wish) => samplesOf({ catalogue, agency, publicKey }, wish),
    faultsOf: (wish) => {
      const places = filesOf(wish);
      return faults.filter(({ file }) => places.some((place) => file.startsWith(place)));
    },
  };
};

const itemsOf = ({ lessons, prompts }: Catalogue): readonly Item[] => [
  ...[...lessons.values()].map(({ id, title }): Item => ({ id, kind: 'lesson', title })),
  ...[...prompts.values()].map(({ id, title }): Item => ({ id, kind: 'prompt', title })),
];

const places: Readonly<Record<OwnKind, Pick<Kind, 'group' | 'of'>>> = {
  lesson: { group: 'lesson', of: 'lesson' },
  'lesson-trying': { group: 'lesson', of: 'lesson' },
  'lesson-right': { group: 'lesson', of: 'lesson' },
  'lesson-not-quite': { group: 'lesson', of: 'lesson' },
  correction: { group: 'lesson', of: 'lesson' },
  'pulse-invitation': { group: 'pulse', of: null },
  'pulse-form': { group: 'pulse', of: null },
  'pulse-reminder': { group: 'pulse', of: null },
  'pulse-received': { group: 'pulse', of: null },
  'leader-summary': { group: 'leader', of: 'prompt' },
  'leader-correction': { group: 'leader', of: 'prompt' },
  welcome: { group: 'welcome', of: null },
};

const ownKind = (id: OwnKind): Kind => ({
  id,
  ...places[id],
  title: null,
  // Only Slack opens a form of its own; in Teams it is part of the invitation.
  platforms: id === 'pulse-form' ? ['slack'] : platforms,
});

/** Beginnings of the paths of the files that a message is made of; a file is named after its item's id. */
const filesOf = ({ kind, lesson, prompt }: Wish): readonly string[] => {
  const messages = 'content/messages/';
  switch (kind.group) {
    case 'lesson':
      return [...itemFiles('lessons', lesson), `${messages}lesson.`];
    case 'leader':
      return [...itemFiles('prompts', prompt), `${messages}leadership.`];
    case 'pulse':
      return ['content/surveys/', `${messages}pulse.`];
    case 'welcome':
      return [`${messages}welcome.`];
    case 'notice':
      return [messages];
  }
};

const itemFiles = (folder: string, id: string): readonly string[] =>
  ['.', '-'].map((after) => `content/${folder}/${id}${after}`);
