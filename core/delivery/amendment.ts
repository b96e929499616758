/** What is put right after it was sent: the names of corrections and recalls in the outbox. */

/** A correction names the item and the sources it stands on now: a second change is a second correction. */
export const correctionItem = (item: string, version: string): string => `${item}@${version}`;

/** The item of the catalogue behind an outbox row's item. */
export const catalogueItem = (item: string): string => item.split('@')[0] ?? item;

/** What the streams of recalls begin with, and the pattern by which SQL finds them. */
export const recallPrefix = 'recall/';
export const recallPattern = `${recallPrefix}%`;

/** A recall has a stream for each item: one replacement a person and item, however many items a day. */
export const recallStream = (item: string): string => `${recallPrefix}${item}`;

/** Whether a row replaces earlier messages instead of sending one. */
export const isRecall = (stream: string): boolean => stream.startsWith(recallPrefix);

/** Why a replacement was not made: the recall no longer stood. A later recall of the item plans it again. */
export const takenBack = 'recall-taken-back';
