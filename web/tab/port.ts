/** What the personal tab asks of the host. */
import type { Home } from '../../core/conversation/home.ts';

/** One press in the tab: an action and its value, as the Home offered them. */
export type TabPress = { readonly action: string; readonly value: string };

export type TabPort = {
  /** The Home of whoever the header names, after `press` if there is one; null for nobody we know. */
  readonly home: (authorization: string | null, press: TabPress | null) => Promise<Home | null>;
};
