/** A Home as Slack's Home tab; pure. */
import type { HomeView, KnownBlock, PlainTextOption, SectionBlock } from '@slack/types';
import type { Choice, Home } from '../../../core/conversation/home.ts';
import { writeActionId } from '../forms/payloads.ts';
import { slackLimits as limits } from '../limits.ts';
import { plain } from '../text.ts';
import { type SlackBlock, slackBlocks, withinOrThrow } from '../view.ts';

/** The view that views.publish takes; charts are told in words, for a Home has none. */
export const slackHome = ({ sections }: Home): HomeView => ({
  type: 'home',
  blocks: sections
    .flatMap(({ title, parts }, index) => [
      ...(index === 0 ? [] : [{ type: 'divider' } as const]),
      ...slackBlocks({ title, parts: [] }),
      ...parts.flatMap((part) =>
        part.type === 'choice' ? [chooser(part)] : slackBlocks({ title: '', parts: [part] }),
      ),
    ])
    .filter(isKnown)
    .slice(0, limits.viewBlocks),
});

const isKnown = (block: SlackBlock | KnownBlock): block is KnownBlock =>
  block.type !== 'data_visualization';

const chooser = ({ id, label, hint, options, chosen }: Choice): SectionBlock => {
  const offered = options.slice(0, limits.selectOptions).map(
    (option): PlainTextOption => ({
      text: plain(option.label, limits.optionText),
      value: withinOrThrow(option.value, limits.optionValue, `an option of ${id}`),
    }),
  );
  const initial = offered.find(({ value }) => value === chosen);
  return {
    type: 'section',
    text: plain(label, limits.text),
    accessory: {
      type: 'static_select',
      action_id: writeActionId(id, 1),
      placeholder: plain(hint, limits.placeholder),
      options: offered,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
};
