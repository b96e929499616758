/** Slack's text objects as nodes: plain text, and the few marks of mrkdwn. */
import { h } from '../dom.ts';

export type TextObject = { readonly type?: string; readonly text?: string };

/** A text object's nodes; line breaks are kept. */
export const textNodes = (text: TextObject | undefined): readonly Node[] => {
  const value = text?.text ?? '';
  const parts = text?.type === 'mrkdwn' ? marked(value) : [document.createTextNode(value)];
  return parts.flatMap((part) => (part instanceof Text ? broken(part.data) : [part]));
};

const marks = /<([^<>|]+)(?:\|([^<>]*))?>|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`/g;

const marked = (text: string): Node[] => {
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(marks)) {
    nodes.push(document.createTextNode(decode(text.slice(from, match.index))));
    nodes.push(node(match));
    from = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(decode(text.slice(from))));
  return nodes;
};

const node = ([whole, address, label, bold, italic, struck, code]: RegExpMatchArray): Node => {
  if (address !== undefined) return link(decode(address), decode(label ?? address), whole);
  if (bold !== undefined) return h('strong', {}, decode(bold));
  if (italic !== undefined) return h('em', {}, decode(italic));
  if (struck !== undefined) return h('s', {}, decode(struck));
  return h('code', {}, decode(code ?? ''));
};

/** Only web and mail addresses become links; a mention or anything else stays text. */
const link = (address: string, label: string, whole: string): Node =>
  /^(https?:|mailto:)/.test(address)
    ? h('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, label)
    : document.createTextNode(whole);

const broken = (text: string): Node[] =>
  text
    .split('\n')
    .flatMap((line, index) => [...(index === 0 ? [] : [h('br')]), document.createTextNode(line)]);

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
