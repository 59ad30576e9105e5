// What a professional does with a patient, each from the patient's first page.
import assert from 'node:assert/strict';
import { address, at, brings, button, check, choose, file, fill, heading, isDone, link, pick, sees, seesNot, send, tick, unfold } from '../person/steps.mjs';
import campaigns from '../counter/campaigns.mjs';
import counter from '../counter/work.mjs';
import { INS, PICTURE, openPatient, pdf } from './site.mjs';

const PAGES = { role: 'navigation', name: /Pages du dossier/ };
const MENU = { role: 'navigation', name: /Menu des professionnels/ };
const MAIN = { role: 'main' };
const key = (letter, words) => check(`touche ${letter} : ${words}`, (page) => page.keyboard.press(letter));
const opened = (page) => openPatient(page);
/** A key leads to a page: unlike a press on a link, nothing waits for it by itself. */
const leads = (path) => check(`mène à ${path}`, (page) => page.waitForURL(({ pathname }) => (path instanceof RegExp ? path.test(pathname) : pathname === path)));
const fresh = async () => {};
const report = (name, words) => ({ name, mimeType: 'application/pdf', buffer: pdf(words) });

/** A person who let nobody of these in, by their number, which the sandbox tells. */
const insOf = async (page, handle) => (await (await page.request.get(`${page.site}/sandbox/identities`)).json()).find((one) => one.name === handle).ins;
const open = (handle) => async (page) => {
  await page.goto(`${page.site}/pro`);
  await page.fill('#ins', await insOf(page, handle));
  await Promise.all([page.waitForURL('**/pro/patients/**'), page.press('#ins', 'Enter')]);
};

export default [
  { name: 'find-ins', item: 'Ouvrir par le matricule', before: fresh, from: '/pro', steps: [fill(/Matricule INS/, INS.claire), send('Ouvrir'), at(/^\/pro\/patients\//), sees('Claire EXEMPLE')] },
  { name: 'find-card', item: 'Ouvrir par ce qu’un lecteur écrit', before: fresh, from: '/pro', steps: [fill(/Matricule INS/, `IS010000S1${INS.claire}S4EXEMPLE`), send('Ouvrir'), at(/^\/pro\/patients\//), sees('Claire EXEMPLE')] },
  {
    name: 'find-code', item: 'Ouvrir ce que montre le code de la personne', from: '/pro',
    before: async (page) => {
      // The person makes a link on their own device; the professional's reader types its address.
      const own = await page.context().browser().newContext({ locale: 'fr-FR' });
      const person = await own.newPage();
      await person.request.post(`${page.site}/signin`, { form: { identity: 'claire-exemple' } });
      await person.goto(`${page.site}/share`);
      await person.getByRole('main').getByRole('button').first().click();
      const html = await person.content();
      page.code = (await person.locator('a[href*="/share/open/"], input[value*="/share/open/"], code:has-text("/share/open/")').first().evaluate((one) => one.href ?? one.value ?? one.textContent).catch(() => null)) ?? html.match(/https?:[^"<\s]*\/share\/open\/[^"<\s]+/)?.[0];
      assert.ok(page.code, 'the person’s page shows the address of its code');
      await own.close();
    },
    steps: [check('le lecteur écrit l’adresse', (page) => page.fill('#ins', page.code)), send('Ouvrir'), at(/^\/share\/open\//)],
  },
  {
    name: 'find-identity', item: 'Ouvrir par l’identité complète', before: fresh, from: '/pro',
    steps: [
      unfold(/Sans matricule/), fill('Nom de naissance', 'Exemple'), fill('Premier prénom de naissance', 'Claire'), send('Ouvrir', { role: 'group' }), sees(/cinq traits/),
    ],
  },
  { name: 'synthesis', item: 'Synthèse', steps: [heading('Allergies'), heading(/Traitements/), heading(/Problèmes/), heading(/valeurs clés/), heading('Vaccinations'), heading(/Directives/), heading(/Nouveau depuis/), heading(/derniers comptes rendus/), heading(/Équipe/)] },
  { name: 'synthesis-whole', item: 'Synthèse complète et ses sources', steps: [link(/Synthèse complète/, MAIN), at(/\/summary$/), heading(/Synthèse complète/)] },
  { name: 'synthesis-paper', item: 'Synthèse imprimable', steps: [brings(/imprimable/, /pdf/)] },
  { name: 'documents', item: 'Documents, deux ans d’abord', steps: [link(/^Documents/, PAGES), at(/\/documents$/), sees(/remonte à deux ans/), link(/Voir toutes les dates/, MAIN), seesNot(/remonte à deux ans/)] },
  { name: 'documents-topic', item: 'Une sorte de documents', steps: [link(/^Documents/, PAGES), link(/^Biologie/, { role: 'navigation', name: /Sortes/ }), check('rien d’autre', async (page) => assert.match(new URL(page.url()).search, /topic=laboratory/))] },
  {
    name: 'documents-file', item: 'Lire un PDF à côté de la liste', once: true,
    before: async (page) => {
      await openPatient(page);
      await page.goto(`${page.url().split('?')[0]}/deposit`);
      await page.setInputFiles('#file', report('echographie.pdf', 'Echographie du genou sans epanchement'));
      await page.getByRole('button', { name: /Vérifier/ }).click();
      await page.getByRole('button', { name: /Déposer dans/ }).click();
      await page.waitForURL(/said=deposited/);
    },
    here: true,
    // The software reads behind what was asked.
    steps: [check('ce qui y a été lu', async (page) => {
      for (let tries = 0; tries < 60 && !(await page.locator('#pane .read').count()); tries += 1) {
        await page.waitForTimeout(250);
        await page.reload();
      }
      assert.match(await page.locator('#pane .read').textContent(), /sans epanchement/);
    }), sees(/L.original fait foi/)],
  },
  { name: 'documents-read', item: 'Lire à côté de la liste', steps: [link(/^Documents/, PAGES), link(/Compte rendu|Lettre|CR /i, { role: 'region', name: /Documents/ }), at(/\/documents\/[^/]+$/), check('le texte est là', (page) => page.locator('#pane .clinical, #pane .empty').first().waitFor())] },
  {
    name: 'documents-filters', item: 'Filtrer par auteur et par date',
    steps: [link(/^Documents/, PAGES), unfold('Filtrer'), fill('Auteur ou structure', 'labo'), tick('Sans limite de date'), send('Appliquer'), check('chaque ligne a cet auteur', async (page) => {
      const lines = await page.locator('.list .rows .meta').allTextContents();
      assert.ok(lines.length > 0 && lines.every((line) => /labo/i.test(line)), lines.find((line) => !/labo/i.test(line)) ?? 'no line');
    })],
  },
  { name: 'documents-why', item: 'Pourquoi la liste ne montre pas tout', steps: [link(/^Documents/, PAGES), unfold(/ne montre pas/), sees(/ne laisse aucune trace/)] },
  {
    name: 'documents-print', item: 'Imprimer des documents choisis',
    steps: [link(/^Documents/, PAGES), check('deux documents choisis', async (page) => { for (const box of (await page.locator('.rows input[type=checkbox]').all()).slice(0, 2)) await box.check(); }), button(/Imprimer les documents/), at(/\/print$/), check('deux documents', async (page) => assert.equal(await page.locator('main > section').count(), 2))],
  },
  { name: 'search', item: 'Chercher dans les textes', steps: [fill(/chercher/i, 'mammographie'), send(/^Chercher/), sees(/mammographie/i)] },
  { name: 'biology', item: 'Biologie, dates × analyses, et une courbe', steps: [link('Biologie', PAGES), heading(/date/i), link(/HbA1c|glyquée|Créatinine/i, MAIN), at(/\/results\/[^/]+$/), heading(/évolution|temps|courbe/i)] },
  { name: 'imaging', item: 'Imagerie et comptes rendus', steps: [link('Imagerie', PAGES), at(/\/imaging$/), heading(/Imagerie/)] },
  { name: 'timeline', item: 'Chronologie', steps: [link('Chronologie', PAGES), at(/\/timeline$/), heading(/frise|chronologie/i)] },
  { name: 'apps', item: 'Applications', steps: [link('Applications', PAGES), at(/\/apps$/), heading('Ouvrir une application'), sees('Claire EXEMPLE')] },
  { name: 'mine', item: 'Mes patients', steps: [link('Mes patients', MENU), at('/pro/mine'), sees('Claire EXEMPLE')] },
  { name: 'news', item: 'Nouveautés', steps: [link('Nouveautés', MENU), at('/pro/news'), heading('Nouveautés')] },
  {
    name: 'deposits', item: 'Ce qu’il est advenu d’un dépôt', steps: [
      link('Dépôts', MENU), at('/pro/deposits'), heading('Dépôts'), fill(/Votre référence/, '1.2.250.1.213.1.1.9.1'), button('Chercher', MAIN), sees(/Rien n’est arrivé|Rien n'est arrivé/),
    ],
  },
  {
    name: 'deposit-pdf', item: 'Déposer un compte rendu', once: true,
    steps: [
      link('Déposer', PAGES), file(/Le document/, report('irm_genou_droit.pdf', 'IRM du genou droit, sans lesion')), button(/Vérifier/),
      check('type et titre proposés', async (page) => {
        assert.equal(await page.locator('#type').inputValue(), '18748-4');
        assert.match(await page.locator('#title').inputValue(), /irm genou droit/i);
      }),
      sees('Claire EXEMPLE'), button(/Déposer dans le dossier/), isDone, at(/\/documents\/[^/]+$/), sees(/irm genou droit/i),
    ],
  },
  {
    name: 'deposit-picture', item: 'Déposer une image', once: true,
    steps: [link('Déposer', PAGES), file(/Le document/, { name: 'plaie.png', mimeType: 'image/png', buffer: PICTURE }), button(/Vérifier/), button(/Déposer dans le dossier/), isDone],
  },
  {
    name: 'deposit-announcement', item: 'Déposer, après consultation d’annonce', once: true,
    steps: [link('Déposer', PAGES), file(/Le document/, report('anapath.pdf', 'Anatomie et cytologie pathologiques')), button(/Vérifier/), choose(/après une consultation d.annonce/), button(/Déposer dans le dossier/), isDone, sees(/non visible par la personne/)],
    then: [
      button(/L.annonce est faite/), isDone, seesNot(/non visible par la personne/),
    ],
  },
  {
    name: 'replace', item: 'Remplacer son document', once: true,
    before: async (page) => {
      await openPatient(page);
      await page.goto(`${page.url().split('?')[0]}/deposit`);
      await page.setInputFiles('#file', report('consultation.pdf', 'Consultation de suivi'));
      await page.getByRole('button', { name: /Vérifier/ }).click();
      await page.getByRole('button', { name: /Déposer dans/ }).click();
      await page.waitForURL(/said=deposited/);
    },
    here: true,
    steps: [link(/Remplacer par une nouvelle version/, MAIN), file(/Le document/, report('consultation2.pdf', 'Consultation de suivi, corrigee')), button(/Vérifier/), sees(/Prend la place/), button(/Déposer dans le dossier/), isDone, sees(/nouvelle version/)],
  },
  {
    name: 'mask', item: 'Masquer à la demande de la personne', once: true,
    before: async (page) => {
      await openPatient(page);
      await page.goto(`${page.url().split('?')[0]}/deposit`);
      await page.setInputFiles('#file', report('suivi.pdf', 'Suivi'));
      await page.getByRole('button', { name: /Vérifier/ }).click();
      await page.getByRole('button', { name: /Déposer dans/ }).click();
      await page.waitForURL(/said=deposited/);
    },
    here: true,
    steps: [button(/Masquer aux autres professionnels/), isDone, sees(/masqué aux professionnels/)],
    then: [button(/Rendre visible aux professionnels/), isDone, seesNot(/masqué aux professionnels/)],
  },
  {
    name: 'deposit-other-person', item: 'Un document d’une autre personne est refusé',
    steps: [link('Déposer', PAGES), file(/Le document/, { name: 'autre.xml', mimeType: 'text/xml', buffer: Buffer.from('<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>') }), button(/Vérifier/), check('rien n’est déposé', async (page) => assert.equal(await page.getByRole('button', { name: /Déposer dans le dossier/ }).count(), 0)), sees(/ne peut pas être déposé/)],
  },
  { name: 'vsm', item: 'Volet de synthèse médicale', steps: [link(/Signer la synthèse/, { name: /dossier est ouvert/ }), at(/\/sign-summary$/), heading(/synthèse/i)] },
  {
    name: 'vsm-sign', item: 'Compléter et signer la synthèse', once: true,
    steps: [
      link(/Signer la synthèse/, { name: /dossier est ouvert/ }), fill(/Ajouter, une ligne/, 'Entorse de la cheville en 2019'), send(/Signer et déposer/), isDone,
      at(/^\/pro\/patients\/[^/]+$/), sees(/Synthèse médicale signée|synthèse.*signée/i),
    ],
  },
  { name: 'orders', item: 'Avant de prescrire un examen', steps: [link(/Avant de prescrire/, PAGES), tick(/HbA1c/), send(/Regarder dans le dossier/), heading(/Ce que dit le dossier/), sees(/Fait le|Pas de résultat récent/)] },
  {
    name: 'consent', who: 'dr-inconnu', item: 'La personne est là et donne son accord', before: open('ines-imaginaire'), here: true,
    steps: [sees(/ne pouvez pas ouvrir/), tick(/m.a donné son accord/), send(/Enregistrer l.accord/), heading('Allergies'), sees('pour cette consultation')],
  },
  {
    name: 'authorise', who: 'dr-inconnu', item: 'Autorisation durable, la personne présente', once: true,
    before: async (page) => {
      await open('ines-imaginaire')(page);
      const consent = page.getByLabel(/m.a donné son accord maintenant/);
      if (await consent.count()) { await consent.check(); await page.getByRole('button', { name: /Enregistrer l.accord/ }).click(); await page.waitForURL(/said=consent/); }
    },
    here: true,
    steps: [link(/autorisation durable/, { name: /dossier est ouvert/ }), tick(/La personne est présente/), send(/Enregistrer l.autorisation/), isDone, sees(/autorisé depuis/)],
    then: [link('Mes patients', MENU), sees(/IMAGINAIRE/)],
  },
  {
    name: 'break-glass', who: 'dr-urgence', item: 'Bris de glace', before: open('ines-imaginaire'), here: true,
    steps: [sees(/Ce que la personne et son médecin traitant liront/), tick(/hors d.état/), tick(/risque immédiat/), fill(/Motif/, 'Personne inconsciente'), send(/Ouvrir en urgence/), heading('Allergies'), sees(/bris de glace/)],
    then: [link(/^Documents/, PAGES), sees(/bris de glace/), button(/Fermer cet accès/), at('/pro')],
  },
  {
    name: 'regulation', who: 'dr-regulateur', item: 'Centre 15', before: open('ines-imaginaire'), here: true,
    steps: [sees(/pour le SAMU/), button(/Lire pour cet appel/), heading('Allergies'), sees(/Centre 15/)],
  },
  { name: 'denied', who: 'podologue-essai', item: 'Un refus ne trahit rien', before: open('ines-imaginaire'), here: true, steps: [sees(/même que la personne ait un dossier ou non/), check('rien d’elle', async (page) => assert.doesNotMatch(await page.content(), /IMAGINAIRE/))] },
  {
    name: 'keys-print', item: 'Imprimer par une touche', needsScript: true, wide: true,
    steps: [
      key('d', 'documents'), leads(/\/documents$/), key('j', 'le premier document'), key('x', 'choisi'), key('j', 'le suivant'), key('x', 'choisi aussi'),
      key('i', 'imprimer'), leads(/\/print$/), check('les deux documents', async (page) => assert.equal(await page.locator('main > section').count(), 2)),
    ],
  },
  {
    name: 'keys', item: 'Touches du clavier', needsScript: true, wide: true,
    steps: [
      key('d', 'documents'), leads(/\/documents$/), key('j', 'le premier document'), check('la ligne a le focus', async (page) => assert.ok(await page.evaluate(() => document.activeElement.matches('[data-row]')))),
      key('x', 'choisi'), check('la case est cochée', async (page) => assert.equal(await page.locator('.rows input:checked').count(), 1)),
      key('Enter', 'ouvert'), leads(/\/documents\/[^/]+$/), check('à côté de la liste', (page) => page.locator('[data-open]').waitFor()), check('l’adresse', (page) => { page.first = page.url().split('#')[0]; }),
      key('j', 'le suivant'), check('un autre est ouvert', (page) => page.waitForURL((url) => url.href.split('#')[0] !== page.first)),
      key('k', 'le précédent'), check('de nouveau le premier', (page) => page.waitForURL((url) => url.href.split('#')[0] === page.first)),
      key('b', 'biologie'), leads(/\/results$/), key('t', 'chronologie'), leads(/\/timeline$/), key('s', 'synthèse'), leads(/\/pro\/patients\/[^/]+$/),
      key('?', 'aide'), sees(/document suivant/), key('/', 'recherche'), check('le champ a le focus', async (page) => assert.ok(await page.evaluate(() => document.activeElement.matches('input[type=search]')))),
      check('dans un champ, une lettre est une lettre', async (page) => { await page.keyboard.type('dbt'); assert.equal(await page.inputValue('#q'), 'dbt'); }),
      check('hors du champ', (page) => page.evaluate(() => document.activeElement.blur())), key('n', 'nouveautés'), leads('/pro/news'),
    ],
  },
  ...counter,
  ...campaigns,
];
