// Invitations by campaign, from both sides: one agent proposes and another confirms; whoever was written to opens, refuses, or says « not now » with the
// code of their mail. Of a whole run these journeys are the last: they end with a record that stays open.
import assert from 'node:assert/strict';
import { at, button, check, fill, heading, isDone, link, sees, seesNot, send, tick } from '../person/steps.mjs';
import { signIn } from '../person/site.mjs';
import { WITHOUT_RECORD } from './work.mjs';

const MAIN = { role: 'main' };
const HOME = '/accueil';
const PAGE = '/accueil/campagnes';
/** How long the program may rest before it writes to people whose campaign was confirmed. */
const MAIL_MS = 60_000;
const fresh = async () => {};
const agent = { who: 'agent-cpam', before: fresh };

const identities = async (page) => (await page.request.get(`${page.site}/sandbox/identities`)).json();
const insOf = async (page, handle) => (await identities(page)).find((one) => one.name === handle).ins;
/** The place of a person among the identities of the sandbox is their number in the town, and the last figures of their card. */
const serialOf = async (page, handle) => String(8_000_000_000 + (await identities(page)).findIndex((one) => one.name === handle));

/** Each name once, however often a journey is played. */
let campaigns = 0;
const named = (words) => `${words} n° ${(campaigns += 1)}.`;
/** What is said of one campaign. */
const card = (page) => page.locator('article').filter({ has: page.getByRole('heading', { name: page.campaign }) });
const says = (words, text) => check(words, (page) => card(page).getByText(text).waitFor());
const offersNot = (name) => check(`la campagne n’offre pas ${name}`, async (page) => assert.equal(await card(page).getByRole('button', { name }).count(), 0));
const press = (name, words) => check(words, (page, hands) => hands.press(page, card(page).getByRole('button', { name })));
const name = (words) => [check('un nom de plus', (page) => { page.campaign = named(words); }), check('écrire le nom', (page, hands) => hands.fill(page, page.getByLabel(/^Nom de la campagne/), page.campaign))];
const numbers = (...all) => check('coller la liste', async (page, hands) => hands.fill(page, page.getByLabel(/^Numéros/), (await Promise.all(all.map((one) => (/^\d/.test(one) ? one : insOf(page, one))))).join('\n')));
const another = check('un autre agent se connecte', async (page) => {
  await page.context().clearCookies();
  await signIn(page, 'agent-verif');
  await page.goto(`${page.site}${PAGE}`);
});
const proposes = (words, ...list) => [link(/^Inviter par lettre/, MAIN), at(PAGE), ...name(words), numbers(...list), send('Proposer'), isDone];
const showsNoNumber = check('aucun numéro n’est montré', async (page) => {
  const shown = await page.getByRole('main').innerText();
  for (const ins of [await insOf(page, 'victor-essai'), ...Object.values(WITHOUT_RECORD)]) assert.ok(!shown.includes(ins) && !shown.includes(ins.slice(0, 13)), 'a number is on the page');
});

// ---- who was written to ---------------------------------------------------------------------------------------

const codes = new Map();
/** The codes of a campaign that two agents sent before, by whom they went to. */
async function invited(page) {
  if (!codes.has(page.site)) codes.set(page.site, await written(page));
  return codes.get(page.site);
}
async function written(page) {
  const context = await page.context().browser().newContext({ locale: 'fr-FR' });
  const agents = await context.newPage();
  agents.site = page.site;
  agents.campaign = named('Sans dossier');
  await signIn(agents, 'agent-cpam');
  await agents.goto(`${page.site}${PAGE}`);
  await agents.getByLabel(/^Nom de la campagne/).fill(agents.campaign);
  await agents.getByLabel(/^Numéros/).fill([await insOf(page, 'victor-essai'), WITHOUT_RECORD.hugo].join('\n'));
  await Promise.all([agents.waitForNavigation(), agents.getByRole('button', { name: 'Proposer' }).click()]);
  await another.run(agents);
  await Promise.all([agents.waitForNavigation(), card(agents).getByRole('button', { name: /^Confirmer/ }).click()]);
  const found = {};
  const until = Date.now() + MAIL_MS;
  while (Object.keys(found).length < 2) {
    assert.ok(Date.now() < until, `invitations came to ${Object.keys(found).join(', ') || 'nobody'}`);
    for (const who of ['victor', 'hugo']) {
      const code = await codeTo(page, who);
      if (code) found[who] = code;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  await context.close();
  return found;
}
/** The code of the invitation in the mailbox of the demonstration. */
async function codeTo(page, who) {
  const html = await (await page.request.get(`${page.site}/sandbox/mailbox`)).text();
  const mail = html.split('<article').find((one) => one.includes('/invitation') && one.includes(`${who}.`));
  return mail?.match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/)?.[0];
}
const person = { who: null, before: async (page) => { page.codes = await invited(page); await page.goto(`${page.site}/invitation`); }, once: true };
const proves = (who, ins) => [
  check('écrire le numéro', async (page, hands) => hands.fill(page, page.getByLabel(/sécurité sociale/), ins ?? (await insOf(page, 'victor-essai')))), send(/déjà un code/), at('/opening/code'),
  check('écrire le code de l’invitation', (page, hands) => hands.fill(page, page.getByLabel(/code que vous avez/), page.codes[who])), send('Continuer'),
];

export default [
  {
    name: 'campaign-propose', ...agent, item: 'Proposer une campagne, que soi-même ne confirme pas', from: HOME,
    steps: [...proposes('Pilote', 'victor-essai', WITHOUT_RECORD.suzanne), says('elle attend quelqu’un d’autre', 'attend un autre agent'), offersNot('Confirmer'), showsNoNumber],
    then: [press('Arrêter', 'arrêter la campagne'), isDone, says('elle est arrêtée', 'arrêtée'), offersNot('Arrêter')],
  },
  {
    name: 'campaign-confirm', ...agent, item: 'Un second agent confirme, puis arrête', from: HOME, once: true,
    steps: [
      ...proposes('Confirmée', WITHOUT_RECORD.suzanne), another, says('elle l’attend', 'attend votre confirmation'), press('Confirmer', 'confirmer l’envoi'), isDone, says('elle court', 'en cours'),
      says('ce qu’il en est, en nombres', /^à envoyer/), offersNot('Confirmer'), showsNoNumber,
    ],
    then: [press('Arrêter', 'arrêter la campagne'), isDone, says('elle est arrêtée', 'arrêtée'), seesNot(/Suzanne/)],
  },
  {
    name: 'campaign-wrong-list', ...agent, item: 'Une liste avec des lignes fausses', from: HOME,
    steps: [link(/^Inviter par lettre/, MAIN), ...name('Fausse'), numbers(WITHOUT_RECORD.suzanne, '123', '258033523890053'), send('Proposer'), sees(/ne sont pas des numéros complets.* 2, 3/), check('ce qui était écrit reste', async (page) => {
      assert.equal(await page.getByLabel(/^Nom de la campagne/).inputValue(), page.campaign);
      assert.match(await page.getByLabel(/^Numéros/).inputValue(), /123/);
    })],
  },
  { name: 'campaign-no-name', ...agent, item: 'Une campagne sans nom', from: HOME, steps: [link(/^Inviter par lettre/, MAIN), numbers(WITHOUT_RECORD.suzanne), send('Proposer'), sees(/Donnez un nom/)] },
  {
    name: 'invited-choices', ...person, item: 'Trois réponses, sans rien savoir de la personne',
    steps: [heading(/invitation/), sees(/gratuit/), check('trois réponses de même taille', async (page) => assert.equal(await page.getByRole('main').locator('.panel a.button').count(), 3)), sees(/ne change rien à vos soins/)],
  },
  {
    name: 'invited-not-now', ...person, item: 'Pas maintenant', steps: [
      link(/^Pas maintenant/, MAIN), at('/opening'), ...proves('hugo', WITHOUT_RECORD.hugo), at('/opening/not-now'), send(/Ne plus m.écrire pendant un an/), heading('C\'est noté'),
    ],
  },
  {
    name: 'invited-refuse', ...person, item: 'Je n’en veux pas, puis j’ai changé d’avis', steps: [
      link(/^Je n.en veux pas/, MAIN), at('/opening'), ...proves('victor'), at('/opening/refuse'), button(/^Je refuse l.ouverture/), heading(/refus est noté/),
    ],
    then: [
      button(/changé d.avis/), check('écrire le numéro de série', async (page, hands) => hands.fill(page, page.getByLabel(/numéro de série/), await serialOf(page, 'victor-essai'))), send('Continuer'),
      tick(/j.ai compris/i), send('Continuer'), sees(/étape 3/i), send('Continuer'), sees(/étape 4/i), fill(/votre identifiant/i, 'victor.jules'), send(/^Ouvrir mon dossier/), heading(/accusé/i),
    ],
  },
];
