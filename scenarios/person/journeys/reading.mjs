// Reading: home, documents, results, the pages of the summary, the timeline, search.
import assert from 'node:assert/strict';
import { at, brings, button, check, fill, heading, isDone, link, pick, reach, sees, send, unfold } from '../steps.mjs';
import { titlesSeenBy } from '../site.mjs';

const MENU = { role: 'navigation', name: /menu/i };
const MAIN = { role: 'main' };
const CLAIRE = '258033523890052';

/** Opens the first document of the list that bears this title. */
const document = (title) => [link(/Mes documents/, MENU), link(title, MAIN)];

export default [
  {
    name: 'home-summary', page: '/', item: 'Ce qu’il faut savoir sur moi',
    steps: [heading(/ce qu.il faut savoir/i), heading(/allergies/i), heading(/traitements/i)],
  },
  {
    name: 'home-proof', page: '/', item: 'Voir la preuve',
    steps: [link(/comprimé|gélule/i, MAIN), at(/^\/documents\//)],
    then: [check('la ligne du document est marquée', async (page) => assert.equal(await page.locator(':target').count(), 1))],
  },
  { name: 'home-news', page: '/', item: 'Nouveau depuis ma dernière visite', steps: [heading(/nouve/i)] },
  { name: 'home-last-access', page: '/', item: 'Dernier accès', steps: [sees(/(dernier accès|qui a regardé)/i)] },
  { name: 'expected', page: '/expected', item: 'Ce qui manque peut-être', steps: [reach(/ce qui manque/i), at('/expected'), heading(/manque/i), heading(/arrivé/i)] },
  {
    name: 'documents-list', page: '/documents', item: 'Liste des documents par mois',
    steps: [link(/Mes documents/, MENU), at('/documents'), heading(/novembre 2026/i)],
  },
  {
    name: 'documents-kind', page: '/documents', item: 'Garder un genre de documents',
    steps: [link(/Mes documents/, MENU), link(/^Imagerie/i, MAIN), at('/documents'), sees(/mammographie/i)],
    then: [check('rien d’un autre genre', async (page) => assert.equal(await page.getByRole('main').getByRole('link', { name: /^Prescription de médicaments$/ }).count(), 0))],
  },
  {
    name: 'documents-search', page: '/search', item: 'Chercher dans les documents',
    steps: [fill(/chercher/i, 'mammographie'), send(/^Chercher/), sees(/mammographie/i)],
    then: [link(/mammographie/i, MAIN), at(/^\/documents\//)],
  },
  {
    name: 'document-read', page: '/documents', item: 'Lire un document',
    steps: [...document(/mammographie/i), at(/^\/documents\//), heading(/texte/i), sees(/Résultats?|Conclusion|Indication/i)],
  },
  {
    name: 'document-hide-and-show', page: '/documents', item: 'Masquer un document',
    steps: [...document(/mammographie/i), button(/^Masquer/), isDone],
    then: [
      check('l’hôpital ne le trouve plus', async (page) => {
        page.seen = (await titlesSeenBy(page.site, 'dr-hopital', CLAIRE)).filter((title) => /mammographie/i.test(title)).length;
      }),
      ...document(/mammographie/i), button(/visible/i), isDone,
      check('l’hôpital le trouve de nouveau', async (page) => {
        const again = (await titlesSeenBy(page.site, 'dr-hopital', CLAIRE)).filter((title) => /mammographie/i.test(title)).length;
        assert.equal(again, page.seen + 1, 'shown again, one more document is found');
      }),
    ],
  },
  {
    name: 'document-original', page: '/documents', item: 'Ouvrir l’original',
    steps: [...document(/mammographie/i), brings(/original/i)],
  },
  { name: 'document-means', page: '/documents', item: 'Ce que veut dire…', steps: [...document(/mammographie/i), sees(/ce que veu(t|lent) dire|les mots/i)] },
  { name: 'document-who-sees', page: '/documents', item: 'Qui peut le voir', steps: [...document(/mammographie/i), heading(/qui peut le voir/i)] },
  { name: 'document-share', page: '/share', item: 'Partager un document', steps: [...document(/mammographie/i), link(/partager/i, MAIN), at(/^\/share/)] },
  {
    name: 'document-correction', page: '/corrections', item: 'Signaler une erreur',
    steps: [...document(/mammographie/i), link(/signaler une erreur/i, MAIN), fill(/qu.est-ce qui est faux/i, 'La date de l’examen est fausse.'), send(/envoyer à l.auteur/i), sees(/réponse attendue/i)],
    then: [button(/^Retirer la demande/)],
  },
  { name: 'document-print', page: '/documents', item: 'Imprimer un document', steps: [...document(/mammographie/i), sees(/imprimer/i)] },
  { name: 'results-list', page: '/results', item: 'Mes derniers résultats', steps: [link(/Mes résultats/, MENU), at('/results'), sees(/HbA1c/), sees(/habituel/)] },
  {
    name: 'results-course', page: '/results', item: 'Voir l’évolution',
    steps: [link(/Mes résultats/, MENU), link(/HbA1c/, MAIN), at(/^\/results\//), heading(/évolution/i)],
    then: [heading(/toutes les valeurs/i)],
  },
  { name: 'results-csv', page: '/results', item: 'Télécharger les valeurs (CSV)', steps: [link(/Mes résultats/, MENU), link(/HbA1c/, MAIN), brings(/CSV/i, /csv/)] },
  { name: 'results-proof', page: '/results', item: 'La preuve d’un résultat', steps: [link(/Mes résultats/, MENU), link(/HbA1c/, MAIN), link(/compte rendu|historique/i, MAIN), at(/^\/documents\//)] },
  { name: 'treatments', page: '/treatments', item: 'Imprimer ma liste de traitements', steps: [link(/traitements/i), at('/treatments'), sees(/METFORMINE/i), sees(/imprimer/i)] },
  { name: 'vaccines', page: '/vaccines', item: 'Carnet de vaccination', steps: [unfold(/vos vaccins/i), link(/tout voir/i, MAIN), at('/vaccines'), sees(/vaccin grippal/i), sees(/imprimer/i)] },
  { name: 'allergies', page: '/allergies', item: 'Allergies', steps: [link(/allergies/i), at('/allergies')] },
  { name: 'history', page: '/history', item: 'Antécédents', steps: [link(/problèmes de santé/i), at('/history'), sees(/opérations/i)] },
  { name: 'measures', page: '/measures', item: 'Mesures', steps: [reach(/mes mesures/i), at('/measures')] },
  { name: 'timeline', page: '/timeline', item: 'Frise par année', steps: [reach(/frise/i), at('/timeline'), heading(/2026/)] },
  { name: 'timeline-event', page: '/timeline', item: 'Ouvrir un moment de la frise', steps: [reach(/frise/i), link(/compte rendu|mammographie|consultation/i, MAIN), at(/^\/documents\//)] },
  {
    name: 'timeline-filter', page: '/timeline', item: 'Choisir une année de la frise',
    steps: [reach(/frise/i), unfold(/choisir ce qui est montré/i), pick(/quelle année/i, '2025'), send(/^Montrer/), heading(/2025/)],
    then: [check('les autres années sont parties', async (page) => assert.equal(await page.getByRole('heading', { name: '2026' }).count(), 0))],
  },
  { name: 'easy-health', page: '/easy', item: 'Ma santé, facile à lire', steps: [reach(/facile à lire/i), at('/easy'), heading(/ma santé/i), sees(/je prends/i)] },
  { name: 'easy-who-looked', page: '/easy/who-looked', item: 'Qui a regardé, facile à lire', steps: [reach(/facile à lire/i), link(/qui a regardé/i, MAIN), at('/easy/who-looked')] },
  { name: 'summary-pdf', page: '/summary.pdf', item: 'Imprimer la synthèse', steps: [brings(/synthèse/i, /pdf/)] },
];
