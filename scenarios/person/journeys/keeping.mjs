// Adding, settings, leaving with one's data, help.
import assert from 'node:assert/strict';
import { address, at, check, choose, file, fill, heading, isDone, button, link, offers, reach, sees, send, sendForFile, tick } from '../steps.mjs';

const MENU = { role: 'navigation', name: /menu/i };
const MAIN = { role: 'main' };
const settings = link(/Mes réglages/, MENU);
const add = [reach(/^Ajouter$/)];

/** A small text file, as somebody would add it. */
const NOTE = { name: 'Ordonnance scannée.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') };

export default [
  { name: 'documents-add', page: '/add', item: 'Ajouter depuis mes documents', steps: [link(/Mes documents/, MENU), link(/^Ajouter un document/, MAIN), at('/add')] },
  { name: 'add-hub', page: '/add', item: 'Ajouter', steps: [...add, at('/add'), sees(/photo/i), sees(/allergie/i)] },
  { name: 'add-file', page: '/add', item: 'Ajouter un fichier', steps: [...add, link(/document ou une photo/i, MAIN), file(/choisir un fichier/i, NOTE), send(/^Enregistrer/), heading(/ajouté|dans (le|votre) dossier/i)] },
  {
    name: 'add-allergy', page: '/add', item: 'Ajouter une allergie',
    steps: [...add, link(/allergie/i, MAIN), fill(/à quoi/i, 'Pollen de bouleau'), send(/^Enregistrer/), heading(/ajouté|dans (le|votre) dossier/i)],
    then: [link(/Mes documents/, MENU), link(/ajoutés par moi/i, MAIN), sees(/bouleau/i)],
  },
  { name: 'add-nothing', page: '/add', item: 'Oublier de remplir', steps: [...add, link(/allergie/i, MAIN), send(/^Enregistrer/), sees(/à corriger/i)] },
  {
    name: 'add-measure', page: '/add', item: 'Ajouter une mesure', steps: [...add, link(/le poids/i, MAIN), fill(/^Poids/, '71,5'), send(/^Enregistrer/), heading(/ajouté|dans (le|votre) dossier/i)],
    then: [address('/measures'), sees(/71,5/)],
  },
  { name: 'add-directive', page: '/add', item: 'Écrire mes directives', steps: [...add, link(/directives/i, MAIN), offers('button', /^Enregistrer/)] },
  { name: 'add-wishes', page: '/add', item: 'Don d’organes', steps: [...add, link(/organes/i, MAIN), offers('button', /^Enregistrer/)] },
  { name: 'add-contact', page: '/add', item: 'Une personne à prévenir', steps: [...add, link(/prévenir|confiance/i, MAIN), offers('button', /^Enregistrer/)] },
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
    name: 'settings-display', page: '/display', item: 'Affichage sombre',
    steps: [settings, link(/affichage/i, MAIN), choose(/^sombre/i), send(/^Enregistrer/)],
    then: [check('le fond est sombre', async (page) => {
      const [red, green, blue] = (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/g).map(Number);
      assert.ok(red + green + blue < 200, `ground ${red} ${green} ${blue}`);
    }), link(/^Affichage/), choose(/^comme sur mon appareil/i), send(/^Enregistrer/)],
  },
  {
    name: 'download-all', page: '/download', item: 'Tout télécharger',
    steps: [settings, link(/télécharger/i, MAIN), tick(/pas protégé/i), sendForFile(/télécharger le fichier/i)],
    then: [check('une archive arrive', async (page) => {
      assert.equal(page.brought.subarray(0, 2).toString(), 'PK', 'it is a ZIP');
      assert.ok(page.brought.length > 10_000, 'it holds something');
    })],
  },
  {
    name: 'close-and-reopen', page: '/close', who: 'paul-prototype', item: 'Fermer mon dossier',
    steps: [settings, link(/fermer/i, MAIN), sees(/dix ans/i), tick(/je veux fermer/i), send(/^Fermer le dossier/), heading(/fermé/i)],
    then: [button(/^Rouvrir le dossier/), heading(/Paul/)],
  },
  { name: 'close-unsure', page: '/close', who: 'ines-imaginaire', item: 'Fermer sans cocher', steps: [settings, link(/fermer/i, MAIN), send(/^Fermer le dossier/), sees(/à corriger/i)] },
  { name: 'paper', page: '/paper', item: 'Recevoir le dossier sur papier', steps: [reach(/papier/i), at('/paper')] },
  { name: 'privacy', page: '/privacy', item: 'Données personnelles', steps: [link(/données personnelles/i), at('/privacy')] },
  { name: 'help', page: '/help', item: 'Aide', steps: [link(/^Aide/i), at('/help'), sees(/guichet|téléphone/i)] },
  { name: 'accessibility', page: '/accessibility', item: 'Accessibilité', steps: [link(/accessibilité/i), at('/accessibility'), sees(/conform/i)] },
];
