// Contact sheets of every sample of the pages, to be looked at by eye: a few pages beside each other, long pages cut into columns.
//
//   node scenarios/person/sheets.mjs FOLDER OUT [--width 390] [--theme light] [--lang fr] [--only REGEXP] [--scale 0.75] [--wide 1560] [--high 1500]
//
// FOLDER is what `cargo run -p dmp-pages --features samples --example render_samples -- FOLDER` wrote. A sheet names each page above its picture.
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, out, ...rest] = process.argv.slice(2);
if (!folder || !out) throw new Error('name the folder of the samples and the folder for the sheets');
const given = (name, otherwise) => (rest.includes(`--${name}`) ? rest[rest.indexOf(`--${name}`) + 1] : otherwise);
const width = Number(given('width', 390));
const theme = given('theme', 'light');
const lang = given('lang', 'fr');
const only = new RegExp(given('only', '.'));
const scale = Number(given('scale', width < 600 ? 0.75 : 0.55));
const wide = Number(given('wide', 1560));
const high = Number(given('high', 1500));

const names = readdirSync(folder).filter((file) => file.endsWith(`-${lang}.html`) && only.test(file)).map((file) => file.slice(0, -5)).sort();
const types = { css: 'text/css', html: 'text/html; charset=utf-8', png: 'image/png' };
const pictures = mkdtempSync(join(tmpdir(), 'dmp-sheets-'));
mkdirSync(out, { recursive: true });

const server = createServer((asked, answer) => {
  const path = decodeURIComponent(new URL(asked.url, 'http://x').pathname);
  const place = path.startsWith('/pictures/') ? join(pictures, path.slice(10)) : join(folder, path);
  try {
    const bytes = readFileSync(place);
    answer.writeHead(200, { 'content-type': types[place.split('.').pop()] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const url = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 768 }, colorScheme: theme });
const page = await context.newPage();
const column = Math.round(width * scale);
const pieces = [];
for (const name of names) {
  await page.goto(`${url}/${name}.html`);
  const seen = await page.evaluate(() => ({ high: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth }));
  if (seen.wide > width) console.log(`${name}: ${seen.wide} px wide in a window of ${width}`);
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  for (let top = 0; top < seen.high; top += high / scale) pieces.push({ name, top, high: Math.min(high / scale, seen.high - top), whole: seen.high });
}

/** Pieces go below each other into columns, and columns into sheets; a piece that does not fit begins the next column. */
const sheets = [];
let room = 0;
for (const piece of pieces) {
  const needed = piece.high * scale + 18;
  if (needed > room) {
    if (!sheets.length || sheets.at(-1).length === Math.max(1, Math.floor(wide / column))) sheets.push([]);
    sheets.at(-1).push([]);
    room = high + 18;
  }
  sheets.at(-1).at(-1).push(piece);
  room -= needed;
}
const paper = await (await browser.newContext({ viewport: { width: wide + 40, height: high + 20 } })).newPage();
for (const [index, columns] of sheets.entries()) {
  const cut = ({ name, top, high: tall, whole }) => `<b>${name}${top ? ' (suite)' : ''}</b><div style="width:${column}px;height:${tall * scale}px;overflow:hidden"><img src="/pictures/${name}.png" style="width:${column}px;height:${whole * scale}px;margin-top:${-top * scale}px"></div>`;
  const html = `<!doctype html><meta charset="utf-8"><style>body{margin:2px;background:#888;display:flex;gap:6px;align-items:flex-start;font:bold 13px/18px sans-serif}b{display:block;height:18px;overflow:hidden;color:#fff}</style>${columns.map((one) => `<div style="width:${column}px">${one.map(cut).join('')}</div>`).join('')}`;
  writeFileSync(join(folder, 'sheet.html'), html);
  await paper.goto(`${url}/sheet.html`);
  await paper.screenshot({ path: join(out, `${lang}-${width}-${theme}-${String(index + 1).padStart(3, '0')}.png`) });
}
console.log(`${names.length} pages, ${sheets.length} sheets in ${out}`);
rmSync(pictures, { recursive: true, force: true });
rmSync(join(folder, 'sheet.html'), { force: true });
await browser.close();
server.close();
