// Plays the journeys of a site with and without scripts, at the widths of a laptop and of a phone, and by keyboard alone, counts the activations to
// each item, and says what came of it.
import { parseArgs } from 'node:util';
import { place } from './demo.mjs';
import { keyboard, pointer, walk } from './hands.mjs';
import { LAPTOP, PHONE, axe, has, launch, visit } from './site.mjs';

/** G2: no item or action is further from where a journey begins. */
const ACTIVATIONS_MOST = 3;

const WAYS = [
  { name: 'script, 1366 px', viewport: LAPTOP, script: true },
  { name: 'script, 390 px', viewport: PHONE, script: true },
  { name: 'no script, 1366 px', viewport: LAPTOP, script: false },
  { name: 'no script, 390 px', viewport: PHONE, script: false },
  { name: 'keyboard, 1366 px', viewport: LAPTOP, script: true, keyboard: true },
];

const OPTIONS = { 'no-js': { type: 'boolean' }, width: { type: 'string' }, keyboard: { type: 'boolean' }, only: { type: 'string' }, verbose: { type: 'boolean' }, 'at-once': { type: 'boolean' } };

/** A page's address with its names left out. */
const pattern = (page) => new URL(page.url()).pathname.replace(/[A-Za-z0-9_.-]{16,}/g, '{id}');

/** axe in light and dark and sideways scroll, once for each page and width. Only where axe may be put in. */
export function looking() {
  const seen = new Set();
  const findings = new Map();
  const look = async (page, way) => {
    const lang = await page.evaluate(() => document.documentElement.lang);
    const where = `${pattern(page)}${lang === 'en' ? ' (English)' : ''} at ${way.viewport.width} px`;
    if (!way.script || way.keyboard || seen.has(where)) return;
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
  };
  return { look, findings };
}

/**
 * Plays them and ends the process with 1 when something is wrong.
 *
 * `journeys`: `{ name, item, steps, then, who, page, before, once, needsScript, wide }`; `prefix` of the figures that are printed; `begin(journey, page)` brings
 * a page to where activations are counted from; `looks`: axe on every page that a journey passes; `stands`: what is served in place of the
 * demonstrations of `place`.
 */
export async function playAll({ journeys, prefix = '', begin, looks = false, stands = place }) {
  const { values: asked, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (positionals.length !== 1) throw new Error('usage: node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--at-once] [--verbose]');
  const isAsked = (way) => (!asked['no-js'] || !way.script) && (!asked.width || way.viewport.width === Number(asked.width)) && (!asked.keyboard || way.keyboard === true);
  const isWanted = (journey, way, isFirst, where) =>
    (!asked.only || asked.only.split('|').some((part) => journey.name.startsWith(part))) &&
    !(journey.once && !isFirst && !where.isFresh) &&
    !(journey.needsScript && (!way.script || (journey.wide && way.keyboard))) &&
    !(journey.wide && way.viewport !== LAPTOP);

  const { look, findings } = looking();
  const focus = new Map();
  const results = new Map(journeys.map((journey) => [journey.name, { journey, ways: [] }]));
  const browser = await launch();
  try {
    const where = await stands(positionals[0], browser, { atOnce: asked['at-once'] });
    for (const [number, way] of WAYS.filter(isAsked).entries()) {
      const demo = await where.fresh();
      const hands = way.keyboard ? keyboard(focus) : pointer;
      for (const journey of journeys) {
        if (!isWanted(journey, way, number === 0, where)) continue;
        const page = await visit(browser, demo.url, journey.who, { viewport: way.viewport, script: way.script, pastPolicy: looks && way.script && !way.keyboard });
        const outcome = await play(journey, page, hands, { begin, look: looks ? (one) => look(one, way) : async () => {}, focus });
        results.get(journey.name).ways.push({ way, ...outcome });
        if (asked.verbose || asked.only || outcome.why) console.log(`${journey.name} (${way.name}): ${outcome.why ?? 'passes'}`);
        await page.context().close();
      }
      await demo.stop();
    }
    await where.close();
  } finally {
    await browser.close();
  }
  tell([...results.values()].filter((result) => result.ways.length), { prefix, focus, findings, looks });
}

async function play(journey, page, hands, { begin, look, focus }) {
  if (journey.page && !(await has(page.site, journey.page))) return { failed: 'missing', why: `${journey.page} is not there` };
  let activations = 0;
  let reached = 0;
  let now = 'before';
  try {
    await begin(journey, page);
    await look(page);
    for (const step of [...journey.steps, null, ...(journey.then ?? [])]) {
      if (!step) {
        reached = activations;
        if (hands.name === 'keyboard') await walk(page, focus);
        continue;
      }
      now = step.words;
      const took = await step.run(page, hands);
      activations += typeof took === 'number' ? took : step.activations;
      await look(page);
    }
    // What is on the page besides the journey: nothing may be wrong with it.
    if (page.trouble.length) throw new Error([...new Set(page.trouble)].join('; '));
    return { activations: reached };
  } catch (error) {
    return { failed: 'failed', why: `${now}: ${String(error.message).split('\n')[0]} (${pattern(page)})` };
  }
}

/** The table and the figures. */
function tell(played, { prefix, focus, findings, looks }) {
  console.log('| journey | item or action | activations | outcome |\n| --- | --- | --- | --- |');
  for (const { journey, ways } of played) {
    const failures = ways.filter((way) => way.failed);
    const counted = ways.find((way) => way.activations !== undefined)?.activations ?? '–';
    const outcome = failures.length === 0 ? 'passes' : failures.every((one) => one.failed === 'missing') ? 'missing' : `fails: ${failures.map((one) => `${one.way.name}: ${one.why}`).join(' / ')}`;
    console.log(`| ${journey.name} | ${journey.item} | ${counted} | ${outcome.replaceAll('|', '\\|')} |`);
  }
  for (const [wrong, times] of findings) console.log(`axe: ${wrong} (${times})`);
  for (const [wrong, times] of focus) console.log(`keyboard: ${wrong} (${times})`);
  const some = (test) => played.filter(({ ways }) => ways.some(test)).length;
  const failed = some((way) => way.failed && !way.way.keyboard);
  const byKeyboard = some((way) => way.failed && way.way.keyboard) + focus.size;
  const most = Math.max(0, ...played.flatMap(({ ways }) => ways.map((way) => way.activations ?? 0)));
  console.log(`${prefix}journeys-played ${played.length}`);
  console.log(`${prefix}journeys-missing ${some((way) => way.failed === 'missing')}`);
  if (some((way) => !way.way.keyboard)) console.log(`${prefix}journeys-failed ${failed}`);
  console.log(`${prefix}activations-most ${most}`);
  if (some((way) => way.way.keyboard)) console.log(`${prefix}keyboard-failed ${byKeyboard}`);
  if (looks) console.log(`${prefix}axe-findings ${findings.size}`);
  process.exitCode = failed + byKeyboard + findings.size > 0 || most > ACTIVATIONS_MOST ? 1 : 0;
}
