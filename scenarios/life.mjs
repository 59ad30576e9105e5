// The life of one record, from opening to reopening, seen from outside: every step is asserted on the wire, then in
// the person's own journal, as AuditEvents and as the French sentences of the page.
//
//     npm ci && node life.mjs http://127.0.0.1:8080
//
// Needs a fresh demonstration (`dmp serve --demo`): victor-essai has no record yet.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'fhir-kit-client';

const url = process.argv[2];
if (!url) throw new Error('usage: node life.mjs URL');

const OID = 'urn:oid:1.2.250.1.213.1.4.10';
const INS = '193029744190808';
const INS_TOKEN = `${OID}|${INS}`;
const REASON = 'Patient inconscient après un accident de la route';
const RPPS = { medecinTraitant: '99900000037', cardio: '99900000177', author: '99900000003', psy: '99900000128' };
const ARCHIVED = 'https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived';
const A07 = 'https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument';
const template = readFileSync(new URL('consultation.xml', import.meta.url), 'utf8');

// ---- who asks -------------------------------------------------------------------------------------------------

/** A client of a test identity, perhaps in another access mode. */
async function as(identity, more = {}) {
  const answer = await fetch(`${url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: identity, ...more }) });
  assert.equal(answer.status, 200, `token of ${identity}`);
  const token = await answer.text();
  const client = new Client({ baseUrl: `${url}/fhir` });
  client.bearerToken = token;
  return Object.assign(client, { identity, token });
}

const victor = await as('victor-essai');
const author = await as('dr-fictif');
const medecinTraitant = await as('dr-canevas');
const cardio = await as('dr-cardio');
const stranger = await as('dr-inconnu');
const blocked = await as('dr-psy');
const insurer = await as('assureur-imaginaire');
const speechless = await as('dr-urgence', { purpose: 'bris_de_glace' });
const emergency = await as('dr-urgence', { purpose: 'bris_de_glace', reason: REASON });

// ---- what is asked --------------------------------------------------------------------------------------------

/** Refused with this status and this catalogue code. */
async function refused(promise, status, code) {
  const answer = await promise.then(
    (body) => ({ status: 200, data: body }),
    (error) => error.response ?? Promise.reject(error),
  );
  const codes = (answer.data.issue ?? []).map((issue) => issue.details.coding[0].code);
  assert.deepEqual([answer.status, codes], [status, [code]], JSON.stringify(answer.data));
}

function operation(client, name, more = {}) {
  const parameter = Object.entries(more).map(([key, value]) => ({ name: key, ...value }));
  parameter.unshift({ name: 'identifier', valueIdentifier: { system: OID, value: INS } });
  return client.operation({ name, resourceType: 'Patient', input: { resourceType: 'Parameters', parameter } });
}

/** What the insurer feeds at the opening; of it the lines of the journal tell. */
const FED_BY_THE_INSURER = 'Historique des remboursements';

/** Titles that a caller finds. */
async function titles(client, more = {}) {
  const bundle = await list(client, more);
  const found = (bundle.entry ?? []).map((entry) => entry.resource.content[0].attachment.title);
  assert.equal(bundle.total, found.length);
  return found.filter((title) => title !== FED_BY_THE_INSURER).sort();
}

function list(client, more = {}) {
  return client.search({ resourceType: 'DocumentReference', searchParams: { 'patient.identifier': INS_TOKEN, status: 'current', ...more } });
}

/** The bytes of a document; `fhir-kit-client` reads JSON only, so a document's own bytes are fetched plainly. */
async function bytes(client, document) {
  const answer = await fetch(document.url, { headers: { authorization: `Bearer ${client.token}`, accept: '*/*' } });
  if (answer.status === 200) return answer.text();
  const data = await answer.json();
  throw Object.assign(new Error(`HTTP ${answer.status}`), { response: { status: answer.status, data } });
}

async function reads(client, document) {
  assert.equal(await bytes(client, document), document.xml, `${client.identity} reads ${document.title}`);
}

const cannotRead = (client, document, status, code) => refused(bytes(client, document), status, code);
const cannotList = (client, code) => refused(list(client), 403, code);

/** TD3.3 by business identifier, as a JSON Patch. */
function patch(client, document, operations) {
  const path = `DocumentReference?identifier=${encodeURIComponent(`urn:ietf:rfc:3986|${document.id}`)}`;
  const options = { headers: { 'content-type': 'application/json-patch+json' } };
  return client.request(path, { method: 'PATCH', options, body: JSON.stringify(operations) });
}

const mask = (client, document) => patch(client, document, [{ op: 'add', path: '/securityLabel/-', value: { coding: [{ system: A07, code: 'MASQUE_PS' }] } }]);
const archive = (client, document) => patch(client, document, [{ op: 'add', path: '/extension/-', value: { url: ARCHIVED, valueBoolean: true } }]);
const unarchive = (client, document) => patch(client, document, [{ op: 'replace', path: '/extension/0/valueBoolean', value: false }]);
const remove = (client, document) => patch(client, document, [{ op: 'replace', path: '/status', value: 'entered-in-error' }]);

// ---- documents ------------------------------------------------------------------------------------------------

/** A consultation report, filled in. */
function consultation(number, title, text, { set = number, version = 1 } = {}) {
  const oid = (last) => `2.25.9990000000030${String(last).padStart(4, '0')}`;
  const words = { ID: oid(number), SET: oid(5000 + set), VERSION: version, TITLE: title, TEXT: text, INS };
  const xml = template.replace(/#([A-Z]+)#/g, (_, name) => words[name]);
  return { id: `urn:oid:${oid(number)}`, title, xml };
}

const first = consultation(1, 'Consultation du 3 mars', 'Angine. Repos trois jours.');
const second = consultation(2, 'Bilan de rentrée', 'Tension 12/8.');
const corrected = consultation(3, 'Bilan de rentrée, corrigé', 'Tension 13/8.', { set: 2, version: 2 });
const final = consultation(4, 'Bilan de rentrée, définitif', 'Tension 13/8, contrôlée.', { set: 2, version: 3 });
const third = consultation(5, 'Suivi de juin', 'Guéri.');

/** ITI-105. */
async function simplified(client, document, more = {}) {
  const body = {
    resourceType: 'DocumentReference',
    status: 'current',
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: document.id },
    subject: { identifier: { system: OID, value: INS } },
    content: [{ attachment: { contentType: 'text/xml', data: Buffer.from(document.xml).toString('base64') } }],
    ...more,
  };
  const created = await client.create({ resourceType: 'DocumentReference', body });
  document.url = created.content[0].attachment.url;
  document.reference = `DocumentReference/${created.id}`;
  return Client.httpFor(created).response.status;
}

/** ITI-65: a lot with a new version, and the PATCH that makes the old one superseded. */
async function replaceByLot(client, old, document) {
  const coding = (system, code) => ({ coding: [{ system, code }] });
  const nos = (table, name, code) => coding(`https://mos.esante.gouv.fr/NOS/${table}-${name}/FHIR/${table.replace('_', '-')}-${name}`, code);
  const raw = Buffer.from(document.xml);
  const at = '2026-03-03T10:15:00+01:00';
  const contained = [
    { resourceType: 'Patient', id: 'patient', identifier: [{ system: OID, value: INS }] },
    { resourceType: 'Practitioner', id: 'author', identifier: [{ system: 'urn:oid:1.2.250.1.71.4.2.1', value: `8${RPPS.author}` }] },
  ];
  const lot = {
    resourceType: 'List',
    contained,
    extension: [
      { url: 'https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType', valueCodeableConcept: nos('TRE_A03', 'ClasseDocument', '10') },
      { url: 'https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId', valueIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:2.25.999000000003' } },
    ],
    identifier: [{ use: 'usual', system: 'urn:ietf:rfc:3986', value: 'urn:oid:2.25.99900000000309000' }],
    status: 'current',
    mode: 'working',
    code: coding('https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes', 'submissionset'),
    subject: { reference: `Patient?identifier=${INS_TOKEN}` },
    date: at,
    source: { reference: '#author' },
    entry: [{ item: { reference: 'urn:uuid:5f0c7bd0-0000-4000-8000-000000000002' } }],
  };
  const reference = {
    resourceType: 'DocumentReference',
    contained,
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: document.id },
    status: 'current',
    type: coding('http://loinc.org', '11488-4'),
    category: [nos('TRE_A03', 'ClasseDocument', '10')],
    subject: { reference: `Patient?identifier=${INS_TOKEN}` },
    date: at,
    author: [{ reference: '#author' }],
    authenticator: { reference: '#author' },
    relatesTo: [{ code: 'replaces', target: { reference: old.reference } }],
    securityLabel: [coding('http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'N')],
    content: [{
      attachment: {
        contentType: 'text/xml', language: 'fr-FR', url: 'urn:uuid:5f0c7bd0-0000-4000-8000-000000000003', size: raw.length,
        hash: createHash('sha1').update(raw).digest('base64'), title: document.title, creation: at,
      },
      format: { system: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode', code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient' },
    }],
    context: {
      period: { start: '2026-03-03T10:00:00+01:00' },
      facilityType: nos('TRE_R02', 'SecteurActivite', 'SA52'),
      practiceSetting: nos('TRE_A01', 'CadreExercice', 'AMBULATOIRE'),
      sourcePatientInfo: { reference: '#patient' },
    },
  };
  const superseded = { resourceType: 'Parameters', parameter: [{ name: 'operation', part: [
    { name: 'type', valueCode: 'replace' }, { name: 'path', valueString: 'DocumentReference.status' }, { name: 'value', valueCode: 'superseded' },
  ] }] };
  const answer = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: [
    { fullUrl: 'urn:uuid:5f0c7bd0-0000-4000-8000-000000000001', resource: lot, request: { method: 'POST', url: 'List' } },
    { fullUrl: 'urn:uuid:5f0c7bd0-0000-4000-8000-000000000002', resource: reference, request: { method: 'POST', url: 'DocumentReference' } },
    { fullUrl: 'urn:uuid:5f0c7bd0-0000-4000-8000-000000000003', resource: { resourceType: 'Binary', contentType: 'text/xml', data: raw.toString('base64') }, request: { method: 'POST', url: 'Binary' } },
    { fullUrl: `${url}/fhir/${old.reference}`, resource: superseded, request: { method: 'PATCH', url: old.reference } },
  ] } });
  const statuses = answer.entry.map((entry) => entry.response.status.slice(0, 3));
  assert.deepEqual(statuses, ['201', '201', '201', '200'], JSON.stringify(answer));
  const location = (at) => answer.entry[at].response.location.replace(/\/_history.*$/, '').replace(/^.*\/fhir\//, '');
  document.reference = location(1);
  document.url = `${url}/fhir/${location(2)}`;
}

// ---- what the person reads ------------------------------------------------------------------------------------

const OWN_READING = 'vous avez consulté la liste des accès à votre dossier.';
const expected = sentences();
const told = [];
let steps = 0;
let cookie;

/** The sentences of each step, written by hand. */
function sentences() {
  const blocks = new Map();
  let block;
  for (const line of readFileSync(new URL('life-sentences.txt', import.meta.url), 'utf8').split('\n')) {
    if (line.startsWith('## ')) blocks.set(line.slice(3), (block = []));
    else if (line !== '' && !line.startsWith('#')) block.push(line);
  }
  return blocks;
}

/** A page of the person's site, in French, in a session of theirs. */
async function page(path) {
  if (!cookie) {
    const answer = await fetch(`${url}/signin`, { method: 'POST', body: new URLSearchParams({ identity: 'victor-essai' }), redirect: 'manual' });
    assert.equal(answer.status, 303);
    cookie = answer.headers.getSetCookie()[0].split(';')[0];
  }
  const answer = await fetch(url + path, { headers: { cookie, 'accept-language': 'fr' } });
  assert.equal(answer.status, 200, path);
  return answer.text();
}

/** Text of HTML: no tags, no entities, plain spaces. */
function plain(html) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  const text = html.replace(/<[^>]*>/g, '').replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    return String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10));
  });
  return text.replace(/\u00a0/g, ' ').trim();
}

/** The lines of a page of the journal, newest first, without their hour and without what may be asked about them. */
function journalLines(html) {
  const items = [...html.matchAll(/<ul class="journal">(.*?)<\/ul>/gs)].flatMap((day) => [...day[1].matchAll(/<li[^>]*>(.*?)<\/li>/gs)]);
  return items.map((item) => {
    const line = plain(item[1].split('<span class="ways">')[0]);
    const [, sentence] = /^À \d{1,2} h \d\d, (.*)$/s.exec(line) ?? assert.fail(`no hour: ${line}`);
    return sentence;
  });
}

/** The newest events and lines are the sentences of this step, and nothing else happened. */
async function checkJournal(step) {
  const wanted = [...expected.get(step)].reverse();
  const events = await victor.search({ resourceType: 'AuditEvent', searchParams: { 'patient.identifier': INS_TOKEN, _count: 200 } });
  const entries = events.entry.map((entry) => entry.resource);
  const lines = journalLines(await page('/journal?kind=all'));
  // On top stand the two readings of this check: the page itself, then the AuditEvents.
  assert.deepEqual(lines.slice(0, 2), [OWN_READING, OWN_READING], step);
  assert.deepEqual(lines.slice(2, 2 + wanted.length), wanted, step);
  told.unshift(OWN_READING, OWN_READING, ...wanted);
  assert.ok(lines.length === 50 || lines.length === told.length, `${step}: ${lines.length} lines, ${told.length} told`);
  wanted.forEach((sentence, place) => checkEvent(entries[place + 1], sentence));
  steps += 1;
}

/** An AuditEvent says who, and whether it was refused, as the sentence does. */
function checkEvent(event, sentence) {
  const isRefused = / (avez|a) demandé à /.test(sentence);
  assert.equal(event.outcome, isRefused ? '8' : '0', sentence);
  const who = event.agent.find((agent) => agent.requestor);
  const name = who.name ?? who.who.display;
  const named = name === 'Assurance maladie' ? "l'assurance maladie" : name;
  assert.ok(sentence.startsWith('vous avez') ? name === 'Victor ESSAI' : sentence.startsWith(named), `${name}: ${sentence}`);
}

// ---- the life -------------------------------------------------------------------------------------------------

async function opening() {
  const nobody = await medecinTraitant.search({ resourceType: 'Patient', searchParams: { identifier: INS_TOKEN } });
  assert.equal(nobody.total, 0);
  const channel = { channel: { valueCode: 'EN_LIGNE' } };
  await refused(operation(victor, '$dmp-open', channel), 422, 'consent-missing');
  await refused(operation(insurer, '$dmp-open', { ...channel, consent: { valueCode: 'electronic' } }), 403, 'access-insurers-never');
  const opened = await operation(victor, '$dmp-open', { ...channel, consent: { valueCode: 'electronic' } });
  assert.ok(opened.parameter.some((parameter) => parameter.name === 'receipt'));
  await refused(operation(victor, '$dmp-open', { ...channel, consent: { valueCode: 'electronic' } }), 409, 'record-exists');
}

async function feeding() {
  assert.equal(await simplified(author, first), 201);
  assert.equal(await simplified(author, first), 200);
  await refused(simplified(author, { ...first, xml: first.xml.replace('Angine', 'Rhume') }), 409, 'unique-id-other-content');
  assert.equal(await simplified(author, second), 201);
  assert.equal(await simplified(author, third), 201);
}

async function authorising() {
  const professional = (rpps) => ({ professional: { valueIdentifier: { value: rpps } } });
  await operation(victor, '$dmp-medecin-traitant', professional(RPPS.medecinTraitant));
  await operation(victor, '$dmp-authorise', professional(RPPS.cardio));
  await operation(victor, '$dmp-authorise', professional(RPPS.author));
  await operation(victor, '$dmp-block', professional(RPPS.psy));
}

const ALL = [second.title, first.title, third.title];

async function reading() {
  for (const reader of [medecinTraitant, cardio]) {
    assert.deepEqual(await titles(reader), ALL);
    await reads(reader, first);
  }
}

async function refusing() {
  for (const [caller, code] of [[stranger, 'access-not-authorised'], [blocked, 'access-blocked'], [insurer, 'access-insurers-never']]) {
    await cannotList(caller, code);
    await cannotRead(caller, first, 403, code);
  }
}

async function masking() {
  await mask(victor, first);
  assert.deepEqual(await titles(cardio), [second.title, third.title]);
  await cannotRead(cardio, first, 404, 'document-not-found');
  for (const reader of [author, medecinTraitant]) {
    assert.deepEqual(await titles(reader), ALL);
    await reads(reader, first);
  }
}

async function replacing() {
  await replaceByLot(author, second, corrected);
  assert.equal(await simplified(author, final, { relatesTo: [{ code: 'replaces', target: { reference: corrected.reference } }] }), 201);
  assert.deepEqual(await titles(medecinTraitant, { status: 'superseded' }), [second.title, corrected.title]);
  assert.deepEqual(await titles(medecinTraitant), [final.title, first.title, third.title]);
}

async function archiving() {
  const archived = await archive(cardio, final);
  assert.equal(archived.meta.versionId, '2');
  assert.deepEqual(await titles(cardio, { isArchived: 'true' }), [final.title]);
  await unarchive(cardio, final);
  assert.deepEqual(await titles(cardio, { isArchived: 'true' }), []);
}

async function deleting() {
  await refused(remove(cardio, final), 403, 'access-not-its-author');
  await refused(remove(medecinTraitant, final), 403, 'access-not-its-author');
  await refused(remove(victor, final), 403, 'access-professional-document');
  await remove(author, final);
  assert.deepEqual(await titles(author), [first.title, third.title]);
  for (const reader of [author, medecinTraitant, victor]) await cannotRead(reader, final, 404, 'document-not-found');
}

async function breakingGlass() {
  await cannotList(speechless, 'access-break-glass-reason');
  assert.deepEqual(await titles(emergency), [third.title]);
  await reads(emergency, third);
  await cannotRead(emergency, first, 404, 'document-not-found');
  await refused(archive(emergency, third), 403, 'access-emergency-reads-only');
  const home = plain(await page('/'));
  const notice = `Dr Samira ESSAI-KERVOLANE a ouvert le dossier en urgence, sans autorisation (bris de glace). Motif donné : « ${REASON} ». Le médecin traitant en est informé aussi.`;
  assert.ok(home.includes(notice), home);
}

async function closing() {
  await operation(victor, '$dmp-close', { reason: { valueString: 'Je préfère un dossier papier.' } });
  for (const caller of [medecinTraitant, author, cardio]) {
    await cannotList(caller, 'access-record-closed');
    await cannotRead(caller, third, 403, 'access-record-closed');
  }
  await cannotRead(emergency, third, 403, 'access-record-closed');
  await cannotList(victor, 'access-record-closed');
  await cannotRead(victor, third, 403, 'access-record-closed');
  await refused(simplified(author, consultation(6, 'Trop tard', 'Rien.')), 403, 'access-record-closed');
  assert.equal((await patient()).active, false);
}

async function reopening() {
  const reopened = await operation(victor, '$dmp-reactivate', { consent: { valueBoolean: true } });
  assert.ok(reopened.parameter.some((parameter) => parameter.name === 'active' && parameter.valueBoolean));
  assert.equal((await patient()).active, true);
  assert.deepEqual(await titles(medecinTraitant), [first.title, third.title]);
  await reads(medecinTraitant, first);
  assert.deepEqual(await titles(cardio), [third.title]);
  await reads(cardio, third);
  await reads(victor, third);
}

/** TD0.2. */
async function patient() {
  const found = await medecinTraitant.search({ resourceType: 'Patient', searchParams: { identifier: INS_TOKEN } });
  assert.equal(found.total, 1);
  return found.entry[0].resource;
}

/** Page after page, the whole journal is what was told, with the names that closing had taken away. */
async function wholeJournal() {
  const lines = [];
  for (let path = '/journal?kind=all'; path; ) {
    const html = await page(path);
    lines.push(...journalLines(html));
    path = /<a class="more" href="([^"]+)"/.exec(html)?.[1].replaceAll(/&(amp|#38);/g, '&');
  }
  const closed = [...expected.get('fermeture')].reverse();
  const start = told.findIndex((_, at) => closed.every((sentence, place) => told[at + place] === sentence));
  const wanted = told.toSpliced(start, closed.length, ...[...expected.get('fermeture, relue')].reverse());
  const pages = Math.ceil((wanted.length + 1) / 50);
  // Each page read adds its own line on top of the first; later pages are older than it.
  assert.deepEqual(lines.slice(1), wanted, `${pages} pages`);
  return lines.length;
}

const life = [
  ['ouverture', opening], ['alimentation', feeding], ['autorisations', authorising], ['lecture', reading], ['refus', refusing],
  ['masquage', masking], ['remplacement', replacing], ['archives', archiving], ['suppression', deleting], ['urgence', breakingGlass],
  ['fermeture', closing], ['réouverture', reopening],
];
for (const [step, act] of life) {
  await act().catch((error) => {
    if (error.response) console.error(`${step}: ${JSON.stringify(error.response.data)}`);
    throw error;
  });
  await checkJournal(step);
  console.log(`ok ${step}: ${expected.get(step).length} sentences`);
}
const lines = await wholeJournal();
console.log(`the life of a record: ${steps} of ${life.length} steps, ${lines} lines of journal as written by hand`);
