// Whether somebody who has never seen the statistics can read each graphic: its title is a finding, its numbers stand in a table beside it, it has a
// name for who cannot see it, its marks lie where the axis says, and its address and files lead to it. And what a first visit to each page weighs, as
// it comes over the wire; whether a small count shows anywhere; and what the pages say where nothing was ever opened.
//
//     npm ci --prefix .. && node figures.mjs PROGRAM|URL [--verbose]
//
// With an address the store without openings is not asked for.
import { gzipSync } from 'node:zlib';
import { LAPTOP, launch, visit } from '../person/site.mjs';
import { empty, stands } from './deployment.mjs';

const KB = 1_024;
const MOST = { kb: 100, requests: 6, css: 14, js: 0 };
const HOME = '/statistiques';
/** Pages besides those that the menu leads to. */
const REGIONS = [`${HOME}/regions/11`, `${HOME}/regions/94`];
const WEEKS = [`${HOME}/semaines/2018-W50`, `${HOME}/semaines/2018-W40`];
/** Columns of files that count no person, record or document. */
const NO_COUNTS = ['pour_1000_habitants', 'delai_median_jours', 'region'];
/** Words by which a sentence compares where it has no number. */
const COMPARES = /\b(plus|moins|autant|aucun|aucune|toutes?|égalité|premier|rien|more|most|fewer|fewest|less|least|all|alike|first|none|no|nothing|masqué|hidden)\b/i;
/** A cell that counts: a number, or a part of a whole. */
const COUNT = /^[\d\s.,]+%?$/;
/** What is said where nothing was counted. */
const NOTHING = /^(Rien n.a|Nothing has)/;
/** What is said where a number is too small to be shown. */
const TOO_SMALL = /(ne peu(t|vent) (pas )?(encore )?être montrée?s?|cannot be shown|^No .* can be shown)/;

const [given] = process.argv.slice(2);
if (!given) throw new Error('usage: node figures.mjs PROGRAM|URL');
const verbose = process.argv.includes('--verbose');
const wrong = { titles: new Map(), tables: new Map(), names: new Map(), marks: new Map(), links: new Map(), small: new Map(), words: new Map(), weight: new Map() };
const found = (kind, where, what) => {
  if (verbose && !wrong[kind].has(what)) console.log(`${kind}: ${where}: ${what}`);
  wrong[kind].set(what, [...(wrong[kind].get(what) ?? []), where]);
};
const worst = { kb: 0, requests: 0, css: 0, js: 0 };
let [figures, marks] = [0, 0];

/** What the page has to say of its figures. Runs inside it. */
function read() {
  const text = (one) => (one?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const named = (one) => (one.getAttribute('aria-label') ?? (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => text(document.getElementById(id))).join(' ')).trim();
  const drawn = (svg) => {
    const ticks = [...svg.querySelectorAll('text')].filter((one) => /^\d{4}-W\d\d$/.test(text(one)));
    // The tick of a word on the lower edge is the short stroke drawn right before it.
    const lines = [...svg.querySelectorAll('path.line')].filter((one) => /v6$/.test(one.getAttribute('d')));
    const edge = ticks.map((one, place) => [text(one), Number(lines[place]?.getAttribute('d').match(/^M([\d.]+)/)?.[1])]);
    const points = [...svg.querySelectorAll('path.mark')].map((one) => { const box = one.getBBox(); return box.x + box.width / 2; });
    const labels = [...svg.querySelectorAll('text')].map(text);
    return { edge, points: points.sort((left, right) => left - right), labels };
  };
  return {
    lang: document.documentElement.lang,
    lead: text(document.querySelector('main .lead')),
    big: [...document.querySelectorAll('dl.big dd')].map(text),
    hidden: (document.documentElement.lang === 'fr' ? 'masqué' : 'hidden'),
    figures: [...document.querySelectorAll('main figure')].map((figure) => ({
      id: figure.id,
      says: text(figure.querySelector('figcaption')),
      svg: [...figure.querySelectorAll('svg')].map((one) => ({ role: one.getAttribute('role'), name: named(one), ...drawn(one) })),
      head: [...figure.querySelectorAll('thead th')].map(text),
      scopes: [...figure.querySelectorAll('th')].every((one) => one.hasAttribute('scope')),
      tableName: [...figure.querySelectorAll('table')].map((one) => named(one) || text(one.querySelector('caption'))),
      rows: [...figure.querySelectorAll('tbody tr')].map((row) => [...row.children].map(text)),
      links: [...figure.querySelectorAll('p a[href]')].map((one) => one.getAttribute('href')),
    })),
  };
}

const weekDay = (week) => {
  const [, year, number] = week.match(/^(\d{4})-W(\d\d)$/);
  const fourth = new Date(Date.UTC(Number(year), 0, 4));
  return fourth.getTime() / 86_400_000 - ((fourth.getUTCDay() + 6) % 7) + (Number(number) - 1) * 7;
};

/** A mark of a week lies where the words of the axis say. */
function lieWhereTheyShould(where, figure, seen) {
  for (const svg of figure.svg) {
    const [first, last] = [svg.edge[0], svg.edge.at(-1)];
    if (!first || first === last || !/^\d{4}-W\d\d$/.test(figure.rows[0]?.[0] ?? '')) continue;
    const at = (week) => first[1] + ((weekDay(week) - weekDay(first[0])) / (weekDay(last[0]) - weekDay(first[0]))) * (last[1] - first[1]);
    const column = Math.max(1, figure.head.findIndex((name) => /^(Ouvertures|Openings)$/.test(name)));
    const expected = figure.rows.filter((row) => row[column] !== seen.hidden).map((row) => at(row[0])).sort((left, right) => left - right);
    marks += svg.points.length;
    if (expected.length !== svg.points.length) found('marks', where, `${figure.id}: ${svg.points.length} marks for ${expected.length} weeks that are told`);
    const apart = Math.max(0, ...expected.map((x, place) => Math.abs(x - (svg.points[place] ?? x))));
    if (apart > 2) found('marks', where, `${figure.id}: marks lie up to ${Math.round(apart)} px from their weeks`);
  }
}

function judge(where, seen, isOfNobody) {
  for (const figure of seen.figures) {
    figures += 1;
    const says = `${figure.id} « ${figure.says} »`;
    // A list of files or of promises has no finding; whatever is drawn or counted has.
    const counts = figure.svg.length > 0 || figure.rows.some((row) => row.slice(1).some((cell) => COUNT.test(cell) || cell === seen.hidden));
    const finds = /[.!]$/.test(figure.says) && (/\d/.test(figure.says) || COMPARES.test(figure.says) || TOO_SMALL.test(figure.says)) && figure.says.split(' ').length >= 4;
    if (counts ? !finds : figure.says.length < 3) found('titles', where, says);
    const isBare = !figure.svg.length && !figure.tableName.length && (NOTHING.test(figure.says) || TOO_SMALL.test(figure.says));
    if (!isBare && (!figure.head.length || !figure.scopes || figure.tableName.some((name) => !name) || !figure.tableName.length)) found('tables', where, `${says} has no table with heads and a name`);
    if (!isBare && !figure.rows.length) found('tables', where, `${says} has a table without a row`);
    if (NOTHING.test(figure.says) && !isOfNobody && figure.rows.some((row) => row.slice(1).some((cell) => /[1-9]/.test(cell)))) found('words', where, `${says} above numbers`);
    for (const svg of figure.svg) {
      if (svg.role !== 'img' || svg.name.length < 10 || !/\d/.test(svg.name) && !isOfNobody) found('names', where, `${figure.id}: « ${svg.name} » says no number to who cannot see it`);
      const below = svg.labels.find((label) => /^[-−]/.test(label));
      if (below) found('marks', where, `${figure.id}: the scale goes down to ${below}`);
    }
    lieWhereTheyShould(where, figure, seen);
  }
  for (const words of [seen.lead, ...seen.figures.map((one) => one.says)]) {
    if (new RegExp(`${seen.hidden} (dossiers|records|documents)|\\b(${seen.hidden})\\b.*(%|pour 1|per 1)`).test(words)) found('words', where, `a hidden count within a sentence: « ${words} »`);
    if (/(^|\D)0 (dossiers|documents)/.test(words)) found('words', where, `nought in the plural: « ${words} »`);
  }
}

/** A first visit with nothing in the cache: KB over the wire, packed as a proxy in front would where the server does not. */
async function weighed(page, url) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const brought = new Map();
  wire.on('Network.responseReceived', ({ requestId, response, type }) => brought.set(requestId, { type, packed: Object.keys(response.headers).some((name) => name.toLowerCase() === 'content-encoding') }));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => brought.has(requestId) && Object.assign(brought.get(requestId), { id: requestId, bytes: encodedDataLength }));
  await page.goto(url, { waitUntil: 'networkidle' });
  for (const one of brought.values()) {
    if (one.packed || !one.bytes) continue;
    const body = await wire.send('Network.getResponseBody', { requestId: one.id }).catch(() => null);
    if (!body) continue;
    const bytes = Buffer.from(body.body, body.base64Encoded ? 'base64' : 'utf8');
    one.bytes += gzipSync(bytes, { level: 6 }).length - bytes.length;
  }
  const sum = (test) => [...brought.values()].filter(test).reduce((all, one) => all + (one.bytes ?? 0), 0) / KB;
  return { kb: sum(() => true), requests: brought.size, css: sum((one) => one.type === 'Stylesheet'), js: sum((one) => one.type === 'Script') };
}

/** What the menu leads to, and the files that the page of data offers. */
async function offered(browser, url) {
  const page = await visit(browser, url, null);
  await page.goto(`${url}${HOME}`);
  const hrefs = (where) => page.locator(`${where} a[href]`).evaluateAll((links) => links.map((one) => one.getAttribute('href')));
  const paths = await hrefs('main nav');
  await page.goto(`${url}${HOME}/donnees`);
  const files = [...new Set((await hrefs('main')).map((href) => href.match(/^(.*)\.csv$/)?.[1]).filter(Boolean))];
  await page.context().close();
  return { paths, files };
}

async function look(browser, url, paths, isOfNobody) {
  for (const lang of ['fr', 'en']) {
    const page = await visit(browser, url, null, { viewport: LAPTOP });
    await page.goto(`${url}${HOME}`);
    if (lang === 'en') await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'English' }).click()]);
    for (const path of paths) {
      const where = `${isOfNobody ? 'nothing opened: ' : ''}${path} (${lang})`;
      const answer = await page.goto(`${url}${path}`);
      if (answer.status() !== 200) {
        found('links', where, `answers ${answer.status()}`);
        continue;
      }
      const seen = await page.evaluate(read);
      judge(where, seen, isOfNobody);
      for (const figure of seen.figures) for (const href of figure.links) await leads(page, url, where, figure, href);
    }
    for (const one of new Set(page.trouble)) found('links', `${url} (${lang})`, one);
    await page.context().close();
  }
}

const known = new Map();
/** A file answers; an address that lasts leads to the figure itself. */
async function leads(page, url, where, figure, href) {
  const key = `${url}${href}`;
  if (!known.has(key)) {
    const answer = await page.request.get(new URL(href, url).href);
    known.set(key, { status: answer.status(), body: await answer.text() });
  }
  const { status, body } = known.get(key);
  if (status !== 200) found('links', where, `${figure.id}: ${href} answers ${status}`);
  const [, hash] = href.split('#');
  if (hash && !body.includes(`id="${hash}"`)) found('links', where, `${figure.id}: ${href} has no such figure`);
}

/** No count from 1 to 10 in any file, and both forms say the same. */
async function filesAgree(url, names) {
  for (const name of names) {
    const [csv, json] = [await (await fetch(`${url}${name}.csv`)).text(), await (await fetch(`${url}${name}.json`)).json()];
    const [head, ...lines] = csv.trim().split('\n').map((line) => line.split(','));
    if (JSON.stringify(json.map((row) => head.map((column) => (row[column] === null ? '' : String(row[column]))))) !== JSON.stringify(lines)) found('links', name, 'CSV and JSON differ');
    for (const line of lines) {
      head.forEach((column, place) => {
        if (!NO_COUNTS.includes(column) && /^([1-9]|10)$/.test(line[place])) found('small', name, `${column} ${line[place]} in ${line.join(',')}`);
      });
    }
  }
}

const browser = await launch();
try {
  const where = await stands(given);
  const { url } = await where.fresh();
  const { paths, files } = await offered(browser, url);
  const pages = [...paths, ...REGIONS, ...WEEKS];
  await look(browser, url, pages, false);
  await filesAgree(url, files);
  console.log('| page | KB | requests | CSS | JS |\n| --- | --- | --- | --- | --- |');
  for (const path of pages) {
    const page = await visit(browser, url, null, { viewport: LAPTOP });
    const figures = await weighed(page, `${url}${path}`);
    console.log(`| ${path} | ${figures.kb.toFixed(1)} | ${figures.requests} | ${figures.css.toFixed(1)} | ${figures.js.toFixed(1)} |`);
    for (const key of Object.keys(MOST)) {
      worst[key] = Math.max(worst[key], figures[key]);
      if (figures[key] > MOST[key]) found('weight', path, `${key} ${figures[key].toFixed(1)} of ${MOST[key]}`);
    }
    await page.context().close();
  }
  await where.close();
  if (!/^https?:/.test(given)) {
    const nobody = await empty(given);
    // No week is known there.
    await look(browser, nobody.url, [...paths, ...REGIONS], true);
    await filesAgree(nobody.url, files);
    await nobody.stop();
  }
} finally {
  await browser.close();
}
for (const [kind, all] of Object.entries(wrong)) for (const [what, where] of all) console.log(`${kind}: ${what} [${[...new Set(where)].slice(0, 3).join('; ')}${where.length > 3 ? `; ${where.length} in all` : ''}]`);
console.log(`statistics-figures ${figures}`);
console.log(`statistics-marks ${marks}`);
console.log(`statistics-kb ${worst.kb.toFixed(1)}`);
console.log(`statistics-titles-without-finding ${wrong.titles.size}`);
console.log(`statistics-small-counts ${wrong.small.size}`);
console.log(`statistics-unreadable ${Object.values(wrong).reduce((all, one) => all + one.size, 0)}`);
process.exitCode = Object.values(wrong).some((one) => one.size) || !figures ? 1 : 0;
