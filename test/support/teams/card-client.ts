/** Microsoft's own Adaptive Cards renderer in a DOM: what a client of Teams does with a card. */
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import { JSDOM } from 'jsdom';

const window = new JSDOM('<!doctype html><html><body></body></html>').window;
// The renderer reads these as globals.
const needed = Object.getOwnPropertyNames(window).filter((name) => /^HTML\w*Element$/.test(name));
for (const name of [...needed, 'Node', 'MouseEvent', 'KeyboardEvent'])
  Object.defineProperty(globalThis, name, { value: Reflect.get(window, name), configurable: true });
for (const [name, value] of Object.entries({ window, document: window.document }))
  Object.defineProperty(globalThis, name, { value, configurable: true });

// The package's `lib` is not loadable in Node; its bundle is.
const cards: typeof AdaptiveCards = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/** Undoes backslash escapes, as a Markdown renderer would show the text. */
cards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text
    .replace(/\\([\\`*_[\]<>&+\-#.)])/g, '$1')
    .replace(/[&<>]/g, (mark) => `&#${mark.codePointAt(0)};`);
  result.didProcess = true;
};

type ClickedAction = {
  readonly type: string;
  readonly verb: string;
  /** The action's data with the card's inputs merged in, as the client sends it. */
  readonly data: Readonly<Record<string, unknown>>;
};

export type ShownCard = {
  readonly element: HTMLElement;
  readonly text: string;
  /** Titles of the buttons in order. */
  readonly buttons: readonly string[];
  /** The renderer's own complaints about the card, empty when there are none. */
  readonly complaints: readonly string[];
  /** Chooses an answer or types a comment in the input `id`. */
  readonly fill: (id: string, value: string) => void;
  /** Presses the button with this title; null when the client refused the inputs. */
  readonly click: (title: string) => ClickedAction | null;
};

/** Parses and renders a card as a client would. */
export const showCard = (payload: unknown): ShownCard => {
  const card = new cards.AdaptiveCard();
  // Teams shows six buttons in a set; the library's own default is five.
  card.hostConfig = new cards.HostConfig({
    actions: { maxActions: 6 },
    supportsInteractivity: true,
  });
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  card.parse(payload, context);
  const element = card.render();
  if (element === undefined) throw new Error('the card does not render');
  window.document.body.replaceChildren(element);
  let clicked: AdaptiveCards.Action | null = null;
  card.onExecuteAction = (action) => {
    clicked = action;
  };
  // The renderer tests `lang` with a global pattern, which forgets to rewind: every second valid value is "invalid".
  const complaints = [
    ...Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message),
    ...card.validateProperties().validationEvents.map(({ message }) => message),
  ];
  const buttons = [...element.querySelectorAll<HTMLElement>('button')];
  // jsdom does not lay out text, so the title is read where a screen reader reads it.
  const titleOf = (button: HTMLElement): string => button.getAttribute('aria-label') ?? '';
  return {
    element,
    text: element.textContent ?? '',
    buttons: buttons.map(titleOf),
    complaints: complaints.filter((one) => !one.includes('property "lang"')),
    fill: (id, value) => {
      const input = card.getAllInputs().find((one) => one.id === id);
      if (input === undefined) throw new Error(`no input ${id}`);
      const field = input.renderedElement;
      const choice = field?.querySelector<HTMLInputElement>(`input[value="${value}"]`);
      const box = field?.querySelector<HTMLTextAreaElement>('textarea');
      if (choice) choice.checked = true;
      else if (box) box.value = value;
      else throw new Error(`input ${id} takes no "${value}"`);
    },
    click: (title) => {
      const button = buttons.find((one) => titleOf(one) === title);
      if (button === undefined) throw new Error(`no button "${title}"`);
      clicked = null;
      button.click();
      return clicked === null ? null : readClicked(clicked);
    },
  };
};

const readClicked = (action: AdaptiveCards.Action): ClickedAction => {
  if (!(action instanceof cards.ExecuteAction)) throw new Error('not an Action.Execute');
  return {
    type: action.getJsonTypeName(),
    verb: action.verb,
    data: { ...Object(action.data) },
  };
};
