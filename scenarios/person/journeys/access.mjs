// Who looks, who may look, who helps, what is shown to others.
import assert from 'node:assert/strict';
import { at, button, check, fill, heading, isDone, link, offers, reach, sees, send, tick, unfold } from '../steps.mjs';
import { titlesSeenBy } from '../site.mjs';

const MENU = { role: 'navigation', name: /menu/i };
const MAIN = { role: 'main' };
const TABS = { role: 'navigation', name: /accès/i };
const CLAIRE = '258033523890052';
const access = link(/Qui a accès/, MENU);
const relatives = reach(/proches/i);
const share = reach(/^partager/i);

export default [
  { name: 'access-looked', page: '/journal', item: 'Qui a regardé', steps: [access, link(/qui a regardé/i, TABS), sees(/Dr .* a (lu|ajouté|consulté)/)] },
  { name: 'access-may', page: '/access', item: 'Qui peut regarder', steps: [access, sees(/médecin traitant/i), sees(/Dr Anne FICTIF-MOREAU/)] },
  {
    name: 'access-preview', page: '/access/preview', item: 'Ce que voit mon dentiste',
    steps: [access, link(/ce que voit/i, TABS), link(/dentiste/i, MAIN), heading(/ce que voit/i)],
  },
  {
    name: 'access-unknown-person', page: '/journal', who: 'odette-specimen', item: 'Je ne connais pas cette personne',
    steps: [access, link(/qui a regardé/i, TABS), link(/je ne connais pas cette personne/i, MAIN), heading(/je ne connais pas/i)],
    then: [fill(/votre message/i, 'Je ne suis jamais allé dans ce cabinet.'), send(/envoyer le signalement/i), isDone],
  },
  {
    name: 'access-withdraw', page: '/access', item: 'Retirer l’accès',
    steps: [access, button(/Retirer.*EBAUCHE|Retirer.*SPECIMEN-GRANDFICTE|Retirer.*SIMULACRE/), isDone],
  },
  {
    name: 'access-block-and-unblock', page: '/access', item: 'Bloquer un professionnel',
    steps: [access, unfold(/Bloquer.*PROTOTYPE-SAUTEBRISE/), button(/Bloquer maintenant.*PROTOTYPE-SAUTEBRISE/), isDone],
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
  { name: 'share-now', page: '/share', item: 'Montrer maintenant (code à scanner)', steps: [share, at('/share'), button(/code à scanner/i), offers('textbox', /lien/i)] },
  {
    name: 'share-link', page: '/share', item: 'Envoyer un lien',
    steps: [share, fill(/pour qui/i, 'Docteur Martin'), send(/^Créer le lien/), sees(/code à dire/i)],
    then: [
      check('la personne ouvre le lien avec le code, et le nom est écrit', async (page) => {
        const shown = await page.getByRole('main').innerText();
        const link_ = await page.getByLabel(/lien à envoyer/i).inputValue();
        const other = await page.context().browser().newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
        const stranger = await other.newPage();
        await stranger.goto(link_.replace(/#.*/, ''));
        await stranger.getByLabel(/votre nom/i).fill('Docteur Martin, Brest');
        await stranger.getByLabel(/code/i).fill(shown.match(/\b\d{3} ?\d{3}\b/)[0]);
        await stranger.getByRole('button', { name: /^Ouvrir/ }).click();
        await stranger.getByRole('heading', { name: /Claire/ }).waitFor();
        await other.close();
      }),
      link(/revenir à tous les liens/i), sees(/Docteur Martin, Brest/), button(/^Arrêter/), isDone,
    ],
  },
  { name: 'share-stop', page: '/share', item: 'Arrêter un lien', steps: [share, button(/code à scanner/i), button(/^Arrêter/), isDone] },
  { name: 'share-nothing', page: '/share', item: 'Oublier pour qui', steps: [share, send(/^Créer le lien/), sees(/à corriger/i)] },
  { name: 'share-documents', page: '/share', item: 'Partager quelques documents', steps: [share, link(/quelques documents/i, MAIN), offers('checkbox', /compte rendu/i)] },
  { name: 'emergency-card', page: '/emergency-card', item: 'Imprimer la carte d’urgence', steps: [link(/carte d.urgence/i), at('/emergency-card'), sees(/URGENCE/), offers('link', /PDF/)] },
  {
    name: 'emergency-choice', page: '/access', item: 'Autoriser l’accès en urgence',
    steps: [access, tick(/SAMU/, false), send(/^Enregistrer/), isDone],
    then: [check('le choix est gardé', async (page) => assert.equal(await page.getByRole('checkbox', { name: /SAMU/ }).first().isChecked(), false)), tick(/SAMU/), send(/^Enregistrer/), isDone],
  },
  { name: 'relatives', page: '/relatives', item: 'Mes proches', steps: [relatives, at('/relatives'), sees(/Jean EXEMPLE/)] },
  { name: 'relatives-invite', page: '/relatives', item: 'Ajouter un proche', steps: [relatives, fill(/prénom/i, 'Jean'), send(/envoyer l.invitation/i), sees(/à corriger/i)] },
  { name: 'relatives-child', page: '/relatives', who: 'sophie-fictif', item: 'Le dossier de mon enfant', steps: [relatives, button(/Nina|Tom/), sees(/vous agissez pour/i)] },
  { name: 'minor-own-choices', page: '/relatives', who: 'tom-fictif', item: 'Les choix d’une personne mineure', steps: [relatives, heading(/personne mineure/i), sees(/parents/i)] },
  { name: 'apps', page: '/apps', item: 'Applications reliées', steps: [reach(/applications/i), at('/apps')] },
];
