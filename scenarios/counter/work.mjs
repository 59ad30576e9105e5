// What is done with a person who stands there: opening a record in a pharmacy or at the counter, and the other tasks of the counter. Each journey
// leaves the demonstration as it was where it can: an opening is taken back.
import assert from 'node:assert/strict';
import { at, button, check, choose, fill, heading, isDone, link, sees, seesNot, send, tick } from '../person/steps.mjs';

/** They have no record, and stand in the insurer's registry of a demonstration alone. */
export const WITHOUT_RECORD = { suzanne: '251049900000129', hugo: '184069900000245' };
const MENU = { role: 'navigation', name: /Menu de l.accueil/ };
const MAIN = { role: 'main' };

const insOf = async (page, handle) => (await (await page.request.get(`${page.site}/sandbox/identities`)).json()).find((one) => one.name === handle).ins;
const card = (label, handle) => check(`la carte de ${handle} est lue`, async (page) => page.getByLabel(label).fill(await insOf(page, handle)));
const fresh = async () => {};
const agent = { who: 'agent-cpam', before: fresh };
const NUMBER = 'Numéro de la personne';
const opens = (words) => [
  card(NUMBER, 'victor-essai'), send('Continuer'), sees('Victor ESSAI'), sees(/Rien ne vous oblige/),
  check('le consentement n’est jamais coché d’avance', async (page) => assert.equal(await page.locator('#consent').isChecked(), false)),
  check('les deux premiers choix d’urgence le sont, le troisième non', async (page) =>
    assert.deepEqual(await Promise.all(['#regulation_centre', '#break_glass', '#masked_in_emergency'].map((box) => page.locator(box).isChecked())), [true, true, false])),
  tick(/elle accepte que son dossier/), ...words, send(/Elle accepte/), heading(/joindre/),
];
const takesBack = [button(/Annuler cette ouverture/), isDone];

export default [
  {
    name: 'open-pharmacy', who: 'pharmacien-essai', item: 'Ouvrir un dossier à l’officine', before: fresh, from: '/pro/open', once: true,
    steps: [...opens([]), send('Ouvrir le dossier'), at('/pro/open/receipt'), sees(/DMP-/), sees(/en pharmacie/)],
    then: takesBack,
  },
  {
    name: 'open-nurse', who: 'ide-modele', item: 'Ouvrir un dossier, par un infirmier', before: fresh, from: '/pro/open', once: true,
    steps: [...opens([fill(/perte d.autonomie/, 'toilette, repas')]), send('Ouvrir le dossier'), at('/pro/open/receipt'), sees(/cabinet infirmier/)],
    then: takesBack,
  },
  { name: 'open-refused', who: 'pharmacien-essai', item: 'La personne refuse', before: fresh, from: '/pro/open', steps: [card(NUMBER, 'victor-essai'), send('Continuer'), send('La personne refuse'), heading(/Aucun dossier/), sees(/noté nulle part/)] },
  { name: 'open-unticked', who: 'pharmacien-essai', item: 'Sans accord, rien ne s’ouvre', before: fresh, from: '/pro/open', steps: [card(NUMBER, 'victor-essai'), send('Continuer'), send(/Elle accepte/), sees(/Cochez la case si la personne accepte/)] },
  { name: 'open-exists', who: 'pharmacien-essai', item: 'Elle a déjà un dossier', before: fresh, from: '/pro/open', steps: [card(NUMBER, 'claire-exemple'), send('Continuer'), tick(/elle accepte que son dossier/), send(/Elle accepte/), sees(/a déjà un dossier/)] },
  { name: 'counter-home', ...agent, item: 'Accueil de la caisse', from: '/accueil', steps: [heading('Que demande la personne ?'), sees(/ne montre rien de la santé/)] },
  { name: 'counter-explain', ...agent, item: 'Expliquer en une minute', from: '/accueil', steps: [link(/Expliquer/, MAIN), at('/accueil/expliquer'), heading(/en une minute/)] },
  {
    name: 'counter-open', ...agent, item: 'Ouvrir au guichet, sans courriel ni mobile : codes imprimés', from: '/accueil', once: true,
    steps: [link(/^Ouvrir un dossier/, MAIN), ...opens([]), choose(/ni adresse électronique ni mobile/), send('Ouvrir le dossier'), at('/accueil/ouvrir/receipt'), sees(/Codes pour se connecter/), check('douze codes', async (page) => assert.equal(await page.locator('.codes li').count(), 12))],
    then: [link('Mes actes du jour', MENU), sees('Victor ESSAI'), ...takesBack, sees('Ouverture annulée')],
  },
  { name: 'counter-refused', ...agent, item: 'Noter un refus', from: '/accueil/ouvrir', steps: [check('la carte est lue', (page) => page.getByLabel(NUMBER).fill(WITHOUT_RECORD.suzanne)), send('Continuer'), send('La personne refuse'), sees(/refus est noté/)] },
  {
    name: 'counter-codes', ...agent, item: 'Imprimer des codes', from: '/accueil',
    steps: [link(/^Imprimer des codes/, MAIN), card(NUMBER, 'ines-imaginaire'), send('Continuer'), tick(/devant moi/), tick(/pièce d.identité/), tick(/date de naissance/), tick(/me le demande/), send(/Faire la feuille/), at('/accueil/feuille'), check('douze codes', async (page) => assert.equal(await page.locator('.codes li').count(), 12))],
  },
  {
    name: 'counter-unblock', ...agent, item: 'Débloquer une connexion', from: '/accueil',
    steps: [link(/^Débloquer une connexion/, MAIN), card(NUMBER, 'ines-imaginaire'), send('Continuer'), send(/Faire la feuille/), sees(/Cochez les trois vérifications/)],
  },
  {
    name: 'counter-rights', ...agent, item: 'Tout masquer à la demande de la personne', from: '/accueil', once: true,
    steps: [link(/^Bloquer, masquer/, MAIN), card(NUMBER, 'ines-imaginaire'), send('Continuer'), choose(/^Masquer tous/), tick(/devant moi/), tick(/pièce d.identité/), tick(/date de naissance/), tick(/me le demande/), send(/Enregistrer son choix/), at('/accueil/fait'), heading('Tout masqué')],
  },
  {
    name: 'counter-close', ...agent, item: 'Fermer un dossier', from: '/accueil', once: true,
    steps: [link(/^Fermer un dossier/, MAIN), card(NUMBER, 'ines-imaginaire'), send('Continuer'), sees(/gardé, chiffré, pendant dix ans/), tick(/devant moi/), tick(/pièce d.identité/), tick(/date de naissance/), tick(/me le demande/), send('Continuer'), heading('Dernière question'), seesNot(/Dossier fermé/), send(/Oui, fermer/), at('/accueil/fait'), heading('Dossier fermé')],
  },
  { name: 'counter-journal', ...agent, item: 'Mes actes du jour', from: '/accueil', steps: [link('Mes actes du jour', MENU), at('/accueil/journal'), sees(/sans rien de la santé/)] },
];
