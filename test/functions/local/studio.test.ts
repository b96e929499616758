import { describe, expect, it } from 'vitest';
import { addRecall } from '../../../core/store/outbox/amendments.ts';
import { planRecalls } from '../../../functions/jobs/delivery/recall.ts';
import { sampleKeys } from '../../../functions/local/sample/agency.ts';
import { openStory } from '../../../functions/local/story/story.ts';
import { openJourney } from '../../../functions/local/studio/journey.ts';
import { openStudio } from '../../../functions/local/studio/studio.ts';
import { lessonTime, openDay } from '../jobs/delivery/lesson-day.ts';

describe('the studio', () => {
  it('tells of a recall in the timeline and beside the replaced message', async () => {
    const house = await openDay();
    await house.tickAt(lessonTime);
    const now = new Date('2026-10-26T02:00:00Z');
    house.host.clock.moveTo(now);
    await addRecall(house.db, { item: 'l01', reason: 'salah', at: now });
    await planRecalls(house.db, '2026-10-26', now);
    await house.tickAt('2026-10-26T02:00:00Z');
    const story = await openStory(house.host, new Set());
    const studio = openStudio(
      story,
      openJourney(story, () => 0),
    );
    const state = async (language: 'id' | 'en') =>
      JSON.stringify(await studio.state({ persona: '', language }));
    expect(house.messagesOf('slack', sampleKeys.slackStaff)[0]?.changedAt).not.toBeNull();
    expect(await state('id')).toContain('penarikan kiat: terkirim');
    expect(await state('id')).toContain('ditarik karena keliru');
    expect(await state('en')).toContain('withdrawn as wrong');
  });
});
