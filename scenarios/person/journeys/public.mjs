// Before there is a session: the public page, signing in, opening one's record.
import assert from 'node:assert/strict';
import { address, at, button, check, choose, fill, heading, isDone, link, offers, sees, send, tick } from '../steps.mjs';

export default [
  {
    name: 'public-page', page: '/', who: null, item: 'Comprendre le dossier avant de l’ouvrir',
    steps: [address('/'), heading(/votre santé/i), offers('link', /ouvrir mon dossier/i), offers('link', /me connecter/i), offers('link', /code reçu/i), offers('link', /pas de téléphone/i), sees(/gratuit/i)],
  },
  {
    name: 'public-to-sign-in', page: '/', who: null, item: 'Me connecter',
    steps: [address('/'), link(/me connecter/i), at('/signin')],
  },
  {
    name: 'public-to-opening', page: '/', who: null, item: 'Ouvrir mon dossier',
    steps: [address('/'), link(/ouvrir mon dossier/i), at(/^\/(opening|signin)/)],
  },
  {
    name: 'public-code-by-post', page: '/', who: null, item: 'J’ai un code reçu par courrier',
    steps: [address('/'), link(/code reçu/i), at(/^\/(opening|signin)/), offers('textbox', /code/i)],
  },
  {
    name: 'public-no-telephone', page: '/', who: null, item: 'Je n’ai pas de téléphone',
    steps: [address('/'), link(/pas de téléphone/i), sees(/guichet|accueil|courrier/i)],
  },
  {
    name: 'sign-in-and-out', page: '/signin', who: null, item: 'Entrer et quitter',
    steps: [address('/signin'), button(/Entrer comme Claire EXEMPLE/), at('/')],
    then: [heading(/Claire/), button(/^(Quitter|Déconnexion|Me déconnecter)/), check('la page du dossier ne s’ouvre plus', async (page) => {
      const answer = await page.request.get(`${page.site}/documents`, { maxRedirects: 0 });
      assert.ok([303, 302, 401].includes(answer.status()), `after leaving: ${answer.status()}`);
    })],
  },
  {
    name: 'sign-in-wrong-code', page: '/signin', who: null, item: 'Se tromper de code',
    steps: [address('/signin'), fill(/identifiant/i, 'personne-inconnue'), send(/(recevoir|envoyer|continuer).*/i), sees(/code/i)],
  },
  {
    name: 'opening-not-now', page: '/opening', who: 'victor-essai', item: 'Plus tard',
    steps: [address('/opening'), sees(/étape 1/i), offers('link', /plus tard/i)],
  },
  {
    name: 'opening', page: '/opening', who: 'victor-essai', item: 'Ouvrir mon dossier', once: true,
    steps: [address('/opening'), sees(/étape 1/i)],
  },
];
