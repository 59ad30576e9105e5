// Adding, settings, leaving with one's data, help.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { at, button, check, choose, download, file, fill, fold, heading, isDone, link, offers, pick, sees, send, tick } from '../steps.mjs';

const MENU = { role: 'navigation', name: /menu/i };
const MAIN = { role: 'main' };
const settings = link(/Mes réglages/, MENU);
const add = [link(/Mes documents/, MENU), link(/^Ajouter/, MAIN)];

/** A small text file, as somebody would add it. */
const NOTE = { name: 'Ordonnance scannée.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') };

export default [
  { name: 'add-hub', page: '/add', item: 'Ajouter', steps: [...add, at('/add'), sees(/photo/i), sees(/allergie/i)] },
  { name: 'add-file', page: '/add', item: 'Ajouter un fichier', steps: [...add, link(/fichier|document/i, MAIN), file(/fichier|document/i, NOTE), send(/^(Continuer|Enregistrer|Ajouter)/)] },
  { name: 'add-allergy', page: '/add', item: 'Ajouter une allergie', steps: [...add, link(/allergie/i, MAIN), fill(/allergi|quoi/i, 'Pollen de bouleau'), send(/^(Continuer|Enregistrer|Ajouter)/)] },
  { name: 'add-measure', page: '/add', item: 'Ajouter une mesure', steps: [...add, link(/mesure/i, MAIN), offers('button', /^(Continuer|Enregistrer|Ajouter)/)] },
  { name: 'add-directive', page: '/add', item: 'Écrire mes directives', steps: [...add, link(/directives/i, MAIN), offers('button', /^(Continuer|Enregistrer|Ajouter)/)] },
  { name: 'add-contact', page: '/add', item: 'Une personne à prévenir', steps: [...add, link(/prévenir/i, MAIN), offers('button', /^(Continuer|Enregistrer|Ajouter)/)] },
  { name: 'settings-hub', page: '/settings', item: 'Mes réglages', steps: [settings, at('/settings'), sees(/télécharger/i), sees(/fermer/i)] },
  {
    name: 'settings-notices', page: '/notices', item: 'Comment être prévenu',
    steps: [settings, link(/messages|prévenu|notification/i, MAIN), tick(/un professionnel lit un document/), send(/^Enregistrer/), isDone],
    then: [check('le choix est gardé', async (page) => assert.ok(await page.getByLabel(/un professionnel lit un document/).isChecked())), tick(/un professionnel lit un document/, false), send(/^Enregistrer/), isDone],
  },
  { name: 'settings-sign-in', page: '/settings/signin', item: 'Mes moyens de connexion', steps: [settings, link(/connexion|connecter/i, MAIN), at('/settings/signin'), sees(/clé d.accès/i)] },
  {
    name: 'settings-language', page: '/', item: 'Lire le site en anglais',
    steps: [button('English')],
    then: [check('la page est en anglais', async (page) => assert.equal(await page.locator('html').getAttribute('lang'), 'en')), button('Français')],
  },
  {
    name: 'settings-display', page: '/settings', item: 'Affichage sombre',
    steps: [settings, link(/affichage/i, MAIN), choose(/sombre/i), send(/^(Enregistrer|Appliquer)/), isDone],
    then: [check('le fond est sombre', async (page) => {
      const [red, green, blue] = (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/g).map(Number);
      assert.ok(red + green + blue < 200, `ground ${red} ${green} ${blue}`);
    })],
  },
  {
    name: 'download-all', page: '/download', item: 'Tout télécharger',
    steps: [settings, link(/tout télécharger/i, MAIN), download(/télécharger/i, 'button')],
    then: [check('une archive arrive', async (page) => assert.ok(statSync(page.brought.path).size > 1_000, 'the archive is not empty'))],
  },
  { name: 'close', page: '/close', who: 'paul-prototype', item: 'Fermer mon dossier', once: true, steps: [settings, link(/fermer/i, MAIN), sees(/dix ans/i)] },
  { name: 'help', page: '/help', item: 'Aide', steps: [link(/^Aide/i), at('/help'), sees(/guichet|téléphone/i)] },
  { name: 'easy', page: '/easy', item: 'Facile à lire', steps: [link(/facile à lire/i), at(/^\/easy/)] },
  { name: 'accessibility', page: '/accessibility', item: 'Accessibilité', steps: [link(/accessibilité/i), at('/accessibility'), sees(/conform/i)] },
];
