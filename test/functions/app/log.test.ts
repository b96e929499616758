import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../../functions/app/log.ts';

describe('a line of the log', () => {
  it('is one JSON object with level, time of the clock and ids, and hides what may be a content', () => {
    const lines: string[] = [];
    const clock = { now: () => new Date('2026-10-26T01:30:00Z') };
    const log = jsonLog(clock, { write: (line) => lines.push(line) });
    log.info('plan.added', { rows: 3 });
    log.warn('slack-refused');
    log.error('odd', { lane: 1, token: 'xoxb-rahasia', text: 'apa ini?' });
    const time = '2026-10-26T01:30:00.000Z';
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'info', time, event: 'plan.added', rows: 3 },
      { level: 'warn', time, event: 'slack-refused' },
      { level: 'error', time, event: 'odd', lane: 1, token: '[Redacted]', text: '[Redacted]' },
    ]);
  });
});
