/** Blocks as a payload carries them. */
import type { TextObject } from './mrkdwn.ts';

/** A block or an element of one; every field is read with care, because the payload is shown as it is. */
export type Block = {
  readonly type?: string;
  readonly block_id?: string;
  readonly action_id?: string;
  /** An object in a block, a bare string in a context's text element. */
  readonly text?: TextObject | string;
  readonly fields?: readonly TextObject[];
  readonly elements?: readonly Block[];
  readonly accessory?: Block;
  readonly label?: TextObject;
  readonly hint?: TextObject;
  readonly element?: Block;
  readonly optional?: boolean;
  readonly options?: readonly { readonly text?: TextObject; readonly value?: string }[];
  readonly initial_option?: { readonly value?: string };
  /** What was chosen, in a select that comes back pressed. */
  readonly selected_option?: { readonly value?: string };
  readonly initial_value?: string;
  readonly placeholder?: TextObject;
  readonly multiline?: boolean;
  readonly max_length?: number;
  readonly style?: string;
  readonly url?: string;
  readonly value?: string;
  readonly accessibility_label?: string;
  readonly image_url?: string;
  readonly alt_text?: string;
  readonly title?: string | TextObject;
  readonly chart?: {
    readonly type?: string;
    readonly series?: readonly {
      readonly name?: string;
      readonly data?: readonly { readonly label?: string; readonly value?: number | null }[];
    }[];
    readonly axis_config?: { readonly categories?: readonly string[] };
  };
};
