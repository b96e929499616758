/** The optional help of a language model with the words of drafts: off unless configured, and without any tool. */
import { randomUUID } from 'node:crypto';
import { generateObject, type LanguageModel } from 'ai';
import * as z from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import type { Idea } from '../../../core/ingest/ideas.ts';
import {
  type TipWords,
  tipWordsSchema,
  wordingFaults,
  wordingPrompt,
} from '../../../core/ingest/wording.ts';
import type { Language } from '../../../core/language.ts';

type Env = Readonly<Record<string, string | undefined>>;

const filled = z.string().trim().min(1);
const services = {
  azure: z.object({
    AZURE_OPENAI_ENDPOINT: filled.pipe(z.url()),
    AZURE_OPENAI_KEY: filled,
    AZURE_OPENAI_DEPLOYMENT: filled,
  }),
  bedrock: z.object({ AWS_REGION: filled, BEDROCK_MODEL: filled }),
} as const;

/** The model that LANGKAH_WORDING (`azure` or `bedrock`) names; ConfigError names what is missing. */
export const openModel = async (env: Env): Promise<LanguageModel> => {
  switch (env['LANGKAH_WORDING']) {
    case 'azure': {
      const settings = read(env, 'azure');
      const { createAzure } = await import('@ai-sdk/azure');
      const azure = createAzure({
        baseURL: settings.AZURE_OPENAI_ENDPOINT.replace(/\/$/, ''),
        apiKey: settings.AZURE_OPENAI_KEY,
      });
      return azure.chat(settings.AZURE_OPENAI_DEPLOYMENT);
    }
    case 'bedrock': {
      const settings = read(env, 'bedrock');
      const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
      return createAmazonBedrock({ region: settings.AWS_REGION })(settings.BEDROCK_MODEL);
    }
    default:
      throw new ConfigError(
        `--wording: LANGKAH_WORDING found ${JSON.stringify(env['LANGKAH_WORDING'] ?? '')}, allowed azure or bedrock`,
      );
  }
};

const read = <S extends keyof typeof services>(
  env: Env,
  service: S,
): z.infer<(typeof services)[S]> => {
  const settings = services[service].safeParse(env);
  if (settings.success) return settings.data as z.infer<(typeof services)[S]>;
  const names = settings.error.issues.map(({ path }) => path.join('.'));
  throw new ConfigError(`--wording with ${service}: missing or unfit: ${names.join(', ')}`);
};

/** Words for a tip's draft, or why there are none. */
export type Wording = { readonly words: TipWords } | { readonly refused: readonly string[] };

const patience = 60_000;

/** Asks once, without a retry; whatever comes back is held against the passage. */
export const wordIdea = async (
  model: LanguageModel,
  idea: Pick<Idea, 'passage'>,
  language: Language,
): Promise<Wording> => {
  try {
    const { object } = await generateObject({
      model,
      schema: tipWordsSchema,
      ...wordingPrompt(idea, `=== ${randomUUID()} ===`),
      temperature: 0,
      maxRetries: 0,
      abortSignal: AbortSignal.timeout(patience),
    });
    const refused = wordingFaults(object, { passage: idea.passage, language });
    return refused.length === 0 ? { words: object } : { refused };
  } catch (error) {
    // The message may quote what the model said: its kind is enough.
    return { refused: [error instanceof Error ? error.name : 'no answer'] };
  }
};
