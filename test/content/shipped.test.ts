import { describe, expect, it } from 'vitest';
import { addWorkdays, nextWorkday, workCalendar } from '../../core/calendar/work-calendar.ts';
import { readCalendar } from '../../core/calendar/year-calendar.ts';
import { weekday } from '../../core/calendar/zone.ts';
import type { LocalDate } from '../../core/clock.ts';
import { coverage } from '../../core/content/checks/coverage.ts';
import { countWords } from '../../core/content/checks/lint.ts';
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
        expect(words).toBeGreaterThanOrEqual(30);
        expect(words).toBeLessThanOrEqual(50);
        expect(codePoints(title[language])).toBeLessThanOrEqual(60);
      }
    },
  );
});

describe('the tips', () => {
  const lessons = programme.lesson.order.flatMap((id) => catalogue.lessons.get(id) ?? []);

  it('are sixty, one for each working day of twelve weeks', () => {
    expect(lessons).toHaveLength(60);
    expect(catalogue.lessons.size).toBe(60);
  });

  it('rest on the founding article at least 36 times, and tell every section of it', () => {
    const own = lessons.filter(({ cites }) => cites.some((cite) => cite.startsWith('pskn#')));
    expect(own.length).toBeGreaterThanOrEqual(36);
    const article = coverage(catalogue).find(({ document }) => document === 'pskn');
    expect(article).toMatchObject({ promised: true, uncovered: [] });
  });

  it('rest on official documents otherwise, of which the register holds the text', () => {
    const others = lessons.filter(({ cites }) => !cites.some((cite) => cite.startsWith('pskn#')));
    expect(others.length).toBeGreaterThanOrEqual(20);
    for (const cite of others.flatMap(({ cites }) => cites)) {
      const [documentId = '', sectionId = ''] = cite.split('#');
      const document = catalogue.documents.get(documentId);
      expect(document?.kind, cite).toBe('regulation');
      expect(document?.sections.find(({ id }) => id === sectionId)?.text, cite).toBeTruthy();
    }
  });

  it('prepare for both claims, each first lesson boosted within 14 days, also for Monday readers', async () => {
    const calendars = (await readContent()).filter(({ path }) => path.startsWith('calendar/'));
    const calendar = workCalendar(
      calendars.map(({ path, text }) => readCalendar({ file: path, text })),
    );
    const dates = new Map<string, LocalDate>();
    let date = addWorkdays(calendar, 'five-day', { from: programme.lesson.starts, days: 0 });
    for (const { id } of lessons) {
      dates.set(id, date);
      date = nextWorkday(calendar, 'five-day', date);
    }
    const track = lessons.filter(({ prebunk }) => prebunk !== undefined);
    expect(new Set(track.map(({ prebunk }) => prebunk?.claim))).toEqual(
      new Set(['replaced', 'complacent']),
    );
    for (const { id, prebunk } of track) {
      expect(weekday(dates.get(id) ?? ''), id).toBe(1);
      if (prebunk?.role !== 'first') continue;
      const boosted = track.some((other) => {
        const days = Date.parse(dates.get(other.id) ?? '') - Date.parse(dates.get(id) ?? '');
        const soon = days > 0 && days <= 14 * 86_400_000;
        return soon && other.prebunk?.role === 'booster' && other.prebunk.claim === prebunk.claim;
      });
      expect(boosted, id).toBe(true);
    }
  });
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
