/** Makers of small valid pieces of Block Kit, each with a change to try out. */
/** 0 = just allowed, 1 = one beyond. */
export type Over = 0 | 1;
export const long = (most: number, over: Over, letter = 'x') => letter.repeat(most + over);
export const many = <Item>(count: number, item: Item): readonly Item[] => Array(count).fill(item);
export const plain = (text = 'Teks') => ({ type: 'plain_text', text });
export const option = (value = 'satu') => ({ text: plain(), value });
export const differing = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ text: plain(`Pilihan ${at}`), value: `p${at}` }));

export const button = (change: object) => ({
  type: 'button',
  text: plain(),
  action_id: 'a',
  ...change,
});
export const section = { type: 'section', text: plain() };
export const confirmation = (change: object) =>
  button({
    confirm: { title: plain(), text: plain(), confirm: plain(), deny: plain(), ...change },
  });
export const select = (change: object) => ({
  type: 'static_select',
  action_id: 'a',
  options: [option()],
  ...change,
});
export const group = (options: readonly object[], label = 'Kelompok') =>
  select({ options: undefined, option_groups: [{ label: plain(label), options }] });
export const overflow = (options: readonly object[]) => ({
  type: 'overflow',
  action_id: 'a',
  options,
});
export const boxes = (type: string, count: number) => ({
  type,
  action_id: 'a',
  options: differing(count),
});
export const source = (url: string) => ({ type: 'url', url, text: 'Sumber' });
export const input = (change: object) => ({
  type: 'input',
  label: plain(),
  element: { type: 'plain_text_input', action_id: 'a' },
  ...change,
});
export const image = (change: object) => ({
  type: 'image',
  image_url: 'https://contoh.example/a.png',
  alt_text: 'Gambar',
  ...change,
});
export const video = (change: object) => ({
  type: 'video',
  alt_text: 'Video',
  thumbnail_url: 'https://contoh.example/t.png',
  title: plain(),
  video_url: 'https://contoh.example/v',
  ...change,
});
export const view = (change: object) => ({
  type: 'modal',
  title: plain(),
  blocks: [section],
  ...change,
});
export const card = (change: object = {}) => ({ type: 'card', title: plain(), ...change });
export const container = (change: object) => ({
  type: 'container',
  title: plain(),
  child_blocks: [section],
  ...change,
});
export const contextActions = (elements: readonly object[]) => ({
  type: 'context_actions',
  elements,
});
export const feedback = (change: object) =>
  contextActions([
    {
      type: 'feedback_buttons',
      action_id: 'a',
      positive_button: { text: plain(), value: 'baik', ...change },
      negative_button: { text: plain(), value: 'kurang' },
    },
  ]);
export const iconButton = (change: object = {}) => ({
  type: 'icon_button',
  action_id: 'a',
  icon: 'trash',
  text: plain(),
  ...change,
});
export const cell = (text = 'x') => ({ type: 'raw_text', text });
export const table = (rows: readonly (readonly object[])[], change: object = {}) => ({
  type: 'table',
  rows,
  ...change,
});
export const dataTable = (rows: readonly (readonly object[])[], change: object = {}) => ({
  type: 'data_table',
  caption: 'Tabel',
  rows,
  ...change,
});
export const twoRows = [[cell()], [cell()]];
export const chart = (inner: object, title = 'Grafik') => ({
  type: 'data_visualization',
  title,
  chart: inner,
});
export const pie = (segments: readonly object[]) => chart({ type: 'pie', segments });
export const line = (change: {
  readonly names?: readonly string[];
  readonly categories?: readonly string[];
  readonly data?: readonly object[];
  readonly axis?: object;
}) => {
  const { names = ['Garis'], categories = ['Senin'], axis = {} } = change;
  const data = change.data ?? categories.map((label) => ({ label, value: 1 }));
  return chart({
    type: 'line',
    series: names.map((name) => ({ name, data })),
    axis_config: { categories, ...axis },
  });
};
export const numbered = (count: number) => Array.from({ length: count }, (_, at) => `k${at}`);

export const segments = (count: number) => numbered(count).map((label) => ({ label, value: 1 }));
