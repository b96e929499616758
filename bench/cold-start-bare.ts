/** Node itself: what its start takes is nobody's own time. */
import { answered } from './cold-start-answer.ts';

answered(200);
