/** How small a published group may be. */

/** Respondents besides the reader that a published figure rests on. */
export const otherRespondents = 5;

/** Fewest respondents of a published figure: five others and a reader who may be one of them. */
export const fewestRespondents = otherRespondents + 1;

/** Fewest respondents whose answers to an item are told beyond their mean. */
export const fewestForAnswers = 10;
