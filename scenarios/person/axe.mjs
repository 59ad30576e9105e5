// axe on every page in every state, and what axe does not see: sideways scroll, text that cannot be spaced out or enlarged, links that
// nothing tells apart, words of the console, breaches of the policy.
//
//     npm ci --prefix .. && node axe.mjs URL|PROGRAM|FOLDER [--only NAME|NAME] [--quick] [--at-once] [--verbose]
//
// A folder holds rendered samples: `cargo run -p dmp-pages --features samples --example render_samples -- FOLDER`.
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { place } from './demo.mjs';
import { pointer } from './hands.mjs';
import { axe, has, launch, visit } from './site.mjs';
import states, { prepare } from './states.mjs';

/** A laptop, the same at 200 %, a phone, and the narrowest that must hold (WCAG 1.4.10). */
const SIZES = { 1366: { width: 1366, height: 768 }, 683: { width: 683, height: 384 }, 390: { width: 390, height: 844 }, 320: { width: 320, height: 640 } };
const LIGHT = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' };
const LOOKS = {
  light: LIGHT,
  dark: { ...LIGHT, colorScheme: 'dark' },
  'more contrast': { ...LIGHT, contrast: 'more' },
  'more contrast, dark': { ...LIGHT, contrast: 'more', colorScheme: 'dark' },
  'forced colours': { ...LIGHT, forcedColors: 'active' },
};
/** What hangs on colours alone; the other rules need not be asked again for other colours. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
/** A laptop and a phone have rules of their own in the style sheet; between them colours do not change. */
const OF_COLOUR_AT = ['1366', '390'];
/** Off by default, and asked of us. */
const MORE_RULES = { 'target-size': { enabled: true } };

/** WCAG 1.4.12: every person may space text out like this. */
const SPACED = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
/** WCAG 1.4.4. */
const ENLARGED = 'html { font-size: 200% !important }';

const { values: asked, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, quick: { type: 'boolean' }, verbose: { type: 'boolean' }, 'at-once': { type: 'boolean' } } });
if (positionals.length !== 1) throw new Error('usage: node axe.mjs URL|PROGRAM|FOLDER [--only NAME] [--quick]');

const findings = new Map();
function found(state, what, where, how) {
  const key = `${state.name}: ${what}${where ? ` – ${where}` : ''}`;
  if (asked.verbose && !findings.has(key)) console.log(`found: ${key} [${how}]`);
  findings.set(key, [...(findings.get(key) ?? []), how]);
}

/** Every look at every size. */
async function ask(page, state) {
  await page.evaluate(axe);
  for (const [look, media] of Object.entries(LOOKS)) {
    await page.emulateMedia(media);
    for (const [width, viewport] of Object.entries(SIZES)) {
      if (look !== 'light' && !OF_COLOUR_AT.includes(width)) continue;
      if (asked.quick && !(look === 'light' ? ['1366', '320'] : ['390']).includes(width)) continue;
      await page.setViewportSize(viewport);
      const how = `${look}, ${width} px`;
      for (const one of await page.evaluate(pale, look === 'forced colours')) found(state, 'too pale', one, how);
      if (look === 'forced colours') continue;
      const result = await page.evaluate(
        ([only, rules]) =>
          globalThis.axe
            .run({ ...(only ? { runOnly: { type: 'rule', values: only } } : { rules }), resultTypes: ['violations'], selectors: false, iframes: false })
            .then(({ violations }) => violations),
        [look === 'light' ? null : OF_COLOUR, MORE_RULES],
      );
      for (const one of result) for (const node of one.nodes) found(state, `axe ${one.id} (${one.impact})`, node.html.slice(0, 140), how);
      if (look === 'light') await isInside(page, state, how);
    }
  }
  await page.emulateMedia(LIGHT);
}

/**
 * Contrasts that axe does not ask for: borders of fields, marks of drawings and the ring of the focus stand out three to one against what
 * lies beside them (WCAG 1.4.11). In forced colours text as well, four and a half to one: axe reads the colours that the page asked for there, not
 * those that are shown.
 */
function pale(withText) {
  const parts = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const shows = (colour) => colour.length < 4 || colour[3] > 0.5;
  const light = (colour) => colour.slice(0, 3).map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (one) => {
    for (let up = one; up; up = up.parentElement) {
      const colour = parts(getComputedStyle(up).backgroundColor);
      if (shows(colour)) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (colour, beside) => {
    const [more, less] = [light(colour), light(beside)].sort((left, right) => right - left);
    return (more + 0.05) / (less + 0.05);
  };
  const wrong = [];
  const tell = (what, ratio, one) => wrong.push(`${what} ${ratio.toFixed(2)}: ${one.outerHTML.slice(0, 110)}`);
  for (const one of document.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), select, textarea')) {
    if (!one.checkVisibility() || one.disabled || one.matches(':disabled')) continue;
    const beside = ground(one.parentElement);
    const ratio = Math.max(contrast(parts(getComputedStyle(one).borderTopColor), beside), contrast(ground(one), beside));
    if (ratio < 3) tell('border of a field', ratio, one);
  }
  for (const one of document.querySelectorAll('svg .mark, svg .course, svg .usual')) {
    if (!one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    const ratio = Math.max(...[style.stroke, style.fill].map(parts).filter(shows).map((colour) => contrast(colour, ground(one.closest('svg').parentElement))), 1);
    if (ratio < 3) tell('mark of a drawing', ratio, one);
  }
  const first = document.querySelector('main a[href], main button');
  if (first) {
    first.focus({ focusVisible: true });
    const ratio = contrast(parts(getComputedStyle(first).outlineColor), ground(first.parentElement));
    if (ratio < 3) tell('ring of the focus', ratio, first);
    first.blur();
  }
  if (!withText) return wrong;
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility() || one.closest('svg, :disabled') || ![...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim())) continue;
    const ratio = contrast(parts(getComputedStyle(one).color), ground(one));
    if (ratio < 4.5) tell('text', ratio, one);
  }
  return wrong;
}

async function isInside(page, state, how) {
  const over = await page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return null;
    const guilty = [...document.querySelectorAll('body *')].find((one) => {
      const box = one.getBoundingClientRect();
      return box.right > wide + 1 && box.width > 0 && !one.closest('.wide, .clinical, .unseen');
    });
    return `${document.documentElement.scrollWidth - wide} px: ${guilty?.outerHTML.slice(0, 120) ?? ''}`;
  });
  if (over) found(state, 'sideways scroll', over.replace(/^\d+ px: /, ''), `${how}, ${over.split(':')[0]} over`);
}

/** Text spaced out, and text twice as large: nothing runs out at the side, nothing is cut off. */
async function takesText(page, state) {
  for (const [name, css, width] of [['spaced', SPACED, 320], ['spaced', SPACED, 1366], ['enlarged', ENLARGED, 1366]]) {
    await page.setViewportSize(SIZES[width]);
    const style = await page.addStyleTag({ content: css });
    await isInside(page, state, `text ${name}, ${width} px`);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.checkVisibility() && one.matches('button, a, label, h1, h2, h3, p, li, dd, th, td, summary') && !one.closest('.unseen'))
        .filter((one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 0)
        .map((one) => one.outerHTML.slice(0, 120)));
    for (const one of cut) found(state, 'cut off text', one, `text ${name}, ${width} px`);
    await style.evaluate((one) => one.remove());
  }
}

/** Structure that a screen reader goes by, beyond what axe asks. */
async function isInOrder(page, state) {
  const wrong = await page.evaluate(() => {
    const said = [];
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((one) => one.checkVisibility() && !one.closest('.clinical')).map((one) => Number(one.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) said.push(`${levels.filter((level) => level === 1).length} first headings`);
    levels.forEach((level, place) => place > 0 && level > levels[place - 1] + 1 && said.push(`heading ${level} after heading ${levels[place - 1]}`));
    for (const one of document.querySelectorAll('[aria-describedby], [aria-labelledby], label[for]')) {
      const ids = `${one.getAttribute('aria-describedby') ?? ''} ${one.getAttribute('aria-labelledby') ?? ''} ${one.getAttribute('for') ?? ''}`.trim().split(/\s+/);
      for (const id of ids) if (!document.getElementById(id)) said.push(`nothing has the id ${id}: ${one.outerHTML.slice(0, 100)}`);
    }
    // Links of the same words lead to the same place, unless what stands around them tells them apart.
    const targets = new Map();
    for (const one of document.querySelectorAll('a[href]')) {
      if (!one.checkVisibility() || one.closest('.clinical')) continue;
      const words = (one.getAttribute('aria-label') ?? one.textContent).trim().replace(/\s+/g, ' ');
      const around = (one.closest('li, tr, article') ?? one.closest('p, dd, section') ?? one).textContent.trim().replace(/\s+/g, ' ');
      const key = `${words} | ${around}`;
      const target = one.getAttribute('href').split('#')[0];
      if ((targets.get(key) ?? target) !== target) said.push(`« ${words.slice(0, 60)} » leads to two places and nothing around tells them apart`);
      targets.set(key, target);
    }
    if (!document.documentElement.lang) said.push('no language');
    if (document.title.split(' – ')[0].trim().length < 2) said.push('no title');
    return said;
  });
  for (const one of wrong) found(state, 'order', one, 'every look');
}

/** Two links of the same words in the same surroundings that lead to two places: nobody can choose between them (RGAA 6.1). */
async function areToldApart(page, state) {
  const alike = await page.evaluate(() => {
    const plain = (one) => one.textContent.replace(/\s+/g, ' ').trim();
    const places = new Map();
    for (const link of document.querySelectorAll('main a[href]')) {
      const around = link.closest('article, tr, li, dd, nav') ?? link.closest('p') ?? link;
      const heading = [...document.querySelectorAll('main :is(h1, h2, h3, h4, summary)')].filter((one) => one.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
      const key = `${link.getAttribute('aria-label') ?? plain(link)} | ${plain(around)} | ${heading && !heading.contains(link) ? plain(heading) : ''}`;
      places.set(key, (places.get(key) ?? new Set()).add(link.getAttribute('href')));
    }
    return [...places].filter(([, hrefs]) => hrefs.size > 1).map(([key, hrefs]) => `${hrefs.size} links: ${key.slice(0, 140)}`);
  });
  for (const one of alike) found(state, 'links alike', one, 'every look');
}

/** Brings a page into this state. Some are shut for who looks: then the page that says so is the state. */
async function reach(page, state, url) {
  await page.goto(`${url}${state.path}`);
  for (const step of state.steps) await step.run(page, pointer);
}

async function look(browser, url, state) {
  // With the policy in force, for the console and what the policy says; then past it, for axe.
  const plain = await visit(browser, url, state.who);
  try {
    for (const path of state.isError ? [] : [state.needs, state.path].filter(Boolean)) if (!(await has(url, path))) return 'missing';
    await reach(plain, state, url);
    for (const one of new Set(plain.trouble)) found(state, one, '', 'at the first look');
  } catch (error) {
    return `not reached: ${String(error.message).split('\n')[0]} at ${new URL(plain.url()).pathname}`;
  } finally {
    await plain.context().close();
  }
  const page = await visit(browser, url, state.who, { pastPolicy: true });
  try {
    await reach(page, state, url);
    await ask(page, state);
    await takesText(page, state);
    await isInOrder(page, state);
    await areToldApart(page, state);
    return 'seen';
  } catch (error) {
    return `not asked: ${String(error.message).split('\n')[0]}`;
  } finally {
    await page.context().close();
  }
}

// ---- a folder of samples --------------------------------------------------------------------------------------

/** Serves a folder, so that the style sheet is where pages look for it. */
async function serve(folder) {
  const types = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  const server = createServer((asked_, answer) => {
    const path = decodeURIComponent(new URL(asked_.url, 'http://localhost').pathname);
    try {
      const bytes = readFileSync(join(folder, path));
      answer.writeHead(200, { 'content-type': types[path.split('.').pop()] ?? 'application/octet-stream' });
      answer.end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const rows = readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => ({ name, path: `/${encodeURIComponent(name)}`, who: null, steps: [] }));
  return { rows, fresh: async () => ({ url: `http://127.0.0.1:${server.address().port}`, stop: async () => server.close() }), close: async () => {} };
}

const browser = await launch();
const outcomes = [];
try {
  const isFolder = !/^https?:/.test(positionals[0]) && statSync(positionals[0]).isDirectory();
  const where = isFolder ? await serve(positionals[0]) : await place(positionals[0], browser, { atOnce: asked['at-once'] });
  const demo = await where.fresh();
  if (!isFolder) await prepare(demo.url).catch((error) => console.log(`not prepared: ${error.message}`));
  for (const state of where.rows ?? states) {
    if (asked.only && !asked.only.split('|').some((part) => state.name.includes(part))) continue;
    const outcome = await look(browser, demo.url, state);
    outcomes.push([state, outcome]);
    if (outcome !== 'seen' || asked.verbose) console.log(`${state.name} (${state.path}): ${outcome}`);
  }
  await demo.stop();
  await where.close();
} finally {
  await browser.close();
}
for (const [what, how] of findings) console.log(`${what} [${[...new Set(how)].slice(0, 4).join('; ')}${how.length > 4 ? `; ${how.length} in all` : ''}]`);
const unseen = outcomes.filter(([, outcome]) => outcome !== 'seen').length;
console.log(`axe-states ${outcomes.length - unseen}`);
console.log(`axe-missing ${unseen}`);
console.log(`axe-findings ${findings.size}`);
process.exitCode = findings.size + unseen > 0 ? 1 : 0;
