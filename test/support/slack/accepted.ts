/** Judging a payload by the rules of the local Slack, by what kind of thing it is. */

import { methodArguments, replyArguments } from '../../../functions/local/chat/slack/arguments.ts';
import { messageBlock } from '../../../functions/local/chat/slack/blocks/blocks.ts';
import { anyElement } from '../../../functions/local/chat/slack/blocks/elements.ts';
import {
  anyText,
  confirmation,
  conversationFilter,
  dispatchAction,
  inputParameter,
  option,
  optionGroup,
  trigger,
  workflow,
} from '../../../functions/local/chat/slack/blocks/objects.ts';
import {
  richTextPart,
  richTextPiece,
} from '../../../functions/local/chat/slack/blocks/rich-text.ts';
import {
  attachment,
  checkHome,
  checkMessage,
  checkModal,
} from '../../../functions/local/chat/slack/blocks/rules.ts';

type Judge = (payload: object) => boolean;

/** Composition objects carry no type that tells them apart: the file's name does. */
const objects = [
  anyText(),
  confirmation,
  conversationFilter,
  dispatchAction,
  inputParameter,
  option,
  optionGroup,
  trigger,
  workflow,
];

const isMessage: Judge = (payload) => {
  const names = 'channel' in payload ? methodArguments['chat.postMessage'] : replyArguments;
  const known = Object.keys(payload).every((name) => names?.includes(name));
  return known && typeof checkMessage({ ...payload }) !== 'string';
};

const judges: readonly (readonly [kind: string, judge: Judge])[] = [
  ['blocks', (payload) => messageBlock.safeParse(payload).success],
  ['elements', (payload) => anyElement.safeParse(payload).success],
  [
    'rich_text',
    (payload) =>
      richTextPiece.safeParse(payload).success || richTextPart.safeParse(payload).success,
  ],
  ['objects', (payload) => objects.some((rule) => rule.safeParse(payload).success)],
  ['views', (payload) => checkModal(payload) !== null || checkHome(payload) !== null],
  ['attachments', (payload) => attachment.safeParse(payload).success],
  ['messages', isMessage],
];

/** Whether the rules take a payload; its path begins with its kind. */
export const isAccepted = (path: string, payload: object): boolean => {
  const judge = judges.find(([kind]) => path.startsWith(kind))?.[1];
  if (judge === undefined) throw new Error(`nobody judges ${path}`);
  return judge(payload);
};
