// What a person does on their site, as they do it: by the names that they see. Each journey goes with and without scripts, at the widths
// of a laptop and of a phone, and by keyboard alone; the activations from the home page to each item are counted.
//
//     npm ci --prefix .. && node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--at-once] [--verbose]
//
// With the path of a program each way of use has a fresh demonstration. `--at-once` does not wait until the documents are read. Needs Chromium (`/usr/bin/chromium`, or CHROMIUM=…).
import { parseArgs } from 'node:util';
import access from './journeys/access.mjs';
import keeping from './journeys/keeping.mjs';
import publicSite from './journeys/public.mjs';
import reading from './journeys/reading.mjs';
import { place } from './demo.mjs';
import { keyboard, pointer, walk } from './hands.mjs';
import { LAPTOP, PHONE, has, launch, visit } from './site.mjs';

const JOURNEYS = [...publicSite, ...reading, ...access, ...keeping].map((journey) => ({ who: 'claire-exemple', then: [], ...journey }));

/** G2: no item or action is further from the home page. */
const ACTIVATIONS_MOST = 3;

const WAYS = [
  { name: 'script, 1366 px', viewport: LAPTOP, script: true },
  { name: 'script, 390 px', viewport: PHONE, script: true },
  { name: 'no script, 1366 px', viewport: LAPTOP, script: false },
  { name: 'no script, 390 px', viewport: PHONE, script: false },
  { name: 'keyboard, 1366 px', viewport: LAPTOP, script: true, keyboard: true },
];

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-js': { type: 'boolean' }, width: { type: 'string' }, keyboard: { type: 'boolean' }, only: { type: 'string' }, verbose: { type: 'boolean' }, 'at-once': { type: 'boolean' } },
});
if (positionals.length !== 1) throw new Error('usage: node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME]');

const isAsked = (way) =>
  (!asked['no-js'] || !way.script) && (!asked.width || way.viewport.width === Number(asked.width)) && (!asked.keyboard || way.keyboard === true);

/** What is on the page besides the journey: nothing may be wrong with it. */
function troubles(page) {
  if (page.trouble.length) throw new Error([...new Set(page.trouble)].join('; '));
}

async function play(journey, page, hands, found) {
  if (!(await has(page.site, journey.page))) return { failed: 'missing', why: `${journey.page} is not there` };
  let activations = 0;
  let reached = 0;
  let now = 'the home page';
  try {
    await journey.before?.(page);
    if (journey.who) await page.goto(`${page.site}/`);
    for (const step of [...journey.steps, null, ...journey.then]) {
      if (!step) {
        reached = activations;
        if (hands.name === 'keyboard') await walk(page, found);
        continue;
      }
      now = step.words;
      const took = await step.run(page, hands);
      activations += typeof took === 'number' ? took : step.activations;
    }
    troubles(page);
    return { activations: reached };
  } catch (error) {
    return { failed: 'failed', why: `${now}: ${String(error.message).split('\n')[0]} (${new URL(page.url()).pathname})` };
  }
}

const browser = await launch();
const results = new Map(JOURNEYS.map((journey) => [journey.name, { journey, ways: [] }]));
const focus = new Map();
try {
  const where = await place(positionals[0], browser, { atOnce: asked['at-once'] });
  const ways = WAYS.filter(isAsked);
  for (const [number, way] of ways.entries()) {
    const demo = await where.fresh();
    const hands = way.keyboard ? keyboard(focus) : pointer;
    for (const journey of JOURNEYS) {
      if (asked.only && !asked.only.split('|').some((part) => journey.name.startsWith(part))) continue;
      if ((journey.once && number > 0 && !where.isFresh) || (journey.needsScript && !way.script)) continue;
      const page = await visit(browser, demo.url, journey.who, { viewport: way.viewport, script: way.script });
      const outcome = await play(journey, page, hands, focus);
      results.get(journey.name).ways.push({ way, ...outcome });
      if (asked.verbose || asked.only) console.log(`${journey.name} (${way.name}): ${outcome.why ?? 'passes'}`);
      await page.context().close();
    }
    await demo.stop();
  }
  await where.close();
} finally {
  await browser.close();
}

// ---- what came of it ------------------------------------------------------------------------------------------

const played = [...results.values()].filter((result) => result.ways.length);
console.log('| journey | item or action | page | activations | outcome |\n| --- | --- | --- | --- | --- |');
for (const { journey, ways } of played) {
  const failures = ways.filter((way) => way.failed);
  const counted = ways.find((way) => way.activations !== undefined)?.activations ?? '–';
  const outcome = failures.length === 0 ? 'passes' : failures.every((one) => one.failed === 'missing') ? 'missing' : `fails: ${failures.map((one) => `${one.way.name}: ${one.why}`).join(' / ')}`;
  console.log(`| ${journey.name} | ${journey.item} | ${journey.page} | ${counted} | ${outcome.replaceAll('|', '\\|')} |`);
}
for (const [wrong, times] of focus) console.log(`keyboard: ${wrong}${times > 1 ? ` (${times} times)` : ''}`);

const failed = played.filter(({ ways }) => ways.some((way) => way.failed && !way.way.keyboard));
const byKeyboard = played.filter(({ ways }) => ways.some((way) => way.failed && way.way.keyboard));
const counted = played.flatMap(({ ways }) => ways.map((way) => way.activations ?? 0));
const most = Math.max(0, ...counted);
console.log(`journeys-played ${played.length}`);
console.log(`journeys-missing ${played.filter(({ ways }) => ways.some((way) => way.failed === 'missing')).length}`);
if (played.some(({ ways }) => ways.some((way) => !way.way.keyboard))) console.log(`journeys-failed ${failed.length}`);
console.log(`activations-most ${most}`);
if (played.some(({ ways }) => ways.some((way) => way.way.keyboard))) console.log(`keyboard-failed ${byKeyboard.length + focus.size}`);
process.exitCode = failed.length + byKeyboard.length + focus.size > 0 || most > ACTIVATIONS_MOST ? 1 : 0;
