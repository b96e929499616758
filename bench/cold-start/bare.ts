/** Node itself: what its start takes is nobody's own time. */
import { answered } from './answer.ts';

answered(200);
