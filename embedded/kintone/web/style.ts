/** How the pages look. Tables scroll in themselves; nothing is wider than the window. */
export const STYLE = `
:root { font-family: "Noto Sans JP", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; color: #333; background: #f5f5f5; }
body { margin: 0; line-height: 1.6; overflow-wrap: anywhere; }
header { background: #fff; border-bottom: 3px solid #ffbf00; padding: .75rem 1.5rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
header a { color: inherit; font-weight: 700; text-decoration: none; } header .who { margin-left: auto; }
.notice { background: #fff6d6; border-bottom: 1px solid #e0b000; padding: .35rem 1.5rem; margin: 0; font-size: .875rem; }
main { padding: 1rem 1.5rem 3rem; max-width: 84rem; margin: 0 auto; } h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; background: #fff; }
th, td { border: 1px solid #d8d8db; padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: normal; }
th { background: #eee; font-weight: 600; white-space: nowrap; } td { min-width: 3em; } td.wide { min-width: 12em; }
table.list td { white-space: nowrap; max-width: 20rem; overflow: hidden; text-overflow: ellipsis; } table.list .pre { white-space: inherit; }
ul.apps { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); gap: .75rem; }
ul.apps a { display: block; background: #fff; border: 1px solid #d8d8db; border-radius: .5rem; padding: .75rem 1rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); background: #fff; border: 1px solid #d8d8db; margin: 0 0 1rem; }
dt, dd { margin: 0; padding: .4rem .75rem; border-bottom: 1px solid #eee; } dt { color: #4d4d4d; }
details.group { background: #fff; border: 1px solid #d8d8db; margin: 0 0 1rem; } details.group > summary { padding: .4rem .75rem; font-weight: 600; background: #eee; } details.group > dl { border: 0; margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: .5rem 0; } nav [aria-current] { font-weight: 700; color: #333; text-decoration: none; }
form.login { max-width: 24rem; background: #fff; border: 1px solid #d8d8db; border-radius: .5rem; padding: 1rem 1.5rem; } label { display: block; margin: .5rem 0; }
input { font: inherit; padding: .4rem; width: 100%; box-sizing: border-box; } button { font: inherit; padding: .4rem 1rem; } summary { cursor: pointer; }
.pre { white-space: pre-wrap; } .error { color: #b00000; } .changed { background: #fff6d6; } .changed::before { content: "変更 "; color: #6b4f00; font-size: .875rem; } :focus-visible { outline: 3px solid #000; outline-offset: 2px; }
@media (max-width: 40rem) { header, .notice, main { padding-left: 1rem; padding-right: 1rem; } dl { grid-template-columns: minmax(0, 1fr); } dt { border: 0; padding-bottom: 0; font-size: .875rem; } dd { padding-top: 0; min-height: 1.6em; } }
`;
