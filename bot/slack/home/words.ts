/** Our own words as they are typed in Slack: behind the command, for the messages of an app may be read-only. */
import { isCommand } from '../../../core/conversation/command.ts';
import { slashCommand } from '../forms/payloads.ts';

/** Where a sentence ends; the point of "09.00" does not end one. */
const betweenSentences = /(?<=[.;!?])(?=\s)|(?=\n)/u;
const typing = /\b(?:ketik|mengetik|type|typing)\b/iu;
/** What somebody is asked to press is no word to type, whatever it reads. */
const quoted = /(\b(?:tekan|press) )?"([^"\n]+)"/giu;
const listed = [
  [/\bmengetik:/gu, `mengetik ${slashCommand}, lalu:`],
  [/\btype:/gu, `type ${slashCommand}, then:`],
] as const;

/** The text with `ketik "mulai"` as `ketik "/langkah mulai"`, in both languages; nothing else is touched. */
export const withSlashCommand = (text: string): string => {
  if (!typing.test(text)) return text;
  const sentences = text
    .split(betweenSentences)
    .map((sentence) =>
      typing.test(sentence)
        ? sentence.replace(quoted, (whole, press: string | undefined, words: string) =>
            press === undefined && isCommand(words) ? `"${slashCommand} ${words}"` : whole,
          )
        : sentence,
    );
  return listed.reduce((told, [form, instead]) => told.replace(form, instead), sentences.join(''));
};
