/** The figures a leader's message and page show, read from releases only. */
import type { Language } from '../../core/language.ts';
import { sayIn } from '../../core/content/say.ts';
import type { LeaderFigures } from '../../core/leadership/summary-message.ts';
import { cellOf, nearestShown, trend } from '../../core/results/read.ts';
import type { Release } from '../../core/results/release.ts';
import { latestLearning } from '../../core/store/learning.ts';
import { listUnits } from '../../core/store/people.ts';
import { listReleases } from '../../core/store/waves.ts';
import type { Context } from './context.ts';
