// Before there is a session: the public page, signing in, opening one's record.
import assert from 'node:assert/strict';
import { address, at, button, check, fill, heading, link, offers, sees, send, tick, unfold } from '../steps.mjs';
import { lastMail } from '../site.mjs';

const CLAIRE = 'claire-exemple';
/** A test identity without a record, and in the registry of cards of the demonstration. */
const VICTOR = '1 93 02 97 441 908 08';
const leave = button(/^(Quitter|Me déconnecter)$/);

/** A device that can keep a passkey, in place of one. */
async function withAuthenticator(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('WebAuthn.enable');
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

export default [
  {
    name: 'public-page', page: '/', who: null, item: 'Comprendre le dossier avant de l’ouvrir',
    steps: [address('/'), heading(/votre santé/i), offers('link', /^ouvrir mon dossier/i), offers('link', /^me connecter/i), offers('link', /reçu un code/i), offers('link', /ni téléphone/i), sees(/gratuit/i)],
  },
  { name: 'public-to-sign-in', page: '/', who: null, item: 'Me connecter', steps: [address('/'), link(/^me connecter/i), at('/signin'), offers('textbox', /identifiant/i)] },
  { name: 'public-to-opening', page: '/opening', who: null, item: 'Ouvrir mon dossier', steps: [address('/'), link(/^ouvrir mon dossier/i), at('/opening'), offers('textbox', /sécurité sociale/i)] },
  { name: 'invitation-open', page: '/invitation', who: null, item: 'Répondre à une invitation : ouvrir', steps: [address('/invitation'), link(/^ouvrir mon dossier/i), at('/opening'), offers('textbox', /sécurité sociale/i)] },
  { name: 'invitation-not-now', page: '/invitation', who: null, item: 'Répondre à une invitation : pas maintenant', steps: [address('/invitation'), link(/^pas maintenant/i), at('/opening'), offers('textbox', /sécurité sociale/i), sees(/ne vous écrirons plus pendant un an/i)] },
  { name: 'invitation-refuse', page: '/invitation', who: null, item: 'Répondre à une invitation : refuser', steps: [address('/invitation'), link(/^je n.en veux pas/i), at('/opening'), offers('textbox', /sécurité sociale/i)] },
  { name: 'public-code-by-post', page: '/opening/code', who: null, item: 'J’ai un code reçu par courrier', steps: [address('/'), link(/reçu un code/i), at(/^\/opening/)] },
  { name: 'public-no-telephone', page: '/help', who: null, item: 'Je n’ai pas de téléphone', steps: [address('/'), link(/ni téléphone/i), sees(/accueil de votre caisse/i)] },
  {
    name: 'sign-in-and-out', page: '/signin', who: null, item: 'Entrer et quitter',
    steps: [address('/signin'), unfold(/identités d.essai/i), button(/Entrer comme Claire EXEMPLE/), at('/')],
    then: [heading(/Claire/), leave, check('la page du dossier ne s’ouvre plus', async (page) => {
      const answer = await page.request.get(`${page.site}/documents`, { maxRedirects: 0 });
      assert.ok([302, 303, 401].includes(answer.status()), `after leaving: ${answer.status()}`);
    })],
  },
  {
    name: 'sign-in-nothing-typed', page: '/signin', who: null, item: 'Oublier son identifiant',
    steps: [address('/signin'), fill(/identifiant/i, ''), send(/feuille de codes/i), sees(/à corriger/i)],
  },
  {
    name: 'sign-in-wrong-code', page: '/signin', who: null, item: 'Se tromper de code',
    steps: [address('/signin'), fill(/identifiant/i, 'personne-inconnue'), send(/feuille de codes/i), fill(/^code/i, 'AAAAA-AAAAA'), send(/^Me connecter/), sees(/à corriger/i)],
  },
  {
    name: 'sign-in-printed-codes', page: '/settings/signin', who: CLAIRE, item: 'Revenir avec une feuille de codes', steps: [
      address('/settings/signin'), fill(/nouvel identifiant/i, 'claire.marie'), send(/enregistrer l.identifiant/i), button(/faire une (nouvelle )?feuille/i), heading(/feuille de codes/i),
    ],
    then: [
      check('un code de la feuille', async (page) => {
        page.code = (await page.getByRole('main').innerText()).match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/)?.[0];
        assert.ok(page.code, 'a sheet shows codes');
      }),
      leave, address('/signin'), fill(/identifiant/i, 'claire.marie'), send(/feuille de codes/i),
      check('écrire le code', (page, hands) => hands.fill(page, page.getByLabel(/^code/i).first(), page.code)), send(/^Me connecter/), address('/'), heading(/Claire/),
    ],
  },
  {
    name: 'sign-in-by-mail', page: '/settings/signin', who: 'david-canevas', item: 'Recevoir un code par courriel', steps: [
      address('/settings/signin'), fill(/nouvel identifiant/i, 'david.marcel'), send(/enregistrer l.identifiant/i), fill(/adresse électronique/i, 'david@courriel.example'), send(/envoyer un code/i),
    ],
    then: [
      check('écrire le code du courriel', async (page, hands) => hands.fill(page, page.getByLabel(/code reçu/i).first(), await lastMail(page, /\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/))), send(/vérifier mon adresse/i),
      leave, address('/signin'), fill(/identifiant/i, 'david.marcel'), send(/par courriel/i),
      check('écrire le code du courriel', async (page, hands) => hands.fill(page, page.getByLabel(/code reçu/i).first(), await lastMail(page, /\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/))), send(/^Me connecter/), address('/'), heading(/David/),
    ],
  },
  {
    name: 'sign-in-with-passkey', page: '/settings/signin/passkey', who: 'odette-specimen', item: 'Entrer avec une clé d’accès', needsScript: true,
    before: withAuthenticator,
    steps: [address('/settings/signin'), link(/ajouter une clé/i), button(/ajouter une clé d.accès sur cet appareil/i), sees(/ajoutée le/i)],
    then: [leave, address('/signin'), button(/ma clé d.accès/i), address('/'), heading(/Odette/)],
  },
  {
    name: 'opening-not-now', page: '/opening', who: null, item: 'Plus tard',
    steps: [address('/opening'), sees(/étape 1/i), link(/plus tard/i), sees(/rien|gardé/i)],
  },
  {
    name: 'opening-wrong-number', page: '/opening', who: null, item: 'Se tromper de numéro',
    steps: [address('/opening'), fill(/sécurité sociale/i, '2 58 03 35 238 900 53'), send(/recevoir un code/i), sees(/à corriger/i)],
    then: [check('ce qui était écrit reste', async (page) => assert.match(await page.getByLabel(/sécurité sociale/i).first().inputValue(), /2 58 03/))],
  },
  {
    name: 'opening', page: '/opening', who: null, item: 'Ouvrir mon dossier en quatre étapes', once: true,
    steps: [
      address('/opening'), fill(/sécurité sociale/i, VICTOR), send(/recevoir un code/i),
      check('écrire le code du courriel', async (page, hands) => hands.fill(page, page.getByLabel(/code/i).first(), await lastMail(page, /\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/))), send(/^Continuer/),
      fill(/numéro de série/i, '8000000008'), send(/^Continuer/), sees(/étape 2/i), tick(/j.ai compris/i), send(/^Continuer/), sees(/étape 3/i),
      fill(/adresse électronique/i, 'victor.essai@courriel.example'), send(/^Continuer/), sees(/étape 4/i), fill(/votre identifiant/i, 'victor.jules'), send(/^Ouvrir mon dossier/), heading(/accusé/i),
    ],
    then: [address('/'), heading(/Victor/)],
  },
  { name: 'opening-refuse', page: '/opening/refuse', who: null, item: 'Je ne veux pas de dossier', steps: [address('/opening'), link(/je ne veux pas/i), sees(/refus/i)] },
];
