// Openings through each channel, before the first day of the person's caisse and after it: before, nobody opens a record, and who tries is told the
// caisse and the day; after, how many screens, key presses and seconds an opening takes. The keyboard alone is used, without scripts. Screens and
// keys of an opening with the person are counted from the moment after the reader has typed the card; they may be four and twenty-five. Online the
// person types for themself: its figures are told and bound to nothing.
//
//     npm ci --prefix .. && node opening.mjs PROGRAM|URL
//
// With the path of a program a demonstration waits for a first day (`--pilot`), and its clock is moved past it (`--clock-shift`). An address is taken
// as it is: then openings are counted alone.
import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place } from '../person/demo.mjs';
import { launch, visit } from '../person/site.mjs';
import { WITHOUT_RECORD } from './work.mjs';

const [SCREENS_MOST, KEYS_MOST] = [4, 25];
/** The caisse of Victor and of Suzanne. */
const CAISSE = '351';
const DAY_MS = 86_400_000;
/** Days from now until records of the caisse open, and until those of the other ones do. */
const [FIRST, GENERAL] = [3, 40];
const given = process.argv[2];
if (!given) throw new Error('usage: node opening.mjs PROGRAM|URL');
const isAddress = /^https?:/.test(given);

// ---- the pilot phase, and a clock that is moved ---------------------------------------------------------------

const paris = (ms, form) => new Intl.DateTimeFormat(form, { timeZone: 'Europe/Paris', day: form === 'sv-SE' ? '2-digit' : 'numeric', month: form === 'sv-SE' ? '2-digit' : 'long', year: 'numeric' }).format(ms);
const first = Date.now() + FIRST * DAY_MS;
/** « 1er décembre 2026 ». */
const spoken = paris(first, 'fr-FR').replace(/^1 /, '1er ');
const folder = mkdtempSync(join(tmpdir(), 'dmp-pilot-'));
const [pilot, shift] = [join(folder, 'pilot'), join(folder, 'shift')];
writeFileSync(pilot, `${CAISSE} ${paris(first, 'sv-SE')}\ngeneral ${paris(Date.now() + GENERAL * DAY_MS, 'sv-SE')}\n`);
writeFileSync(shift, '0');
/** The server reads the file at each question: it is replaced at once. */
function moveClock(seconds) {
  writeFileSync(`${shift}.new`, String(seconds));
  renameSync(`${shift}.new`, shift);
}

const browser = await launch();
const where = await place(given, browser, { atOnce: true, besides: ['--pilot', pilot, '--clock-shift', shift] });
const demo = await where.fresh();

// ---- the keyboard ---------------------------------------------------------------------------------------------

/** A keyboard that counts. A letter is a press, and so is each of Tab, Space and Enter. */
const counting = (page) => {
  const count = { keys: 0 };
  return {
    count,
    async press(key) {
      count.keys += 1;
      await page.keyboard.press(key);
    },
    async type(text) {
      count.keys += [...text].length;
      await page.keyboard.type(text);
    },
    /** To the next screen by Enter. */
    async send() {
      count.keys += 1;
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    },
  };
};
async function tabTo(page, keys, id) {
  for (let tries = 0; tries < 12; tries += 1) {
    if (await page.locator(`#${id}:focus`).count()) return;
    await keys.press('Tab');
  }
  assert.fail(`Tab never reaches ${id}`);
}
async function arrowTo(page, keys, value) {
  const chosen = page.locator(`[name=contact][value=${value}]:checked`);
  for (let tries = 0; tries < 4 && !(await chosen.count()); tries += 1) await keys.press('ArrowDown');
  assert.equal(await chosen.count(), 1, `${value} is reached by arrows`);
}

// ---- what is done besides, not by hand ------------------------------------------------------------------------

const token = async (who) => (await fetch(`${demo.url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: who }) })).text();
const identities = async () => (await fetch(`${demo.url}/sandbox/identities`)).json();
const insOf = async (handle) => (await identities()).find((one) => one.name === handle).ins;
/** The place of a person among the identities of the sandbox is their number in the town, and the last figures of their card. */
const serialOf = async (handle) => String(8_000_000_000 + (await identities()).findIndex((one) => one.name === handle));

/** Takes the opening back, so that the next channel finds nobody's record. */
async function cancel(who, ins) {
  const body = JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'identifier', valueIdentifier: { system: 'urn:oid:1.2.250.1.213.1.4.10', value: ins } }] });
  const answer = await fetch(`${demo.url}/fhir/Patient/$dmp-cancel-opening`, { method: 'POST', headers: { authorization: `Bearer ${await token(who)}`, 'content-type': 'application/fhir+json' }, body });
  assert.equal(answer.status, 200, await answer.text());
}

const used = new Set();
/** The code that came to the mailbox of the demonstration. */
async function codeOfMail() {
  for (let tries = 0; tries < 200; tries += 1) {
    const mails = await (await fetch(`${demo.url}/sandbox/mailbox`)).text();
    const code = (mails.match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/g) ?? []).find((one) => !used.has(one));
    if (code) {
      used.add(code);
      return code;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return assert.fail('no mail with a code came');
}

// ---- openings -------------------------------------------------------------------------------------------------

/** The card is read: what a reader types, and Enter, are not counted. */
async function readCard(page, base, ins) {
  await page.goto(`${demo.url}${base}`);
  await page.waitForSelector('#ins:focus');
  await page.keyboard.type(`IS010000S1${ins}S4`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Words of the refusal: which caisse, and from when on. */
async function refusedUntilTheDay(page, where) {
  const words = (await where.innerText()).replace(/\s+/g, ' ');
  assert.ok(words.includes(`(${CAISSE})`) && words.includes(spoken), `the refusal names caisse and day: « ${words} »`);
}

/** With the person, before the day: the days stand there before anybody types, and the card shows nobody. */
async function tooEarly({ who, base, ins, family }) {
  const page = await visit(browser, demo.url, who, { script: false });
  await page.goto(`${demo.url}${base}`);
  const told = await page.getByRole('main').innerText();
  assert.ok(told.includes(`(${CAISSE})`) && told.includes(spoken), 'the days are told before anybody types');
  await readCard(page, base, ins);
  await refusedUntilTheDay(page, page.getByRole('alert'));
  assert.ok(!(await page.getByRole('main').innerText()).includes(family), 'nobody is shown');
  assert.equal(await page.locator('#consent').count(), 0, 'no consent is asked for');
  await page.context().close();
}

/** With the person: card, agreement, contact, paper. */
async function withPerson({ who, base, ins, reason, none, codes }) {
  const page = await visit(browser, demo.url, who, { script: false });
  const keys = counting(page);
  const began = Date.now();
  await readCard(page, base, ins);
  let screens = 2;
  await page.waitForSelector('#consent:focus');
  await keys.press('Space');
  if (reason) {
    await tabTo(page, keys, 'reason');
    await keys.type(reason);
  }
  await keys.send();
  screens += 1;
  await page.waitForSelector('[name=contact]:focus');
  if (none) await arrowTo(page, keys, 'none');
  await keys.send();
  screens += 1;
  await page.waitForURL(/\/receipt$/);
  assert.match(await page.content(), /DMP-[0-9A-F]{12}/, 'the paper has its number');
  const seconds = (Date.now() - began) / 1_000;
  await areOnPaperAlone(page, codes ? 12 : 0);
  await page.context().close();
  return { screens, keys: keys.count.keys, seconds };
}

/** Whoever stands behind the agent reads no code on the screen; the paper has them all. */
async function areOnPaperAlone(page, count) {
  const codes = page.locator('.codes li');
  assert.equal(await codes.count(), count, 'codes for the person, and for nobody else');
  assert.equal(await codes.filter({ visible: true }).count(), 0, 'the screen shows no code');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await codes.filter({ visible: true }).count(), count, 'the paper shows each code');
  await page.emulateMedia({ media: 'screen' });
}

/** By the person, on the site, up to the proofs. The code is read in their mailbox; number and serial number stand on their card. */
async function proved(handle) {
  const page = await visit(browser, demo.url, null, { script: true });
  const keys = counting(page);
  const began = Date.now();
  let screens = 1;
  await page.goto(`${demo.url}/opening`);
  const next = async (id, text) => {
    await page.evaluate(() => document.querySelector('main').focus());
    await tabTo(page, keys, id);
    if (text === ' ') await keys.press('Space');
    else if (text) await keys.type(text);
    await keys.send();
    screens += 1;
  };
  await next('nir', await insOf(handle));
  await next('code', await codeOfMail());
  await next('serial', await serialOf(handle));
  return { page, next, told: () => ({ screens, keys: keys.count.keys, seconds: (Date.now() - began) / 1_000 }) };
}

async function tooEarlyOnline(handle) {
  const { page } = await proved(handle);
  // Both proofs were good: it is no mistake of the person, and the page is about nothing else.
  await refusedUntilTheDay(page, page.getByRole('main'));
  assert.ok(!/session|journal/.test(await page.getByRole('main').innerText()), 'who has neither is not told of a session or a journal');
  assert.equal(await page.locator('#consent').count(), 0, 'no consent is asked for');
  await page.context().close();
}

async function online(handle) {
  const { page, next, told } = await proved(handle);
  await next('consent', ' ');
  await next('email');
  await next('identifier', 'victor93');
  await page.waitForURL(/\/opening\/receipt$/);
  await page.context().close();
  return told();
}

// ---- each channel ---------------------------------------------------------------------------------------------

const victor = await insOf('victor-essai');
const [PRO, COUNTER] = ['/pro/open', '/accueil/ouvrir'];
const channels = [
  ['OFFICINE', { who: 'pharmacien-essai', base: PRO, ins: victor }],
  ['INFIRMIER', { who: 'ide-modele', base: PRO, ins: victor, reason: 'toilette' }],
  ['PS_LIBERAL', { who: 'dr-cardio', base: PRO, ins: victor }],
  ['ETABLISSEMENT', { who: 'dr-hopital', base: PRO, ins: victor }],
  ['CPAM', { who: 'agent-cpam', base: COUNTER, ins: victor }],
  ['CPAM, codes', { who: 'agent-cpam', base: COUNTER, ins: victor, none: true, codes: true }],
  ['CPAM, sans courriel', { who: 'agent-cpam', base: COUNTER, ins: WITHOUT_RECORD.suzanne, family: 'PAPIER', codes: true }],
];
const [BY_PERSON, wrong] = ['EN_LIGNE (by the person)', []];
let [over, screensMost, keysMost, refused, opened] = [0, 0, 0, 0, 0];
/** What a channel does, or why it does not: the other ones go on. */
async function tried(name, run) {
  try {
    return await run();
  } catch (error) {
    wrong.push(`${name}: ${String(error.message).split('\n')[0]}`);
    return null;
  }
}

try {
  const early = new Map();
  if (!isAddress) {
    for (const [name, channel] of channels) early.set(name, await tried(`${name}, before ${spoken}`, async () => (await tooEarly({ family: 'ESSAI', ...channel }), true)));
    early.set(BY_PERSON, await tried(`${BY_PERSON}, before ${spoken}`, async () => (await tooEarlyOnline('victor-essai'), true)));
    refused = [...early.values()].filter(Boolean).length;
    moveClock(((FIRST + 1) * DAY_MS) / 1_000);
  }
  console.log(`| channel | before ${isAddress ? 'the day' : spoken} | screens | keys | seconds |\n| --- | --- | --- | --- | --- |`);
  const told = (name) => (isAddress ? 'not asked' : early.get(name) ? `refused, with caisse ${CAISSE} and day` : 'wrong');
  const line = (name, figures) => console.log(`| ${name} | ${told(name)} | ${figures ? `${figures.screens} | ${figures.keys} | ${figures.seconds.toFixed(1)}` : 'not opened | |'} |`);
  for (const [name, channel] of channels) {
    const figures = await tried(name, () => withPerson(channel));
    line(name, figures);
    if (!figures) continue;
    opened += 1;
    await cancel(channel.who, channel.ins);
    if (figures.screens > SCREENS_MOST || figures.keys > KEYS_MOST) over += 1;
    screensMost = Math.max(screensMost, figures.screens);
    keysMost = Math.max(keysMost, figures.keys);
  }
  const figures = await tried(BY_PERSON, () => online('victor-essai'));
  if (figures) opened += 1;
  line(BY_PERSON, figures);
} finally {
  await demo.stop();
  await where.close();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const one of wrong) console.log(one);
console.log(`opening-screens-most ${screensMost}`);
console.log(`opening-keys-most ${keysMost}`);
console.log(`opening-refused-before ${refused}`);
console.log(`opening-opened-after ${opened}`);
console.log(`opening-over ${over}`);
console.log(`opening-wrong ${wrong.length}`);
process.exitCode = over + wrong.length > 0 ? 1 : 0;
