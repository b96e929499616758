import { mergeConfig } from 'vitest/config';
import everything from './vitest.config.ts';

/** What `npm test` runs, without the files that take longest: `npm run check` is for every push. */
export default mergeConfig(everything, {
  test: {
    exclude: [
      'test/web/**/*-browser.test.ts',
      'test/web/hidden-everywhere.test.ts',
      'test/core/store/runs/campaign.property.test.ts',
      'test/functions/cli/{authoring,content,wave}.test.ts',
      'test/functions/jobs/tick-late.test.ts',
      'test/functions/jobs/pulse/wave-acts.test.ts',
      'test/functions/jobs/plan/late-holiday.test.ts',
      'test/functions/jobs/plan/week-allowance.property.test.ts',
      'test/functions/local/connect*.test.ts',
    ],
  },
});
