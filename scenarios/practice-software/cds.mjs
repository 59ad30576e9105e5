// Practice software that asks while a patient is viewed and an exam ordered, with the CDS Hooks client of Medplum.
//
//   node cds.mjs URL FOLDER CONFIGURATION: the folder has the key of the software; the configuration names doctors, persons and numbers

import { readFileSync } from "node:fs";
import { Browser, end, expect, signed, ticket, token } from "./common.mjs";

// The library wants one at its start and uses it for subscriptions alone; Node 20 has none.
globalThis.WebSocket ??= class {};
const { MedplumClient, buildCdsRequest } = await import("@medplum/core");

const [url, folder, configuration] = process.argv.slice(2);
const { clientId, doctor, stranger, person, nobody } = JSON.parse(readFileSync(configuration));

/** The software of a doctor with a patient open in it: its own server has the Patient, its own key signs each request to us. */
function software(of, ins) {
  const records = { resourceType: "Patient", id: "p1", identifier: [{ system: `urn:oid:${ins.oid}`, value: ins.value }] };
  const fetchFor = (address, init) => {
    if (address.startsWith(`${url}/fhir/R4/`)) {
      return new Response(JSON.stringify(records), { headers: { "content-type": "application/fhir+json" } });
    }
    const headers = { ...init.headers };
    if (init.method === "POST") headers.authorization = `Bearer ${signed(folder, clientId, address.replace(/\/feedback$/, ""), of)}`;
    return fetch(address, { ...init, headers });
  };
  return new MedplumClient({ baseUrl: `${url}/`, maxRetries: 0, fetch: (address, init) => fetchFor(String(address), init) });
}

const practitioner = { resourceType: "Practitioner", id: "1" };
const order = {
  resourceType: "ServiceRequest", id: "bio", status: "draft", intent: "order", subject: { reference: "Patient/p1" },
  code: { coding: [{ system: "http://loinc.org", code: "4548-4" }] },
};

async function cards(of, ins, service) {
  const client = software(of, ins);
  const context = { userId: "Practitioner/1", patientId: "p1" };
  if (service.hook !== "patient-view") context.draftOrders = { resourceType: "Bundle", type: "collection", entry: [{ resource: order }] };
  if (service.hook === "order-select") context.selections = ["ServiceRequest/bio"];
  const request = await buildCdsRequest(client, practitioner, service, context);
  return (await client.callCdsService(service.id, request)).cards;
}

/** The fields of a card as CDS Hooks 2.0 has them. */
function wellFormed(card) {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const known = ["uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links"];
  expect(Object.keys(card).every((key) => known.includes(key)), `members of a card: ${Object.keys(card)}`);
  expect(uuid.test(card.uuid), "uuid");
  expect(card.summary.length > 0 && [...card.summary].length < 140, `summary: ${card.summary}`);
  expect(["info", "warning", "critical"].includes(card.indicator), `indicator: ${card.indicator}`);
  expect(typeof card.source.label === "string" && card.source.label.length > 0, "source.label");
  for (const suggestion of card.suggestions ?? []) {
    expect(suggestion.label && uuid.test(suggestion.uuid) && card.selectionBehavior, "a suggestion, and how to choose");
    for (const action of suggestion.actions) expect(action.type === "delete" && action.description && action.resourceId, "an action");
  }
  for (const link of card.links ?? []) {
    expect(link.label && ["absolute", "smart"].includes(link.type) && URL.canParse(link.url), `a link: ${JSON.stringify(link)}`);
  }
  for (const reason of card.overrideReasons ?? []) expect(reason.code && reason.system && reason.display, "a reason");
}

// 1. Discovery.
const { services } = await software(doctor, person).getCdsServices();
const byHook = Object.fromEntries(services.map((service) => [service.hook, service]));
expect(Object.keys(byHook).sort().join() === "order-select,order-sign,patient-view", `hooks: ${Object.keys(byHook)}`);
expect(services.every((service) => service.id && service.description && service.prefetch.patient), "each says what it is and needs");

// 2. A patient is viewed: one card, with a link that launches the summary.
const [open, ...more] = await cards(doctor, person, byHook["patient-view"]);
expect(open && more.length === 0, "one card");
wellFormed(open);
const link = open.links.find((one) => one.type === "smart");
expect(link, "a smart link");
const bearer = await token(url, folder, clientId, doctor);
const launch = await ticket(url, bearer, { ins: person.value });
const address = `${link.url}?${new URLSearchParams({ iss: launch.iss, launch: launch.launch })}`;
const browser = new Browser(url);
await browser.send("/signin", { identity: doctor.identity });
const page = await browser.follow(address.slice(url.length), undefined, { elsewhere: true });
expect(page.status === 200 && page.path.startsWith("/pro/patients/"), `the link lands on the patient: ${page.status} ${page.path}`);
expect(!page.path.includes(person.value) && !address.includes(person.value), "no number in an address");

// 3. Who may not read, and who has no record, get the very same nothing.
const refused = JSON.stringify(await cards(stranger, person, byHook["patient-view"]));
expect(refused === "[]", `a stranger: ${refused}`);
expect(JSON.stringify(await cards(doctor, nobody, byHook["patient-view"])) === "[]", "nobody's record");

// 4. An exam that was done lately is ordered: what it was, and a link to the proof. Documents are read behind what is asked.
let found = [];
for (let tries = 0; found.length === 0 && tries < 150; tries += 1) {
  found = await cards(doctor, person, byHook["order-sign"]);
  if (found.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
}
expect(found.length === 1, `one card for one exam: ${found.length}`);
found.forEach(wellFormed);
const proof = await browser.send(new URL(found[0].links[0].url).pathname);
expect(proof.status === 200, `the link opens the proof: ${proof.status}`);
expect((await cards(doctor, person, byHook["order-select"])).length === 1, "the same while it is chosen");
expect((await cards(stranger, person, byHook["order-sign"])).length === 0, "and nothing for a stranger");

// 5. What was made of the card is taken, once signed.
const feedback = { feedback: [{ card: found[0].uuid, outcome: "accepted", acceptedSuggestions: [{ id: found[0].suggestions[0].uuid }], outcomeTimestamp: new Date().toISOString() }] };
const service = `${url}/cds-services/${byHook["order-sign"].id}`;
const headers = { "content-type": "application/json" };
const send = (more) => fetch(`${service}/feedback`, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(feedback) });
expect((await send({ authorization: `Bearer ${signed(folder, clientId, service, doctor)}` })).status === 200, "feedback");
expect((await send({})).status === 401, "feedback of nobody");

end("cds-client");
