// The questions of a consultation, each asked of a patient who was just opened: how many activations and how long until the answer shows.
// Beside them the same questions by the list of documents alone: each document of the kind is opened, newest first, until its text answers.
//
//     npm ci --prefix .. && node questions.mjs URL|PROGRAM
import { place } from '../person/demo.mjs';
import { launch } from '../person/site.mjs';
import { atPatient } from './site.mjs';

const ACTIVATIONS_MOST = 2;
const SECONDS_MOST = 5;
/** Documents opened by the list before one gives up. */
const OPENED_MOST = 25;

const block = (page, id) => page.locator(`section[aria-labelledby=s-${id}]`);

/** Each: what answers on the first screen, and by which words a document of the list would. */
const QUESTIONS = [
  { asked: 'Des allergies ?', ask: async (page) => (await block(page, 'allergies').locator('li, .denial').first().textContent()), words: /allerg/i },
  {
    asked: 'Sous anticoagulant ?',
    // Present or absent, the current treatments say it: they stand whole on the screen, or one press away.
    ask: async (page, press) => {
      const all = block(page, 'treatments').locator('.more-of a');
      if (await all.count()) {
        await press(all);
        return page.locator('section[aria-labelledby=s-treatments]').textContent();
      }
      return block(page, 'treatments').textContent();
    },
    words: /anticoagulant|apixaban|rivaroxaban|dabigatran|fluindione|warfarine|acénocoumarol|eliquis|xarelto/i,
  },
  { asked: 'Dernière créatinine, et sa tendance ?', ask: async (page) => block(page, 'values').locator('li', { hasText: /Créatinine/ }).filter({ hasText: /\d/ }).first().textContent(), words: /cr[ée]atinin/i, topic: 'laboratory', twice: true },
  {
    asked: 'Dernière lettre de l’hôpital ?',
    ask: async (page, press) => {
      const words = /lettre de liaison|hospital|urgences|opératoire/i;
      const onScreen = page.locator('section[aria-labelledby=s-reports] li').filter({ hasText: words });
      if (await onScreen.count()) {
        await press(onScreen.first().getByRole('link').first());
      } else {
        await press(page.getByRole('navigation', { name: /Pages du dossier/ }).getByRole('link', { name: 'Chronologie' }));
        await press(page.getByRole('main').getByRole('link', { name: words }).first());
      }
      return page.locator('#pane').textContent();
    },
    words: /service des urgences|passage aux urgences|centre hospitalier|lettre de liaison/i,
  },
  { asked: 'Vacciné contre le tétanos ?', ask: async (page) => block(page, 'vaccines').getByText(/t[ée]tanos|dTP|Rappel dipht[ée]rie/i).first().textContent(), words: /t[ée]tanos/i, topic: 'vaccines' },
  { asked: 'Qui suit le diabète ?', ask: async (page) => block(page, 'team').locator('li', { hasText: /diab|endocrino/i }).first().textContent(), words: /diab/i },
];

const seconds = (from) => (performance.now() - from) / 1_000;

async function onScreen(page, question) {
  let activations = 0;
  const from = performance.now();
  const press = async (control) => {
    activations += 1;
    await control.click();
    await page.waitForLoadState('domcontentloaded');
  };
  const answer = (await question.ask(page, press)).replace(/\s+/g, ' ').trim();
  if (!answer) throw new Error(`${question.asked} no answer`);
  return { activations, seconds: seconds(from), answer };
}

/** The list, then one document after the other, until the words are there. A trend needs two of them. */
async function byList(page, question) {
  let activations = 1;
  const from = performance.now();
  const base = page.url().split(/[?#]/)[0];
  await page.goto(`${base}/documents${question.topic ? `?topic=${question.topic}` : ''}`);
  if (question.topic) activations += 1;
  const links = await page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.href));
  let found = 0;
  for (const href of links.slice(0, OPENED_MOST)) {
    activations += 1;
    await page.goto(href);
    const text = (await page.locator('#pane').textContent()) ?? '';
    if (question.words.test(text) && (found += 1) >= (question.twice ? 2 : 1)) return { activations, seconds: seconds(from) };
  }
  return { activations, seconds: seconds(from), none: true };
}

const browser = await launch();
const rows = [];
const wrong = [];
try {
  const where = await place(process.argv[2] ?? '', browser);
  const demo = await where.fresh();
  for (const question of QUESTIONS) {
    const page = await atPatient(browser, demo.url, 'dr-fictif', { script: false });
    const first = page.url().split('?')[0];
    let row;
    try {
      row = await onScreen(page, question);
      if (row.activations > ACTIVATIONS_MOST || row.seconds > SECONDS_MOST) wrong.push(question.asked);
    } catch (error) {
      row = { activations: Infinity, seconds: Infinity, answer: String(error.message).split('\n')[0] };
      wrong.push(question.asked);
    }
    await page.goto(first);
    rows.push({ question, row, list: await byList(page, question) });
    await page.context().close();
  }
  await demo.stop();
  await where.close();
} finally {
  await browser.close();
}
console.log('| question | activations | seconds | by the list: activations | seconds | answer |\n| --- | --- | --- | --- | --- | --- |');
for (const { question, row, list } of rows) {
  console.log(`| ${question.asked} | ${row.activations} | ${row.seconds.toFixed(2)} | ${list.activations}${list.none ? ', without an answer' : ''} | ${list.seconds.toFixed(2)} | ${row.answer.slice(0, 90)} |`);
}
for (const one of wrong) console.log(`not answered in time: ${one}`);
console.log(`questions-activations-most ${Math.max(...rows.map(({ row }) => row.activations))}`);
console.log(`questions-seconds-most ${Math.max(...rows.map(({ row }) => row.seconds)).toFixed(2)}`);
console.log(`list-activations-most ${Math.max(...rows.map(({ list }) => list.activations))}`);
console.log(`list-not-answered ${rows.filter(({ list }) => list.none).length}`);
process.exitCode = wrong.length ? 1 : 0;
