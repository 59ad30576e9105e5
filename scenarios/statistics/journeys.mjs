// What anybody does on the public statistics, without signing in: each journey in French and in English, with and without scripts, on a laptop and on
// a phone, and by keyboard alone; axe and sideways scroll on every page that a journey passes. Activations are counted from `/statistiques`.
//
//     npm ci --prefix .. && node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--verbose]
import assert from 'node:assert/strict';
import { playAll } from '../person/player.mjs';
import { address, at, brings, check, heading, link, sees, unfold } from '../person/steps.mjs';
import { stands } from './deployment.mjs';

const WEEK = /^\d{4}-W\d\d$/;
const WORDS = {
  fr: {
    openings: 'Ouvertures', channels: 'Canaux', regions: 'Régions', uses: 'Usages', quality: 'Qualité', data: 'Données', pages: 'Pages des statistiques',
    see: /^Voir les chiffres/, before: 'Semaine précédente', after: 'Semaine suivante', lasting: 'Lien permanent', hidden: /1 à 10 n.est jamais montré/,
    definitions: 'Définitions', method: 'Méthode', licence: 'Licence', cost: /Coût par dossier ouvert/, saving: /non refaits/, statistics: /^Statistiques de déploiement/,
    missing: /rien à cette adresse/, download: /^Télécharger/,
  },
  en: {
    openings: 'Openings', channels: 'Channels', regions: 'Regions', uses: 'Use', quality: 'Quality', data: 'Data', pages: 'Pages of the statistics',
    see: /^See the figures/, before: 'Week before', after: 'Week after', lasting: 'Permanent link', hidden: /1 to 10 is never shown/,
    definitions: 'Definitions', method: 'Method', licence: 'Licence', cost: /Cost per open record/, saving: /not done again/, statistics: /^Deployment statistics/,
    missing: /nothing at this address/i, download: /^Download/,
  },
};

/** A drawing that who cannot see it is told of, with a table beside it. */
const drawing = (id) =>
  check(`le dessin ${id} a un nom et son tableau`, async (page) => {
    const image = page.locator(`figure#${id}`).getByRole('img');
    await image.waitFor();
    const name = await image.evaluate((one) => one.getAttribute('aria-labelledby').split(' ').map((part) => document.getElementById(part)?.textContent ?? '').join(' '));
    assert.ok(name.trim().length > 10, `« ${name} »`);
    assert.ok((await page.locator(`figure#${id} tbody tr`).count()) > 0, 'the table has rows');
  });
/** Who unfolds nothing sees no table; who does sees it. */
const table = (id, w) => [unfold(w.see), check('le tableau se voit', (page) => page.locator(`figure#${id} tbody tr`).first().waitFor())];

/** The journeys in one language. */
const journeys = (lang) => {
  const w = WORDS[lang];
  const tabs = { role: 'navigation', name: w.pages };
  const main = { role: 'main' };
  return [
    { name: 'overview', item: 'Vue d’ensemble', steps: [drawing('semaines'), drawing('canaux'), drawing('regions'), sees(w.hidden)] },
    { name: 'curve', item: 'La courbe et ses chiffres', steps: [link(w.openings, tabs), at('/statistiques/ouvertures'), drawing('semaines'), ...table('semaines', w)] },
    {
      name: 'week', item: 'Une semaine à son adresse, et ses voisines',
      steps: [link(w.openings, tabs), ...table('semaines', w), link(WEEK, main), at('/statistiques/semaines/2018-W50')],
      then: [link(w.before, main), at('/statistiques/semaines/2018-W49'), link(w.after, main), at('/statistiques/semaines/2018-W50')],
    },
    { name: 'shares', item: 'Les parts des canaux', steps: [link(w.channels, tabs), at('/statistiques/canaux'), drawing('canaux'), ...table('canaux', w)] },
    {
      name: 'map', item: 'La carte, et une région',
      steps: [link(w.regions, tabs), at('/statistiques/regions'), drawing('regions'), ...table('regions', w), link(/Île-de-France/, main), at('/statistiques/regions/11'), heading(/Île-de-France/)],
    },
    {
      name: 'phases', page: '/statistiques/phases', item: 'La phase pilote à côté de la suite',
      steps: [link('Phases', tabs), at('/statistiques/phases'), check('un tableau', (page) => page.locator('figure table').first().waitFor({ state: 'attached' }))],
    },
    { name: 'uses', item: 'L’usage réel et les coûts', steps: [link(w.uses, tabs), at('/statistiques/usages'), sees(w.cost), sees(w.saving)] },
    { name: 'quality', item: 'Ce que le service promet', steps: [link(w.quality, tabs), at('/statistiques/qualite'), check('un tableau', (page) => page.locator('figure tbody tr').first().waitFor())] },
    { name: 'definitions', item: 'Définitions, méthode, licence', steps: [link(w.data, tabs), at('/statistiques/donnees'), heading(w.definitions), heading(w.method), heading(w.licence)] },
    {
      name: 'files', item: 'Les mêmes nombres en CSV et en JSON',
      steps: [
        brings('CSV', /^text\/csv/, main), check('le CSV est gardé', (page) => { page.csv = String(page.brought); }), brings('JSON', /^application\/json/, main),
        check('ce sont les mêmes nombres', (page) => {
          const [head, ...lines] = page.csv.trim().split('\n').map((line) => line.split(','));
          const rows = JSON.parse(String(page.brought));
          assert.ok(rows.length > 0, 'the file has lines');
          assert.deepEqual(rows.map((row) => head.map((name) => (row[name] === null ? '' : String(row[name])))), lines);
        }),
      ],
    },
    {
      name: 'lasting', item: 'L’adresse durable d’un graphique',
      steps: [link(w.lasting, main), check('l’adresse mène au graphique', (page) => page.locator(`figure${new URL(page.url()).hash}`).waitFor())],
    },
    {
      name: 'hidden', item: 'Un petit nombre est masqué, et c’est dit',
      steps: [link(w.regions, tabs), sees(w.hidden), check('aucun nombre de 1 à 10 parmi les nombres de dossiers', async (page) => {
        // The second column is a rate; those behind it are counts.
        const cells = await page.locator('figure#regions tbody td:nth-child(n+3)').allTextContents();
        assert.ok(cells.length > 0, 'there are counts');
        for (const cell of cells) assert.ok(!/^([1-9]|10)$/.test(cell.trim()), `« ${cell} » is shown`);
      })],
    },
    { name: 'no-such-week', item: 'Une semaine qui n’est pas finie', steps: [address('/statistiques/semaines/2030-W01'), heading(w.missing), link(/./, main), at('/statistiques')] },
  ].map((journey) => ({ ...journey, name: `${journey.name}-${lang}`, lang }));
};

const others = [
  { name: 'from-the-first-page', item: 'Depuis la page publique', steps: [address('/'), link(WORDS.fr.statistics), at('/statistiques'), heading(WORDS.fr.statistics)] },
  { name: 'english-address', item: 'L’adresse devinée en anglais', steps: [address('/statistics'), at('/statistiques')] },
].map((journey) => ({ ...journey, lang: 'fr' }));

await playAll({
  journeys: [...journeys('fr'), ...journeys('en'), ...others].map((journey) => ({ who: null, ...journey })),
  prefix: 'statistics-',
  looks: true,
  stands,
  begin: async (journey, page) => {
    await page.goto(`${page.site}/statistiques`);
    if (journey.lang !== 'en') return;
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'English' }).click()]);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  },
});
