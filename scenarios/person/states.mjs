// Every page of the person's site in every state that a demonstration can show. States that are hard to reach (long names, a store that
// fails, a suspension) are samples of `dmp-pages`, which `axe.mjs FOLDER` takes.
//
// A row: a name, who looks (`null`: nobody), the page, the steps from it to the state, and what page must be there besides (`needs`).
import { button, fill, link, send } from './steps.mjs';

const MAIN = { role: 'main' };
const row = (name, path, who = 'claire-exemple', steps = [], more = {}) => ({ name, path, who, steps, ...more });
const firstDocument = link(/compte rendu/i, MAIN);

/** A record that its holder closed, through the FHIR door. */
async function close(url, who, ins) {
  const token = await (await fetch(`${url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: who }) })).text();
  const parameter = [{ name: 'identifier', valueIdentifier: { system: 'urn:oid:1.2.250.1.213.1.4.10', value: ins } }];
  const answer = await fetch(`${url}/fhir/Patient/$dmp-close`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  });
  if (!answer.ok) throw new Error(`${who} cannot close: ${answer.status} ${await answer.text()}`);
}

/** What is done once before the states are looked at; of every act only what cannot be done through a page of the row. */
export async function prepare(url) {
  const known = await (await fetch(`${url}/sandbox/identities`)).json();
  const lea = known.find((one) => one.name === 'lea-gabarit');
  await close(url, 'lea-gabarit', lea.ins);
}

export default [
  // Before signing in.
  row('public', '/', null),
  row('signin', '/signin', null),
  row('signin, nothing chosen', '/signin', null, [send(/recevoir|continuer|envoyer/i)], { needs: '/settings/signin' }),
  row('signin, code asked for', '/signin', null, [fill(/identifiant/i, 'claire-exemple'), send(/recevoir|continuer|envoyer/i)], { needs: '/settings/signin' }),
  row('help', '/help', null),
  row('accessibility', '/accessibility', null),
  row('privacy', '/privacy', null),
  row('display', '/display', null),
  row('easy, signed out', '/easy', null),
  row('opening, signed out', '/opening', null),
  row('opening by code', '/opening/code', null),
  row('page that is not there', '/documents/zzz', 'claire-exemple', [], { isError: true }),

  // The first page.
  row('home, full', '/'),
  row('home, minor', '/', 'tom-fictif'),
  row('home, small child', '/', 'nina-fictif'),
  row('home, few documents', '/', 'ines-imaginaire'),
  row('home, waiting results', '/', 'helene-maquette'),
  row('home, hidden documents', '/', 'david-canevas'),
  row('home, elderly', '/', 'odette-specimen'),
  row('home, without a record', '/', 'victor-essai'),
  row('home, closed', '/', 'lea-gabarit'),
  row('home, representative', '/', 'sophie-fictif'),
  row('home, guardian', '/', 'luc-modele'),
  row('home, helper', '/', 'jean-exemple'),
  row('home, English', '/', 'claire-exemple', [button('English')]),

  // Documents.
  row('documents, full', '/documents'),
  row('documents, few', '/documents', 'ines-imaginaire'),
  row('documents, helper', '/documents', 'jean-exemple'),
  row('documents, one kind', '/documents', 'claire-exemple', [link(/^Imagerie/i, MAIN)]),
  row('document', '/documents', 'claire-exemple', [firstDocument]),
  row('document, minor', '/documents', 'tom-fictif', [firstDocument]),
  row('document, representative', '/documents', 'sophie-fictif', [firstDocument]),
  row('document, hidden', '/documents', 'david-canevas', [firstDocument, button(/^Masquer/)]),
  row('search, nothing asked', '/search'),
  row('search, found', '/search', 'claire-exemple', [fill(/chercher|mots/i, 'diabète'), send(/^Chercher/)]),
  row('search, nothing found', '/search', 'claire-exemple', [fill(/chercher|mots/i, 'zzzzzz'), send(/^Chercher/)]),
  row('search, unusable', '/search', 'claire-exemple', [fill(/chercher|mots/i, '…'), send(/^Chercher/)]),
  row('timeline', '/timeline'),
  row('timeline, few', '/timeline', 'ines-imaginaire'),
  row('expected', '/expected'),
  row('expected, few', '/expected', 'ines-imaginaire'),
  row('share of a document', '/share', 'claire-exemple'),

  // Values.
  row('results, full', '/results'),
  row('results, none', '/results', 'victor-essai'),
  row('results, few', '/results', 'nina-fictif'),
  row('a result', '/results', 'claire-exemple', [link(/HbA1c/, MAIN)]),
  row('measures', '/measures'),
  row('measures, few', '/measures', 'ines-imaginaire'),
  row('treatments', '/treatments'),
  row('treatments, none', '/treatments', 'nina-fictif'),
  row('vaccines', '/vaccines'),
  row('vaccines, child', '/vaccines', 'nina-fictif'),
  row('allergies', '/allergies'),
  row('allergies, none', '/allergies', 'ines-imaginaire'),
  row('history', '/history'),
  row('history, few', '/history', 'ines-imaginaire'),
  row('emergency card', '/emergency-card'),
  row('emergency card, few', '/emergency-card', 'ines-imaginaire'),
  row('easy', '/easy'),
  row('easy, health', '/easy/health'),
  row('easy, who looked', '/easy/looked'),
  row('easy, who may', '/easy/may'),
  row('easy, rights', '/easy/rights'),

  // Access.
  row('who may look', '/access'),
  row('who may look, wrong number', '/access', 'claire-exemple', [fill(/RPPS/, '123'), send(/^Autoriser/)]),
  row('who may look, minor', '/access', 'tom-fictif'),
  row('who may look, helper', '/access', 'jean-exemple'),
  row('who may look, somebody blocked', '/access', 'david-canevas'),
  row('who looked', '/journal'),
  row('who looked, representative', '/journal', 'sophie-fictif'),
  row('who looked, one person', '/journal', 'claire-exemple', [link(/tout ce que cette personne/i, MAIN)]),
  row('who looked, do not know', '/journal', 'claire-exemple', [link(/je ne connais pas/i, MAIN)]),
  row('preview, nobody chosen', '/access/preview'),
  row('preview, a dentist', '/access/preview', 'claire-exemple', [link(/dentiste/i, MAIN)]),
  row('relatives', '/relatives'),
  row('relatives, parent', '/relatives', 'sophie-fictif'),
  row('relatives, minor', '/relatives', 'tom-fictif'),
  row('relatives, helper', '/relatives', 'agnes-specimen'),
  row('relatives, wrong invitation', '/relatives', 'claire-exemple', [send(/^Envoyer l/)]),
  row('share', '/share'),
  row('share, code shown', '/share', 'claire-exemple', [button(/code à scanner/i)]),
  row('share, nothing written', '/share', 'claire-exemple', [send(/^Créer le lien/)]),
  row('share, link made', '/share', 'claire-exemple', [fill(/pour qui/i, 'Docteur Martin'), send(/^Créer le lien/)]),
  row('share, minor', '/share', 'tom-fictif'),
  row('apps', '/apps'),
  row('apps, helper', '/apps', 'jean-exemple'),

  // Adding.
  row('add', '/add'),
  row('add, helper', '/add', 'jean-exemple'),
  row('add, minor', '/add', 'tom-fictif'),

  // Settings and leaving.
  row('settings', '/settings'),
  row('settings, minor', '/settings', 'tom-fictif'),
  row('settings, helper', '/settings', 'jean-exemple'),
  row('notices', '/notices'),
  row('notices, helper', '/notices', 'jean-exemple'),
  row('means of signing in', '/settings/signin'),
  row('download', '/download'),
  row('download, minor', '/download', 'tom-fictif'),
  row('close', '/close', 'paul-prototype'),
  row('close, minor', '/close', 'tom-fictif'),
  row('opening, first step', '/opening', 'victor-essai'),
];
