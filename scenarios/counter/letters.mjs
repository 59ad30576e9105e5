// An invitation on paper, from the list to the record: two agents send a campaign, `dmp letters` writes what goes into the envelope, and the person
// opens their record with the code that they read there. The letter fits one page, holds no number and no word of anybody's health, and axe finds
// nothing in it.
//
//     npm ci --prefix .. && node letters.mjs PROGRAM
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../person/demo.mjs';
import { axe, launch, signIn, visit } from '../person/site.mjs';
import { WITHOUT_RECORD } from './work.mjs';

const CAMPAIGN = 'Par lettre';
/** The card of Suzanne, who has no mailbox. */
const SERIAL = '9000000101';
/** How long the program may rest before it writes to people whose campaign was confirmed. */
const WRITES_MS = 60_000;
/** It looks for answers once an hour. */
const LOOKS_SECONDS = 3_700;
const [program] = process.argv.slice(2);
if (!program) throw new Error('usage: node letters.mjs PROGRAM');

const root = mkdtempSync(join(tmpdir(), 'dmp-letters-'));
const shift = join(root, 'shift');
/** The server reads the file at each question: it is replaced at once. */
function moveClock(seconds) {
  writeFileSync(`${shift}.new`, String(seconds));
  renameSync(`${shift}.new`, shift);
}
moveClock(0);
const served = () => serve(program, root, ['--demo', '--patients', '2', '--clock-shift', shift]);
const browser = await launch();
const wrong = [];
const must = (holds, words) => holds || wrong.push(words);
/** Presses what this name leads by, and waits for the page. */
const press = (page, name, role = 'button') => Promise.all([page.waitForNavigation(), page.getByRole('main').getByRole(role, { name }).first().click()]);

/** One agent proposes, another confirms, and the program writes. */
async function sent(url) {
  for (const who of ['agent-cpam', 'agent-verif']) {
    const page = await visit(browser, url, who);
    await page.goto(`${url}/accueil/campagnes`);
    if (who === 'agent-cpam') {
      await page.getByLabel(/^Nom de la campagne/).fill(CAMPAIGN);
      await page.getByLabel(/^Numéros/).fill(WITHOUT_RECORD.suzanne);
      await press(page, 'Proposer');
    } else {
      await press(page, /^Confirmer/);
      for (const until = Date.now() + WRITES_MS; !/envoyées, sans réponse\s*: 1/.test(await page.getByRole('main').innerText()); ) {
        assert.ok(Date.now() < until, 'the letter was never written');
        await page.waitForTimeout(500);
        await page.reload();
      }
    }
    await page.context().close();
  }
}

/** What goes into the envelope, and the code in it. */
async function letter(url) {
  const out = join(root, 'out');
  execFileSync(program, ['--log', 'off', 'letters', '--data', join(root, 'data'), '--out', out, '--base-url', url]);
  const files = readdirSync(out).filter((name) => name.endsWith('.html'));
  assert.equal(files.length, 1, `one letter, not ${files.length}`);
  const page = await (await browser.newContext()).newPage();
  await page.goto(pathToFileURL(join(out, files[0])).href);
  const text = (await page.innerText('body')).replace(/\s+/g, ' ');
  const code = text.match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/)?.[0];
  must(code, 'the letter has no code');
  must(/Suzanne PAPIER-FICTIF/.test(text) && /35999/.test(text), 'the letter has no address');
  must(text.includes(`${url}/invitation`), 'the letter does not say where to answer');
  must(/pas obligatoire/.test(text) && /refuser/.test(text) && /répondre plus tard/.test(text), 'the letter does not say the three answers');
  must(/accueil de votre caisse/.test(text), 'the letter does not say what who has no computer does');
  must(!readFileSync(join(out, files[0]), 'utf8').includes(WITHOUT_RECORD.suzanne.slice(0, 13)), 'the letter holds the number of the person');
  const pages = (String(await page.pdf({ format: 'A4' })).match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  must(pages === 1, `the letter has ${pages} pages`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { 'landmark-one-main': { enabled: false }, region: { enabled: false }, 'page-has-heading-one': { enabled: false } } }));
  for (const one of violations) wrong.push(`axe: ${one.id}`);
  await page.context().close();
  return code;
}

/** The person answers: with the code of the letter and their card. */
async function opens(url, code) {
  const page = await visit(browser, url, null);
  await page.goto(`${url}/invitation`);
  await press(page, /^Ouvrir mon dossier/, 'link');
  await page.getByLabel(/sécurité sociale/).fill(WITHOUT_RECORD.suzanne);
  await press(page, /déjà un code/);
  await page.getByLabel(/code que vous avez/).fill(code);
  await press(page, 'Continuer');
  await page.getByLabel(/numéro de série/).fill(SERIAL);
  await press(page, 'Continuer');
  await page.getByLabel(/j.ai compris/i).check();
  await press(page, 'Continuer');
  await press(page, 'Continuer');
  await page.getByLabel(/votre identifiant/i).fill('suzanne.papier');
  await press(page, /^Ouvrir mon dossier/);
  must(/\/opening\/receipt$/.test(new URL(page.url()).pathname), `the record is not open: ${new URL(page.url()).pathname}`);
  for (const one of new Set(page.trouble)) wrong.push(one);
  await page.context().close();
}

/** The campaign tells that one record was opened, and not whose. */
async function counted(url) {
  const page = await visit(browser, url, null);
  await signIn(page, 'agent-cpam');
  await page.goto(`${url}/accueil/campagnes`);
  for (const until = Date.now() + WRITES_MS; !/dossiers ouverts\s*: 1/.test(await page.getByRole('main').innerText()); ) {
    if (Date.now() > until) return wrong.push('the campaign does not tell that a record was opened');
    await page.waitForTimeout(500);
    await page.reload();
  }
  must(!/Suzanne|PAPIER/i.test(await page.getByRole('main').innerText()), 'the campaign tells whose record was opened');
  return page.context().close();
}

try {
  const first = await served();
  await sent(first.url);
  await first.stop();
  const code = await letter(first.url);
  const again = await served();
  await opens(again.url, code);
  moveClock(LOOKS_SECONDS);
  await counted(again.url);
  await again.stop();
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}
for (const one of wrong) console.log(one);
console.log(`letters-wrong ${wrong.length}`);
process.exitCode = wrong.length ? 1 : 0;
