// A part of a record shared by a link, opened by a SMART Health Links viewer that knows nothing of the program (`kill-the-clipboard`): with and
// without a code, with a wrong one, ended and stopped; what the summary's link gives is compared with what `$summary` gives the person.
//
//     npm ci && node share.mjs http://127.0.0.1:8080
//
// Needs a demonstration (`dmp serve --demo`).
import assert from 'node:assert/strict';
import { SHL, SHLExpiredError, SHLInvalidPasscodeError, SHLManifestNotFoundError, SHLViewer } from 'kill-the-clipboard';

const url = process.argv[2];
if (!url) throw new Error('usage: node share.mjs URL');

const OID = 'urn:oid:1.2.250.1.213.1.4.10';
const PERSON = 'claire-exemple';
const INS = '258033523890052';
const RECIPIENT = 'Docteur Essai, Brest';

/** A browser of the person: its cookie and the hidden field of its forms. */
class Browser {
  static async of(identity) {
    const entered = await fetch(`${url}/signin`, { method: 'POST', body: new URLSearchParams({ identity }), redirect: 'manual' });
    assert.equal(entered.status, 303);
    const browser = new Browser();
    browser.cookie = entered.headers.get('set-cookie').split(';')[0];
    browser.csrf = (await browser.page('/share')).match(/name="csrf" value="([^"]+)"/)[1];
    return browser;
  }

  /** A page, perhaps with another cookie besides. */
  async page(path, ...more) {
    const answer = await fetch(`${url}${path}`, { headers: { cookie: [this.cookie, ...more].join('; ') } });
    assert.equal(answer.status, 200, path);
    return answer.text();
  }

  post(path, fields) {
    const body = new URLSearchParams([['csrf', this.csrf], ...fields]);
    return fetch(`${url}${path}`, { method: 'POST', body, headers: { cookie: this.cookie }, redirect: 'manual' });
  }

  /** A link that is shown on the screen. */
  async show() {
    const answer = await this.post('/share/show', []);
    assert.equal(answer.status, 303);
    return linkOf(await this.page(answer.headers.get('location')));
  }

  /** A link that is sent, and its code. */
  async send(fields) {
    const answer = await this.post('/share/send', [['label', RECIPIENT], ['days', '7'], ['openings', '10'], ...fields]);
    assert.equal(answer.status, 303, await answer.text());
    const page = await this.page(answer.headers.get('location'), answer.headers.get('set-cookie').split(';')[0]);
    const code = page.match(/class="passcode digits"><strong>(\d{3}) (\d{3})</);
    return { link: linkOf(page), code: code[1] + code[2], name: page.match(/name="link" value="([^"]+)"/)[1] };
  }
}

const linkOf = (page) => page.match(/<textarea[^>]*>([^<]+)</)[1];

async function token() {
  const answer = await fetch(`${url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: PERSON }) });
  assert.equal(answer.status, 200);
  return answer.text();
}

async function fhir(path) {
  const headers = { authorization: `Bearer ${await token()}`, accept: 'application/fhir+json' };
  const answer = await fetch(`${url}/fhir/${path}`, { headers });
  assert.equal(answer.status, 200, path);
  return answer;
}

const search = (parameters) => fhir(`${parameters}&_count=100`).then((answer) => answer.json());

/** Documents are read behind what is asked: waits until none is unread. */
async function allRead() {
  const patients = await search(`Patient?identifier=${encodeURIComponent(`${OID}|${INS}`)}`);
  const id = patients.entry[0].resource.id;
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await (await fhir(`Patient/${id}/$dmp-find?query=x`)).json();
    if (found.parameter.find(({ name }) => name === 'waiting').valueInteger === 0) return id;
    await new Promise((again) => setTimeout(again, 200));
  }
  throw new Error('documents still wait for being read');
}

/** Without the moments at which the two were made. */
function timeless(bundle) {
  const moments = new Set(['timestamp', 'lastUpdated', 'recorded', 'date']);
  const copy = structuredClone(bundle);
  const [composition] = copy.entry;
  for (const moment of moments) {
    delete copy[moment];
    delete composition.resource[moment];
  }
  return copy;
}

let differences = 0;
/** Counts what differs instead of ending, so that the figure tells all. */
async function same(what, check) {
  try {
    await check();
  } catch (error) {
    differences += 1;
    console.error(`${what}: ${error.message}`);
  }
}

const viewer = (link) => new SHLViewer({ shlinkURI: link });
const browser = await Browser.of(PERSON);
const patient = await allRead();

// Everything that the person hid is shown again: what is hidden is in no link.
const everything = await search(`DocumentReference?patient.identifier=${encodeURIComponent(`${OID}|${INS}`)}&status=current`);
const hidden = everything.entry.filter(({ resource }) => JSON.stringify(resource.securityLabel ?? []).includes('MASQUE_PS'));
for (const { resource } of hidden) assert.equal((await browser.post(`/documents/${resource.id}/show`, [])).status, 303);

await same('a link without a code', async () => {
  const link = await browser.show();
  const { fhirResources, manifest } = await viewer(link).resolveSHL({ recipient: RECIPIENT });
  assert.equal(manifest.files.length, 1);
  const summary = await (await fhir(`Patient/${patient}/$summary`)).json();
  assert.ok(fhirResources[0].entry.length > 10, 'the summary is not empty');
  assert.deepEqual(timeless(fhirResources[0]), timeless(summary));
});

await same('a file too long for the manifest', async () => {
  const link = await browser.show();
  const embedded = await viewer(link).resolveSHL({ recipient: RECIPIENT });
  const located = await viewer(link).resolveSHL({ recipient: RECIPIENT, embeddedLengthMax: 1000 });
  assert.ok(embedded.manifest.files[0].embedded && !located.manifest.files[0].embedded && located.manifest.files[0].location);
  assert.deepEqual(timeless(located.fhirResources[0]), timeless(embedded.fhirResources[0]));
});

await same('a link with a code', async () => {
  const { link, code } = await browser.send([]);
  assert.ok(viewer(link).shl.requiresPasscode && viewer(link).shl.label === RECIPIENT);
  await assert.rejects(viewer(link).resolveSHL({ recipient: RECIPIENT }), SHLInvalidPasscodeError);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await assert.rejects(viewer(link).resolveSHL({ recipient: RECIPIENT, passcode: wrong }), SHLInvalidPasscodeError);
  const opened = await viewer(link).resolveSHL({ recipient: RECIPIENT, passcode: code });
  assert.equal(opened.fhirResources[0].entry[0].resource.resourceType, 'Composition');
});

await same('chosen documents', async () => {
  const chosen = everything.entry.slice(0, 3).map(({ resource }) => resource);
  const fields = chosen.map((resource) => ['document', resource.id]);
  const { link, code } = await browser.send([['choosing', 'documents'], ...fields]);
  const { fhirResources } = await viewer(link).resolveSHL({ recipient: RECIPIENT, passcode: code });
  assert.equal(fhirResources.length, chosen.length);
  for (const [place, resource] of chosen.entries()) {
    const path = resource.content[0].attachment.url.split('/fhir/')[1];
    const headers = { authorization: `Bearer ${await token()}`, accept: '*/*' };
    const bytes = Buffer.from(await (await fetch(`${url}/fhir/${path}`, { headers })).arrayBuffer());
    assert.equal(fhirResources[place].resourceType, 'DocumentReference');
    assert.ok(Buffer.from(fhirResources[place].content[0].attachment.data, 'base64').equals(bytes), 'the bytes of the document');
  }
});

await same('a link that was stopped', async () => {
  const { link, code, name } = await browser.send([]);
  assert.equal((await browser.post('/share/stop', [['link', name]])).status, 303);
  await assert.rejects(viewer(link).resolveSHL({ recipient: RECIPIENT, passcode: code }), SHLManifestNotFoundError);
});

await same('a link that says that it has ended', async () => {
  const { shl } = viewer(await browser.show());
  const ended = SHL.fromPayload({ ...shl.payload, exp: 1_700_000_000 }).toURI();
  await assert.rejects(viewer(ended).resolveSHL({ recipient: RECIPIENT }), SHLExpiredError);
});

await same('an address that was made up', async () => {
  const { shl } = viewer(await browser.show());
  const other = SHL.fromPayload({ ...shl.payload, url: `${shl.url.slice(0, -4)}AAAA` }).toURI();
  await assert.rejects(viewer(other).resolveSHL({ recipient: RECIPIENT }), SHLManifestNotFoundError);
});

console.log(`figure: share-client ${differences}`);
assert.equal(differences, 0);
