/** How small a published group may be. */

/** Respondents besides the reader that a published figure rests on. */
export const otherRespondents = 5;

/** Fewest respondents of a published figure: five others and a reader who may be one of them. */
export const fewestRespondents = otherRespondents + 1;

/** Fewest invited people of a group whose participation is told, and of what a combination of such groups leaves over. */
export const fewestInvited = 10;

/** Fewest respondents whose answers to an item are told beyond their mean. */
export const fewestForAnswers = 10;
