// In: nothing. Out: the style sheet of the HTML report; light and dark by the system's setting, one column on a narrow screen.

/** CSS of the page. */
export const REPORT_STYLES = `
:root { color-scheme: light dark; --paper: #f6f4ef; --card: #fffdf9; --ink: #23211d; --muted: #6a655b; --line: #ddd7ca; --accent: #14568c; --bad: #b3261e; --good: #1c6b3a; }
@media (prefers-color-scheme: dark) { :root { --paper: #171613; --card: #211f1b; --ink: #ece7dc; --muted: #a9a294; --line: #3a362f; --accent: #7db8e8; --bad: #ff8a80; --good: #7fd6a0; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px }
h2 { font-size: 1.1rem; margin: 0 0 4px }
p { margin: 0 0 12px }
.subject, .note { color: var(--muted) }
.note { font-size: .9rem }
.verdict { margin: 20px 0; padding: 14px 18px; border-radius: 10px; border: 1px solid var(--line); border-left: 6px solid var(--good); background: var(--card) }
.verdict.failed { border-left-color: var(--bad) }
.verdict ul { margin: 6px 0 0; padding-left: 20px }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; padding: 0 }
.headline { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px }
.headline dd { font-size: 1.8rem; font-weight: 650; margin: 0; font-variant-numeric: tabular-nums }
.headline dt { color: var(--muted); font-size: .9rem }
.plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; align-items: start }
section, figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px; margin: 0 0 16px; min-width: 0 }
.plots figure { margin: 0 }
.plots .column { display: grid; gap: 16px; min-width: 0 }
figure svg { display: block; width: 100%; height: auto; max-width: 560px; margin: 0 auto }
.table { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right }
details { border-top: 1px solid var(--line); padding: 8px 0 }
summary { cursor: pointer }
summary .id { color: var(--muted); font-size: .85rem; margin-right: 8px }
.tag { font-size: .8rem; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: 0 8px; margin-left: 8px; white-space: nowrap }
.tag.right { color: var(--good) } .tag.wrong { color: var(--bad) }
.beside { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px; margin: 10px 0 6px }
.beside h3 { font-size: .85rem; color: var(--muted); margin: 0 0 2px; font-weight: 600 }
.beside p { white-space: pre-line; overflow-wrap: anywhere; margin: 0 }
blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--accent); overflow-wrap: anywhere }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
@media (max-width: 820px) { .plots, .beside { grid-template-columns: minmax(0, 1fr) } main { padding: 20px 12px 48px } figure, section { padding: 14px } h1 { font-size: 1.5rem } }
@media print { body { background: none } details > * { display: block } }
`
