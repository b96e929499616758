/** The ballot page's whole style: it stands in the page itself, so that one answer is all a browser asks for. */

/** Sizes, space and colours as in web/styles/tokens.css; light or dark as the device says. */
export const ballotStyle = `
:root {
  --ink: #1b1f24; --quiet: #545c66; --paper: #ffffff; --panel: #f5f6f8; --line: #d9dde3;
  --edge: #7b8591; --accent: #1b5e9b; --on-accent: #ffffff; --danger: #a1260d;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaed; --quiet: #a9b2bd; --paper: #14181d; --panel: #1c2128; --line: #333a44;
    --accent: #6aaed6; --on-accent: #14181d; --danger: #f2947f;
  }
}
* { box-sizing: border-box; }
html {
  background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
body { margin: 0 auto; max-width: 44rem; padding: 16px 16px 40px; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; color: var(--quiet); font-size: 14px; }
h1 { font-size: 20px; line-height: 1.25; font-weight: 650; margin: 16px 0 8px; }
p { margin: 0 0 8px; }
a { color: var(--accent); text-underline-offset: 3px; }
.strong { font-weight: 650; }
.quiet { color: var(--quiet); font-size: 14px; }
.notice { border: 1px solid var(--line); border-radius: 8px; background: var(--panel); padding: 12px 16px 4px; margin: 0 0 16px; }
.wrong { border-color: var(--danger); color: var(--danger); padding-bottom: 12px; }
fieldset { border: 0; border-top: 1px solid var(--line); margin: 0; padding: 16px 0 12px; min-width: 0; }
legend { float: left; width: 100%; padding: 0; margin: 0 0 8px; font-weight: 650; }
.options { clear: both; display: grid; gap: 0; }
.option { display: flex; align-items: center; gap: 12px; min-height: 44px; padding: 4px 8px; border-radius: 8px; cursor: pointer; }
.option:hover { background: var(--panel); }
.option + .apart { margin-top: 4px; border-top: 1px dashed var(--line); border-radius: 0 0 8px 8px; }
input[type="radio"] { width: 20px; height: 20px; margin: 0; flex: none; accent-color: var(--accent); }
.comment { border-top: 1px solid var(--line); padding: 16px 0; }
.comment label { font-weight: 650; }
textarea {
  display: block; width: 100%; min-height: 7rem; margin-top: 8px; padding: 8px 12px; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--edge); border-radius: 8px; resize: vertical;
}
.send { display: flex; flex-wrap: wrap; gap: 12px; margin: 8px 0 16px; }
button { font: inherit; min-height: 44px; padding: 8px 24px; border-radius: 8px; border: 1px solid var(--edge); background: var(--paper); color: inherit; cursor: pointer; }
button[type="submit"] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (min-width: 44rem) {
  h1 { font-size: 28px; }
  body { padding-top: 24px; }
  .options { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .options .apart { grid-column: 1 / -1; }
}
@media print { .send, header a { display: none; } }
`;
