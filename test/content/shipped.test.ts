import { describe, expect, it } from 'vitest';
import { countWords } from '../../core/content/lint.ts';
import { parseCatalogue } from '../../core/content/parse.ts';
import { aspects, barriers } from '../../core/content/schema.ts';
import { codePoints } from '../../core/conversation/clip.ts';
import { languages } from '../../core/language.ts';
import { readContent } from '../../functions/app/files.ts';

const catalogue = parseCatalogue(await readContent());
const { survey, programme } = catalogue;

/** The sections of the founding article. */
const sectionIds =
  `intro concept urgency.service urgency.workload urgency.evidence challenge.regulation
  challenge.data challenge.people challenge.infrastructure challenge.culture challenge.summary solution.policy
  solution.data solution.people solution.infrastructure solution.culture solution.examples ethics leadership
  synergy faq.biggest faq.replace faq.first-step faq.everyone closing`.split(/\s+/);

describe('the register', () => {
  it('knows every section of the founding article', () => {
    const article = catalogue.documents.get('pskn');
    expect(article?.sections.map(({ id }) => id)).toEqual(sectionIds);
    expect(article?.quotable).toBe(false);
    expect(article?.kindLabel.id).toBe('Artikel lembaga pelatihan, bukan regulasi');
  });
});

describe('the pulse bank', () => {
  it.each(aspects)(
    'asks five items on %s: one reaction, four conditions, two reversed',
    (aspect) => {
      const items = survey.items.filter((item) => item.aspect === aspect);
      expect(items.map(({ role }) => role).sort()).toEqual([
        'anchor',
        ...Array(4).fill('condition'),
      ]);
      expect(items.filter(({ reverse }) => reverse)).toHaveLength(2);
      expect(new Set(items.map(({ barrier }) => barrier))).toEqual(new Set(barriers));
    },
  );

  it('asks every condition once over the four waves', () => {
    const asked = programme.waves.flatMap(({ rotating }) => rotating);
    const conditions = survey.items.filter(({ role }) => role === 'condition');
    expect(asked.sort()).toEqual(conditions.map(({ id }) => id).sort());
  });

  it('says who may see an answer, what it is not used for, and what it is not', () => {
    expect(survey.intro.id).toContain('sedikitnya 5 responden selain pembaca');
    expect(survey.intro.id).toContain('Tidak dipakai untuk SKP, disiplin, promosi, atau mutasi.');
    expect(survey.comment.hint.id).toContain(
      'Bukan saluran pengaduan; gunakan WBS atau SP4N-LAPOR!',
    );
    expect(survey.licence).toBe('CC BY 4.0');
  });
});

describe('the leader prompts', () => {
  const prompts = [...catalogue.prompts.values()];

  it('give each of the four roles six weeks over all aspects and barriers', () => {
    expect(programme.leader.order).toEqual([...catalogue.prompts.keys()].sort());
    for (const role of ['vision', 'budget', 'collaboration', 'role-model']) {
      const own = prompts.filter((prompt) => prompt.role === role);
      expect(own).toHaveLength(6);
      expect(new Set(own.map(({ aspect }) => aspect))).toEqual(new Set(aspects));
      expect(new Set(own.map(({ barrier }) => barrier)).size).toBeGreaterThanOrEqual(5);
    }
  });

  it.each(prompts.map((prompt) => [prompt.id, prompt] as const))(
    'say %s in about forty words',
    (_, { script, title }) => {
      for (const language of languages) {
        const words = countWords(script[language]);
        expect(words).toBeGreaterThanOrEqual(35);
        expect(words).toBeLessThanOrEqual(52);
        expect(codePoints(title[language])).toBeLessThanOrEqual(60);
      }
    },
  );
});

describe('what the article leaves empty', () => {
  it('is nowhere the only support of a prompt', () => {
    const empty = ['challenge.infrastructure', 'solution.policy', 'solution.culture', 'ethics'];
    for (const { id, cites } of catalogue.prompts.values()) {
      const full = cites.filter((cite) => !empty.includes(cite.replace('pskn#', '')));
      expect(full, id).not.toEqual([]);
    }
  });
});

describe('the buttons', () => {
  it('fit the 75 characters of a Slack button in both languages', () => {
    const labels = [...catalogue.messages].filter(([key]) => key.startsWith('button.'));
    expect(labels.length).toBeGreaterThanOrEqual(10);
    for (const [, label] of labels) {
      expect(codePoints(label.id)).toBeLessThanOrEqual(75);
      expect(codePoints(label.en)).toBeLessThanOrEqual(75);
    }
  });
});
