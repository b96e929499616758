/** One platform payload as its client would show it; a difference of platforms is an entry of a table. */
import type { Platform } from '../../../core/ports.ts';
import { h } from '../dom.ts';
import type { Block } from '../slack/block.ts';
import { renderBlocks } from '../slack/block-kit.ts';
import { renderCard } from '../teams-card.ts';

export type Pressed = {
  readonly action: unknown;
  readonly inputs: Readonly<Record<string, string>>;
};

export type Shown = {
  readonly language: string;
  readonly unknownBlock: string;
  readonly press: (pressed: Pressed) => void;
};

type SlackPayload = { readonly text?: string; readonly blocks?: readonly Block[] };
type TeamsPayload = {
  readonly summary?: string;
  readonly attachments?: readonly { readonly content?: unknown }[];
};

const clients: Readonly<
  Record<
    Platform,
    {
      readonly show: (payload: unknown, shown: Shown) => readonly HTMLElement[];
      readonly toast: (payload: unknown) => string;
    }
  >
> = {
  slack: {
    show: (payload, { language, unknownBlock, press }) => {
      const { blocks = [], text = '' } = payload as SlackPayload;
      return blocks.length === 0
        ? [h('p', {}, text)]
        : renderBlocks(blocks, {
            language,
            unknown: unknownBlock,
            press: (action) => press({ action, inputs: {} }),
          });
    },
    toast: (payload) => (payload as SlackPayload).text ?? '',
  },
  teams: {
    show: (payload, { press }) =>
      ((payload as TeamsPayload).attachments ?? []).map(({ content }) =>
        renderCard(content, press),
      ),
    toast: (payload) => (payload as TeamsPayload).summary ?? '',
  },
};

/** The payload's elements. */
export const showPayload = (
  platform: Platform,
  payload: unknown,
  shown: Shown,
): readonly HTMLElement[] => clients[platform].show(payload, shown);

/** What a notification, a plain client or a screen reader gets. */
export const toastOf = (platform: Platform, payload: unknown): string =>
  clients[platform].toast(payload);
