/** Addresses that messages lead to. */
import { ballotPath } from '../../core/survey/form.ts';

/** The address to open here: the sample agency's ballot page stands under the studio's own address. */
export const openedHere = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname.startsWith(`${ballotPath}/`) ? `${pathname}${search}` : url;
};
