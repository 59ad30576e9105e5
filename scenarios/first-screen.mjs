// What must be known stands on the first screen: allergies, treatments and problems of a full record, each line with its proof one
// click away, on the person's page and on the professional's, without a script.
//
//     npm ci && node first-screen.mjs http://127.0.0.1:8080
//
// Needs a demonstration (`dmp serve --demo`) and Chromium (`/usr/bin/chromium`, or CHROMIUM=…).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const url = process.argv[2];
if (!url) throw new Error('usage: node first-screen.mjs URL');

// A common laptop, and a phone.
const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

const CLAIRE = '258033523890052';
const HEADINGS = ['allergies', 'treatments', 'problems'];
const CSS_MOST = 14_336;
const FIRST_VISIT_MOST = 61_440;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

// ---- who looks ------------------------------------------------------------------------------------------------

/** A browser signed in as a test identity. Pages get no script; axe alone needs one, and another policy. */
async function as(identity, viewport, { forAxe = false } = {}) {
  const context = await browser.newContext({ viewport, locale: 'fr-FR', javaScriptEnabled: forAxe, bypassCSP: forAxe });
  const page = await context.newPage();
  const signedIn = await page.request.post(`${url}/signin`, { form: { identity } });
  assert.ok(signedIn.ok(), `${identity} signs in`);
  return page;
}

const SITES = {
  person: {
    identity: 'claire-exemple',
    open: (page) => page.goto(`${url}/`),
  },
  professional: {
    identity: 'dr-fictif',
    async open(page) {
      await page.goto(`${url}/pro`);
      await page.fill('input[name=ins]', CLAIRE);
      await Promise.all([page.waitForURL('**/pro/patients/**'), page.press('input[name=ins]', 'Enter')]);
    },
  },
};

/** The documents of the town are read after the start: waits until none waits any more. */
async function everythingIsRead() {
  const page = await as(SITES.person.identity, LAPTOP);
  for (let tries = 0; tries < 240; tries += 1) {
    await SITES.person.open(page);
    const state = await page.locator('.summary > .meta').last().textContent();
    const lines = await page.locator('#s-allergies ~ ul > li').count();
    if (!/attend/.test(state) && lines > 0) return page.context().close();
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('the documents of the demonstration were not read in two minutes');
}

// ---- what is asked --------------------------------------------------------------------------------------------

const heading = (page, id) => page.locator(`section[aria-labelledby=s-${id}]`);
/** Lines that show; what is behind « n autres » is hidden, and its summary must show. */
const lines = (page, id) => heading(page, id).locator(':scope > ul > li');

async function isOnScreen(locator, viewport, what) {
  const box = await locator.boundingBox();
  assert.ok(box, `${what} is on the page`);
  const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height;
  assert.ok(inside, `${what} ends at ${Math.round(box.y + box.height)} px of ${viewport.height}`);
}

/** Every heading and every line of it, without scrolling. */
async function firstScreen(page, site) {
  const counts = [];
  for (const id of HEADINGS) {
    await isOnScreen(heading(page, id).locator('h2, h3').first(), LAPTOP, `${site}: the heading of ${id}`);
    const all = await lines(page, id).all();
    assert.ok(all.length > 0, `${site}: ${id} has lines`);
    for (const [number, line] of all.entries()) await isOnScreen(line, LAPTOP, `${site}: line ${number + 1} of ${id}`);
    const more = heading(page, id).locator(':scope > details > summary, :scope > .more-of');
    if (await more.count()) await isOnScreen(more.last(), LAPTOP, `${site}: the others of ${id}`);
    counts.push(`${all.length} ${id === 'allergies' ? 'allergies and points to watch' : id}`);
  }
  return counts.join(', ');
}

/** Each line leads to a document, and the first proof with a place opens it at that place, marked. */
async function proofs(page, site) {
  const first = page.url();
  for (const id of HEADINGS) {
    const targets = [];
    for (const line of await lines(page, id).all()) {
      const target = await line.locator('a').first().getAttribute('href');
      assert.match(target ?? '', /\/documents\//, `${site}: a line of ${id} without a proof: ${await line.textContent()}`);
      targets.push(target);
    }
    const place = targets.find((target) => target.includes('#'));
    assert.ok(place, `${site}: no proof of ${id} names a place`);
    await lines(page, id).nth(targets.indexOf(place)).locator('a').first().click();
    await page.waitForURL(`**${place.slice(0, place.indexOf('#'))}*`);
    const answer = await page.request.get(page.url().split('#')[0]);
    assert.equal(answer.status(), 200, `${site}: the proof of ${id}`);
    const marked = page.locator('.clinical :target');
    assert.equal(await marked.count(), 1, `${site}: the place of the proof of ${id} is marked`);
    await isReached(marked, `${site}: the proof of ${id}`);
    await page.goto(first);
  }
}

/** The browser has gone to the place by itself. */
async function isReached(marked, what) {
  const box = await marked.boundingBox();
  assert.ok(box && box.y >= 0 && box.y + Math.min(box.height, 24) <= LAPTOP.height, `${what} is in sight`);
}

/** On a phone nothing runs out at the side, and allergies come before one scrolls. */
async function phone(site, { identity, open }) {
  const page = await as(identity, PHONE, { forAxe: true });
  await open(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= PHONE.width, `${site}: ${wide} px wide on a phone`);
  await isOnScreen(lines(page, 'allergies').first(), PHONE, `${site}: the first allergy on a phone`);
  await clean(page, `${site} on a phone`);
  await page.context().close();
}

/** axe finds nothing. */
async function clean(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`), [], `axe: ${what}`);
}

/** A first visit: the page and all it brings, compressed as a proxy in front sends it. */
async function weight(site, { identity, open }) {
  const page = await as(identity, LAPTOP);
  const brought = new Set();
  page.on('request', (asked) => brought.add(asked.url()));
  await open(page);
  let all = 0;
  for (const address of [page.url(), `${url}/static/dmp.css`]) {
    const size = gzipSync(await (await page.request.get(address)).body()).length;
    if (address.endsWith('.css')) assert.ok(size <= CSS_MOST, `${site}: ${size} bytes of CSS`);
    all += size;
  }
  for (const address of brought) assert.ok(address.startsWith(url), `${site}: asks ${address}`);
  assert.ok(all <= FIRST_VISIT_MOST, `${site}: ${all} bytes at the first visit`);
  await page.context().close();
  return all;
}

// ---- both sites -----------------------------------------------------------------------------------------------

try {
  await everythingIsRead();
  for (const [site, visitor] of Object.entries(SITES)) {
    const page = await as(visitor.identity, LAPTOP);
    await visitor.open(page);
    const counts = await firstScreen(page, site);
    await proofs(page, site);
    await page.context().close();
    const seen = await as(visitor.identity, LAPTOP, { forAxe: true });
    await visitor.open(seen);
    await clean(seen, site);
    await seen.context().close();
    await phone(site, visitor);
    console.log(`${site}: ${counts} on the first screen of ${LAPTOP.width} x ${LAPTOP.height}; ${await weight(site, visitor)} bytes compressed`);
  }
} finally {
  await browser.close();
}
