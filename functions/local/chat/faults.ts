/** Faults a person can switch on in a local chat: told to wait, no connection, the answer lost after the message arrived. */
export const chatFaults = ['throttled', 'down', 'lost-answer'] as const;
export type ChatFault = (typeof chatFaults)[number];
