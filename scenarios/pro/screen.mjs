// The first screen of a patient on a common laptop: nothing of it lies below the edge. And what a first visit to each page weighs, as a proxy in
// front sends it (gzip).
//
//     npm ci --prefix .. && node screen.mjs URL|PROGRAM
import { gzipSync } from 'node:zlib';
import { place } from '../person/demo.mjs';
import { LAPTOP, launch, visit } from '../person/site.mjs';
import { openPatient } from './site.mjs';

const KB_MOST = 90;
const PATHS = ['', '/documents', '/documents?period=all', '/results', '/imaging', '/timeline', '/summary', '/deposit', '/orders', '/sign-summary'];

const browser = await launch();
let overflow = 0;
let heaviest = 0;
const wrong = [];
try {
  const where = await place(process.argv[2] ?? '', browser);
  const demo = await where.fresh();
  const page = await visit(browser, demo.url, 'dr-fictif', { viewport: LAPTOP, script: true });
  await openPatient(page);
  const first = page.url().split('?')[0];
  for (const { id, bottom } of await page.evaluate(() => [...document.querySelectorAll('.synth section')].map((one) => ({ id: one.getAttribute('aria-labelledby'), bottom: one.getBoundingClientRect().bottom + scrollY })))) {
    const over = Math.max(0, Math.round(bottom - LAPTOP.height));
    overflow = Math.max(overflow, over);
    console.log(`${id} ends at ${Math.round(bottom)} px of ${LAPTOP.height}`);
    if (over) wrong.push(`${id}: ${over} px below the edge`);
  }
  const size = async (url) => gzipSync(await (await page.request.get(url)).body(), { level: 6 }).length;
  const frame = (await size(`${demo.url}/static/dmp.css`)) + (await size(`${demo.url}/static/keys.js`));
  for (const path of [...PATHS.map((path) => `${first}${path}`), `${demo.url}/pro`, `${demo.url}/pro/mine`, `${demo.url}/pro/news`, `${demo.url}/pro/deposits`]) {
    const kb = ((await size(path)) + frame) / 1_024;
    heaviest = Math.max(heaviest, kb);
    console.log(`${path.replace(first, '…')} ${kb.toFixed(1)} KB`);
    if (kb > KB_MOST) wrong.push(`${path}: ${kb.toFixed(1)} KB of ${KB_MOST}`);
  }
  await demo.stop();
  await where.close();
} finally {
  await browser.close();
}
for (const one of wrong) console.log(one);
console.log(`synthesis-overflow-px ${overflow}`);
console.log(`pro-first-visit-kb ${heaviest.toFixed(1)}`);
process.exitCode = wrong.length ? 1 : 0;
