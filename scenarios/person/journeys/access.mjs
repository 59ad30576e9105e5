// Who looks, who may look, who helps, what is shown to others.
import assert from 'node:assert/strict';
import { at, button, check, choose, download, fill, fold, heading, isDone, link, offers, pick, sees, seesNot, send, tick } from '../steps.mjs';
import { titlesSeenBy } from '../site.mjs';

const MENU = { role: 'navigation', name: /menu/i };
const MAIN = { role: 'main' };
const CLAIRE = '258033523890052';
const access = link(/Qui a accès/, MENU);

export default [
  { name: 'access-looked', page: '/access', item: 'Qui a regardé', steps: [access, link(/qui a regardé/i), sees(/Dr .* a (lu|ajouté|consulté)/)] },
  { name: 'access-may', page: '/access', item: 'Qui peut regarder', steps: [access, sees(/médecin traitant/i), sees(/Dr Anne FICTIF-MOREAU/)] },
  {
    name: 'access-preview', page: '/access', item: 'Ce que voit mon dentiste',
    steps: [access, link(/ce que voi(t|en)/i), sees(/dentiste/i)],
  },
  {
    name: 'access-unknown-person', page: '/access', item: 'Je ne connais pas cette personne',
    steps: [access, link(/qui a regardé/i), button(/je ne connais pas cette personne/i)],
  },
  {
    name: 'access-withdraw', page: '/access', item: 'Retirer l’accès',
    steps: [access, button(/Retirer.*EBAUCHE|Retirer.*SPECIMEN-GRANDFICTE|Retirer.*SIMULACRE/), isDone],
  },
  {
    name: 'access-block-and-unblock', page: '/access', item: 'Bloquer un professionnel',
    steps: [access, button(/Bloquer.*PROTOTYPE-SAUTEBRISE/), isDone],
    then: [
      check('l’hôpital n’entre plus', async (page) => assert.equal(await titlesSeenBy(page.site, 'dr-hopital', CLAIRE), null)),
      button(/Débloquer.*PROTOTYPE-SAUTEBRISE/), isDone,
      fill(/RPPS/, '99900000078'), send(/^Autoriser/), isDone,
    ],
  },
  {
    name: 'access-authorise', page: '/access', item: 'Autoriser un professionnel',
    steps: [access, fill(/RPPS/, '99900000029'), send(/^Autoriser/), isDone],
  },
  {
    name: 'access-wrong-number', page: '/access', item: 'Se tromper de numéro',
    steps: [access, fill(/RPPS/, '123'), send(/^Autoriser/), sees(/à corriger/i)],
    then: [check('ce qui était écrit reste', async (page) => assert.equal(await page.getByLabel(/RPPS/).first().inputValue(), '123'))],
  },
  { name: 'share-now', page: '/share', item: 'Montrer maintenant (QR)', steps: [link(/partager/i), at('/share'), button(/montrer maintenant/i), sees(/15 minutes|15 min/i)] },
  { name: 'share-link', page: '/share', item: 'Envoyer un lien', steps: [link(/partager/i), at('/share'), link(/envoyer un lien/i)] },
  { name: 'share-stop', page: '/share', item: 'Arrêter un lien', steps: [link(/partager/i), at('/share'), button(/montrer maintenant/i), button(/arrêter/i), isDone] },
  { name: 'emergency-card', page: '/emergency-card', item: 'Imprimer la carte d’urgence', steps: [link(/carte d.urgence/i), at('/emergency-card'), sees(/URGENCE/), offers('link', /PDF/)] },
  {
    name: 'emergency-choice', page: '/access', item: 'Autoriser l’accès en urgence',
    steps: [access, tick(/SAMU/, false), send(/^Enregistrer/), isDone],
    then: [check('le choix est gardé', async (page) => assert.equal(await page.getByRole('checkbox', { name: /SAMU/ }).first().isChecked(), false)), tick(/SAMU/), send(/^Enregistrer/), isDone],
  },
  { name: 'relatives', page: '/relatives', item: 'Mes proches', steps: [link(/proches/i), at('/relatives'), sees(/Jean EXEMPLE/)] },
  { name: 'relatives-add', page: '/relatives', item: 'Ajouter un proche', steps: [link(/proches/i), link(/ajouter|inviter/i, MAIN)] },
  { name: 'relatives-child', page: '/relatives', who: 'sophie-fictif', item: 'Le dossier de mon enfant', steps: [link(/proches/i), button(/Tom/), sees(/vous agissez pour/i)] },
  { name: 'minor-own-choices', page: '/', who: 'tom-fictif', item: 'Les choix d’une personne mineure', steps: [access, sees(/parents/i)] },
  { name: 'apps', page: '/apps', item: 'Applications reliées', steps: [link(/réglages/i, MENU), link(/applications/i), at('/apps')] },
];
