// Every page of the person's site in every state that a demonstration can show. States that are hard to reach (long names, a store that
// fails, a suspension) are samples of `dmp-pages`, which `axe.mjs FOLDER` takes.
//
// A row: a name, who looks (`null`: nobody), the page, the steps from it to the state, and what page must be there besides (`needs`).
import { button, buttonIfThere, fill, link, send, unfold } from './steps.mjs';

const MAIN = { role: 'main' };
const row = (name, path, who = 'claire-exemple', steps = [], more = {}) => ({ name, path, who, steps, ...more });
const firstDocument = link(/compte rendu/i, MAIN);

/** The state is brought about twice; the same allergy twice would be a state of its own. */
let pollens = 0;
const anotherPollen = () => `Pollen ${(pollens += 1)}`;

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
  row('signin, test identities', '/signin', null, [unfold(/identités d.essai/i)]),
  row('signin, nothing typed', '/signin', null, [send(/feuille de codes/i)], { needs: '/settings/signin' }),
  row('signin, code asked for', '/signin', null, [fill(/identifiant/i, 'personne-inconnue'), send(/feuille de codes/i)], { needs: '/settings/signin' }),
  row('signin, wrong code', '/signin', null, [fill(/identifiant/i, 'personne-inconnue'), send(/feuille de codes/i), fill(/^code/i, 'AAAAA-AAAAA'), send(/^Me connecter/)], { needs: '/settings/signin' }),
  row('help', '/help', null),
  row('accessibility', '/accessibility', null),
  row('privacy', '/privacy', null),
  row('help, by letter', '/help/letter', null),
  row('display', '/display', null),
  row('easy, signed out', '/easy', null),
  row('opening', '/opening', null),
  row('opening, wrong number', '/opening', null, [fill(/sécurité sociale/i, '2 58 03 35 238 900 53'), send(/recevoir un code/i)]),
  row('opening, code asked for', '/opening', null, [fill(/sécurité sociale/i, '1 84 06 99 900 002 45'), send(/déjà un code/i)]),
  row('opening, refusal', '/opening', null, [link(/je ne veux pas/i)]),
  row('invitation', '/invitation', null),
  row('invitation, not now', '/opening?wish=not-now', null),
  row('opening, later', '/opening', null, [link(/plus tard/i)]),
  row('statistics', '/statistiques', null),
  row('statistics, tables unfolded', '/statistiques', null, [unfold(/Voir les chiffres/)]),
  row('statistics, English', '/statistiques', null, [button('English')]),
  row('statistics, openings', '/statistiques/ouvertures', null),
  row('statistics, channels', '/statistiques/canaux', null),
  row('statistics, regions', '/statistiques/regions', null, [unfold(/Voir les chiffres/)]),
  row('statistics, a region', '/statistiques/regions/11', null),
  row('statistics, use', '/statistiques/usages', null),
  row('statistics, quality', '/statistiques/qualite', null),
  row('statistics, data', '/statistiques/donnees', null),
  row('statistics, week that is not over', '/statistiques/semaines/2099-W01', null, [], { isError: true }),
  row('mailbox of the demonstration', '/sandbox/mailbox', null),
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
  row('document, hidden', '/documents', 'david-canevas', [firstDocument, buttonIfThere(/^Masquer/)]),
  row('search, nothing asked', '/search'),
  row('search, found', '/search', 'claire-exemple', [fill(/chercher|mots/i, 'diabète'), send(/^Chercher/)]),
  row('search, nothing found', '/search', 'claire-exemple', [fill(/chercher|mots/i, 'zzzzzz'), send(/^Chercher/)]),
  row('search, unusable', '/search', 'claire-exemple', [fill(/chercher|mots/i, '…'), send(/^Chercher/)]),
  row('timeline', '/timeline'),
  row('timeline, few', '/timeline', 'ines-imaginaire'),
  row('expected', '/expected'),
  row('expected, few', '/expected', 'ines-imaginaire'),
  row('correction, asked', '/documents', 'claire-exemple', [firstDocument, link(/signaler une erreur/i, MAIN)], { needs: '/corrections' }),
  row('correction, nothing written', '/documents', 'claire-exemple', [firstDocument, link(/signaler une erreur/i, MAIN), send(/envoyer à l.auteur/i)], { needs: '/corrections' }),
  row('corrections', '/corrections'),

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
  row('easy, who looked', '/easy/who-looked'),
  row('easy, who may', '/easy/who-may-look'),
  row('easy, rights', '/easy/rights'),

  // Access.
  row('who may look', '/access'),
  row('who may look, wrong number', '/access', 'claire-exemple', [fill(/RPPS/, '123'), send(/^Autoriser/)]),
  row('who may look, minor', '/access', 'tom-fictif'),
  row('who may look, helper', '/access', 'jean-exemple'),
  row('who may look, somebody blocked', '/access', 'david-canevas'),
  row('who looked', '/journal'),
  row('who looked, oneself alone', '/journal', 'claire-exemple', [link('Moi seulement', MAIN)]),
  row('who looked, everything', '/journal', 'claire-exemple', [link('Tout', MAIN)]),
  row('who looked, representative', '/journal', 'sophie-fictif'),
  row('who looked, one person', '/journal', 'odette-specimen', [link(/tout ce que cette personne/i, MAIN)]),
  row('who looked, do not know', '/journal', 'odette-specimen', [link(/je ne connais pas/i, MAIN)]),
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
  row('share, some documents', '/share/documents'),
  row('share, link that does not work', '/share/open/zzz', null, [], { isError: true }),
  row('share, minor', '/share', 'tom-fictif'),
  row('apps', '/apps'),
  row('apps, helper', '/apps', 'jean-exemple'),

  // Adding.
  row('add', '/add'),
  row('add, helper', '/add', 'jean-exemple'),
  row('add, minor', '/add', 'tom-fictif'),
  row('add, allergy', '/add/allergy'),
  row('add, allergy forgotten', '/add/allergy', 'claire-exemple', [send(/^Enregistrer/)]),
  row('add, allergy done', '/add/allergy', 'ines-imaginaire', [fill(/à quoi/i, anotherPollen), send(/^Enregistrer/)]),
  row('add, blood pressure', '/add/blood-pressure'),
  row('add, directives', '/add/directives'),
  row('add, organs', '/add/organs'),
  row('add, contact', '/add/contact'),
  row('add, file', '/add/file'),
  row('add, file forgotten', '/add/file', 'claire-exemple', [send(/^Enregistrer/)]),
  row('added', '/added', 'ines-imaginaire'),
  row('added, nothing', '/added', 'david-canevas'),

  // Settings and leaving.
  row('settings', '/settings'),
  row('settings, minor', '/settings', 'tom-fictif'),
  row('settings, helper', '/settings', 'jean-exemple'),
  row('notices', '/notices'),
  row('notices, helper', '/notices', 'jean-exemple'),
  row('means of signing in', '/settings/signin'),
  row('means of signing in, wrong identifier', '/settings/signin', 'claire-exemple', [fill(/nouvel identifiant/i, 'é'), send(/enregistrer l.identifiant/i)]),
  row('sheet of codes', '/settings/signin', 'paul-prototype', [button(/faire une (nouvelle )?feuille/i)]),
  row('passkey', '/settings/signin/passkey'),
  row('download', '/download'),
  row('download, not understood', '/download', 'claire-exemple', [send(/télécharger le fichier/i)]),
  row('download, minor', '/download', 'tom-fictif'),
  row('download, helper', '/download', 'jean-exemple'),
  row('paper', '/paper'),
  row('paper, helper', '/paper', 'jean-exemple'),
  row('close', '/close', 'paul-prototype'),
  row('close, unsure', '/close', 'paul-prototype', [send(/^Fermer le dossier/)]),
  row('close, minor', '/close', 'tom-fictif'),
  row('opening, signed in', '/opening', 'victor-essai'),
  row('taking an opening back, too late', '/undo-opening'),
];
