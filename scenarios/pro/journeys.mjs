// What a professional does on their site, as they do it: by the names that they see. Each journey goes with and without scripts, on a laptop
// and on a phone, and by keyboard alone; activations are counted from the patient's first page. Every page that a journey passes is asked by axe
// and for sideways scroll once.
//
//     npm ci --prefix .. && node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--at-once] [--verbose]
import { parseArgs } from 'node:util';
import { place } from '../person/demo.mjs';
import { keyboard, pointer, walk } from '../person/hands.mjs';
import { LAPTOP, PHONE, axe, launch, visit } from '../person/site.mjs';
import { openPatient } from './site.mjs';
import work from './work.mjs';

const JOURNEYS = work.map((journey) => ({ who: 'dr-fictif', then: [], ...journey }));
const ACTIVATIONS_MOST = 3;
const WAYS = [
  { name: 'script, 1366 px', viewport: LAPTOP, script: true, pastPolicy: true },
  { name: 'no script, 1366 px', viewport: LAPTOP, script: false },
  { name: 'script, 390 px', viewport: PHONE, script: true, pastPolicy: true },
  { name: 'no script, 390 px', viewport: PHONE, script: false },
  { name: 'keyboard, 1366 px', viewport: LAPTOP, script: true, keyboard: true },
];

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-js': { type: 'boolean' }, width: { type: 'string' }, keyboard: { type: 'boolean' }, only: { type: 'string' }, verbose: { type: 'boolean' }, 'at-once': { type: 'boolean' } },
});
if (positionals.length !== 1) throw new Error('usage: node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME]');
const isAsked = (way) => (!asked['no-js'] || !way.script) && (!asked.width || way.viewport.width === Number(asked.width)) && (!asked.keyboard || way.keyboard === true);

const findings = new Map();
const seen = new Set();
const pattern = (page) => new URL(page.url()).pathname.replace(/[A-Za-z0-9_.-]{16,}/g, '{id}');

/** axe and sideways scroll, once for each page and width. Only where axe may be put in. */
async function ask(page, way) {
  const where = `${pattern(page)} at ${way.viewport.width} px`;
  if (!way.pastPolicy || seen.has(where)) return;
  seen.add(where);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) findings.set(`${where}: ${over} px of sideways scroll`, 1);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { 'target-size': { enabled: true } } }));
    for (const one of violations) findings.set(`${where}, ${colorScheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`, one.nodes.length);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function play(journey, page, hands, way, focus) {
  let activations = 0;
  let reached = 0;
  let now = 'before';
  try {
    await (journey.before ? journey.before(page) : openPatient(page));
    if (journey.from) await page.goto(`${page.site}${journey.from}`);
    await ask(page, way);
    for (const step of [...journey.steps, null, ...journey.then]) {
      if (!step) {
        reached = activations;
        if (hands.name === 'keyboard') await walk(page, focus);
        continue;
      }
      now = step.words;
      const took = await step.run(page, hands);
      activations += typeof took === 'number' ? took : step.activations;
      await ask(page, way);
    }
    if (page.trouble.length) throw new Error([...new Set(page.trouble)].join('; '));
    return { activations: reached };
  } catch (error) {
    return { why: `${now}: ${String(error.message).split('\n')[0]} (${pattern(page)})` };
  }
}

const browser = await launch();
const results = new Map(JOURNEYS.map((journey) => [journey.name, { journey, ways: [] }]));
const focus = new Map();
try {
  const where = await place(positionals[0], browser, { atOnce: asked['at-once'] });
  for (const way of WAYS.filter(isAsked)) {
    const demo = await where.fresh();
    const hands = way.keyboard ? keyboard(focus) : pointer;
    for (const journey of JOURNEYS) {
      if (asked.only && !asked.only.split('|').some((part) => journey.name.startsWith(part))) continue;
      if ((journey.needsScript && !way.script) || (journey.needsScript && way.keyboard) || (journey.wide && way.viewport !== LAPTOP)) continue;
      const page = await visit(browser, demo.url, journey.who, { viewport: way.viewport, script: way.script, pastPolicy: way.pastPolicy });
      page.setDefaultTimeout(5_000);
      const outcome = await play(journey, page, hands, way, focus);
      results.get(journey.name).ways.push({ way, ...outcome });
      if (asked.verbose || outcome.why) console.log(`${journey.name} (${way.name}): ${outcome.why ?? 'passes'}`);
      await page.context().close();
    }
    await demo.stop();
  }
  await where.close();
} finally {
  await browser.close();
}

const played = [...results.values()].filter((result) => result.ways.length);
console.log('| journey | item or action | activations | outcome |\n| --- | --- | --- | --- |');
for (const { journey, ways } of played) {
  const failures = ways.filter((way) => way.why);
  const counted = ways.find((way) => way.activations !== undefined)?.activations ?? '–';
  const outcome = failures.length ? `fails: ${failures.map((one) => `${one.way.name}: ${one.why}`).join(' / ')}` : 'passes';
  console.log(`| ${journey.name} | ${journey.item} | ${counted} | ${outcome.replaceAll('|', '\\|')} |`);
}
for (const [wrong, times] of findings) console.log(`axe: ${wrong} (${times})`);
for (const [wrong, times] of focus) console.log(`keyboard: ${wrong} (${times})`);
const failed = played.filter(({ ways }) => ways.some((way) => way.why && !way.way.keyboard)).length;
const byKeyboard = played.filter(({ ways }) => ways.some((way) => way.why && way.way.keyboard)).length + focus.size;
const most = Math.max(0, ...played.flatMap(({ ways }) => ways.map((way) => way.activations ?? 0)));
console.log(`pro-journeys-played ${played.length}`);
console.log(`pro-journeys-failed ${failed}`);
console.log(`pro-activations-most ${most}`);
console.log(`pro-axe-findings ${findings.size}`);
console.log(`pro-keyboard-failed ${byKeyboard}`);
process.exitCode = failed + findings.size + byKeyboard > 0 || most > ACTIVATIONS_MOST ? 1 : 0;
