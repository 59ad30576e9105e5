// How many screens, key presses and seconds an opening takes, for each channel. The keyboard alone is used. Screens and keys of an opening with the
// person are counted from the moment after the reader has typed the card; they may be four and twenty-five. Online the person types for themself: its
// figures are told and bound to nothing.
//
//     npm ci --prefix .. && node opening.mjs PROGRAM|URL
import assert from 'node:assert/strict';
import { place } from '../person/demo.mjs';
import { launch, visit } from '../person/site.mjs';
import { WITHOUT_RECORD } from './work.mjs';

const [SCREENS_MOST, KEYS_MOST] = [4, 25];
const given = process.argv[2];
if (!given) throw new Error('usage: node opening.mjs PROGRAM|URL');

const browser = await launch();
const where = await place(given, browser, { atOnce: true });
const demo = await where.fresh();

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
const focused = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
async function tabTo(page, keys, id) {
  for (let tries = 0; tries < 12; tries += 1) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    await keys.press('Tab');
  }
  assert.fail(`Tab never reaches ${id}`);
}

const token = async (who) => (await fetch(`${demo.url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: who }) })).text();
const insOf = async (handle) => (await (await fetch(`${demo.url}/sandbox/identities`)).json()).find((one) => one.name === handle).ins;

/** Takes the opening back, so that the next channel finds nobody's record. */
async function cancel(who, ins) {
  const body = JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'identifier', valueIdentifier: { system: 'urn:oid:1.2.250.1.213.1.4.10', value: ins } }] });
  const answer = await fetch(`${demo.url}/fhir/Patient/$dmp-cancel-opening`, { method: 'POST', headers: { authorization: `Bearer ${await token(who)}`, 'content-type': 'application/fhir+json' }, body });
  assert.equal(answer.status, 200, await answer.text());
}

/** With the person: card, agreement, contact, paper. */
async function withPerson({ who, base, ins, reason, none }) {
  const page = await visit(browser, demo.url, who, { script: false });
  await page.goto(`${demo.url}${base}`);
  const keys = counting(page);
  const began = Date.now();
  await page.waitForSelector('#ins:focus');
  await page.keyboard.type(`IS010000S1${ins}S4`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  let screens = 2;
  await focusedWithoutScript(page, 'consent');
  await keys.press('Space');
  if (reason) {
    for (let tab = 0; tab < 12 && !(await page.locator('#reason:focus').count()); tab += 1) await keys.press('Tab');
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
  await page.context().close();
  return { screens, keys: keys.count.keys, seconds };
}
const focusedWithoutScript = (page, id) => page.waitForSelector(`#${id}:focus`);
async function arrowTo(page, keys, value) {
  for (let tries = 0; tries < 4 && !(await page.locator(`[name=contact][value=${value}]:checked`).count()); tries += 1) await keys.press('ArrowDown');
  assert.equal(await page.locator(`[name=contact][value=${value}]:checked`).count(), 1, `${value} is reached by arrows`);
}

/** By the person, on the site. The code is read in their mailbox; number and serial number stand on their card. */
async function online(handle) {
  const ins = await insOf(handle);
  const page = await visit(browser, demo.url, null, { script: true });
  const keys = counting(page);
  const began = Date.now();
  let screens = 1;
  await page.goto(`${demo.url}/opening`);
  const next = async (id, text) => {
    await tabFrom(page, keys, id);
    if (text) await keys.type(text);
    await keys.send();
    screens += 1;
  };
  await next('nir', ins);
  let code;
  for (let tries = 0; !code && tries < 200; tries += 1) {
    const mails = await (await fetch(`${demo.url}/sandbox/mailbox`)).text();
    code = mails.match(/[A-Z0-9]{5}-[A-Z0-9]{5}/)?.[0];
    if (!code) await new Promise((done) => setTimeout(done, 50));
  }
  await next('code', code);
  const serial = String(8_000_000_000 + Number(await placeOf(handle)));
  await next('serial', serial);
  await tabFrom(page, keys, 'consent');
  await keys.press('Space');
  await keys.send();
  screens += 1;
  await next('email');
  await next('identifier', 'victor93');
  await page.waitForURL(/\/opening\/receipt$/);
  const seconds = (Date.now() - began) / 1_000;
  await page.context().close();
  return { screens, keys: keys.count.keys, seconds };
}
async function tabFrom(page, keys, id) {
  await page.evaluate(() => document.querySelector('main').focus());
  await tabTo(page, keys, id);
}
/** The place of a person among the identities of the sandbox is their number in the town. */
const placeOf = async (handle) => (await (await fetch(`${demo.url}/sandbox/identities`)).json()).findIndex((one) => one.name === handle);

const victor = await insOf('victor-essai');
const channels = [
  ['OFFICINE', { who: 'pharmacien-essai', base: '/pro/open', ins: victor }],
  ['INFIRMIER', { who: 'ide-modele', base: '/pro/open', ins: victor, reason: 'toilette' }],
  ['PS_LIBERAL', { who: 'dr-cardio', base: '/pro/open', ins: victor }],
  ['ETABLISSEMENT', { who: 'dr-hopital', base: '/pro/open', ins: victor }],
  ['CPAM', { who: 'agent-cpam', base: '/accueil/ouvrir', ins: victor }],
  ['CPAM, codes', { who: 'agent-cpam', base: '/accueil/ouvrir', ins: victor, none: true }],
  ['CPAM, sans courriel', { who: 'agent-cpam', base: '/accueil/ouvrir', ins: WITHOUT_RECORD.suzanne }],
];
let over = 0;
console.log('| channel | screens | keys | seconds |\n| --- | --- | --- | --- |');
const line = (name, { screens, keys, seconds }) => console.log(`| ${name} | ${screens} | ${keys} | ${seconds.toFixed(1)} |`);
let [screensMost, keysMost] = [0, 0];
try {
  for (const [name, channel] of channels) {
    const figures = await withPerson(channel);
    line(name, figures);
    await cancel(channel.who, channel.ins);
    if (figures.screens > SCREENS_MOST || figures.keys > KEYS_MOST) over += 1;
    screensMost = Math.max(screensMost, figures.screens);
    keysMost = Math.max(keysMost, figures.keys);
  }
  line('EN_LIGNE (by the person)', await online('victor-essai'));
} finally {
  await demo.stop();
  await where.close();
  await browser.close();
}
console.log(`opening-screens-most ${screensMost}`);
console.log(`opening-keys-most ${keysMost}`);
console.log(`opening-over ${over}`);
process.exitCode = over > 0 ? 1 : 0;
