// An app that a professional launches from the record: the client library of SMART Health IT, and what somebody would try who wants more.
//
//   node ehr.mjs URL PROFESSIONAL PERSON INS OTHER_INS OID

import smart from "fhirclient";
import { Browser, end, expect, hidden } from "./common.mjs";

const [url, professional, person, ins, other, oid] = process.argv.slice(2);
const app = "courbes-essai";
const home = "http://127.0.0.1:8124";
const scope = "launch patient/Patient.rs patient/DocumentReference.rs patient/Binary.rs";

// What the server says of itself.
const about = await (await fetch(`${url}/fhir/.well-known/smart-configuration`)).json();
for (const word of ["launch-ehr", "context-ehr-patient", "context-banner", "permission-user", "permission-v2"]) {
  expect(about.capabilities.includes(word), `capability ${word}`);
}
expect(!about.capabilities.includes("sso-openid-connect") && !about.scopes_supported.includes("openid"), "no id_token is promised");
expect(about.scopes_supported.includes("launch"), "scope launch");

/** What the library asks of the web framework that an app runs in. */
function adapter(path, storage) {
  const request = { url: path, headers: { host: "127.0.0.1:8124" }, socket: {} };
  return smart(request, { writeHead() {}, end() {} }, storage);
}

function keep() {
  const kept = new Map();
  return {
    async get(key) { return kept.get(key); },
    async set(key, value) { kept.set(key, value); return value; },
    async unset(key) { return kept.delete(key); },
  };
}

// 1. The professional signs in, finds the patient, and opens the app there.
const browser = new Browser(url);
await browser.send("/signin", { identity: professional });
const csrf = async (path) => hidden((await browser.send(path)).text, "csrf");
const patientPage = await browser.send("/pro", { csrf: await csrf("/pro"), ins });
expect(patientPage.status === 200, `the patient opens: ${patientPage.status}`);
const pid = patientPage.path.match(/\/pro\/patients\/([^/?#]+)/)[1];
const apps = `/pro/patients/${pid}/apps`;
const listed = await browser.send(apps);
expect(listed.text.includes("Courbes d"), "the app is offered");
expect(listed.headers.get("content-security-policy").includes(`form-action 'self' ${home}`), "the form leads to the app, and nowhere else");

async function launchedAt() {
  const { location } = await browser.send(apps, { csrf: await csrf(apps), app });
  expect(location?.startsWith(`${home}/lancement?iss=${encodeURIComponent(`${url}/fhir`)}&launch=`), `the app is launched: ${location}`);
  return location.slice(home.length);
}

/** From the launch to the answer at the app's address. */
async function answered(launch, storage, asked = scope, as = browser) {
  const address = await adapter(launch, storage).authorize({
    clientId: app, scope: asked, redirectUri: `${home}/retour`, pkceMode: "required", noRedirect: true,
  });
  // The app sends the browser back here: it comes from another site.
  const page = await as.follow(address.slice(url.length), undefined, { elsewhere: true });
  return { address, back: page.location, page };
}

const launch = await launchedAt();
const storage = keep();
const { address, back } = await answered(launch, storage);
expect(address.startsWith(`${url}/oauth/authorize?`) && address.includes("launch="), `the library passes the launch on: ${address}`);
expect(back?.startsWith(`${home}/retour?code=`), `the app gets a code: ${back}`);

// 2. It gets its key and reads, in the name of the professional.
const client = await adapter(back.slice(home.length), storage).ready();
const given = client.state.tokenResponse;
expect(given.need_patient_banner === true && !given.refresh_token && !given.id_token, "a banner, no refresh token, no id_token");
expect(given.expires_in <= 3600 && given.scope === scope, `an hour, for what was asked: ${given.scope}`);
const patient = await client.patient.read();
expect(patient.identifier.some((one) => one.value === ins), "the patient of the launch");
const summary = await client.request(`Patient/${client.patient.id}/$summary`);
expect(summary.type === "document", "$summary");
const list = await client.request(`DocumentReference?patient=Patient/${client.patient.id}&status=current`);
expect(list.total > 0, "DocumentReference");
const document = list.entry?.[0].resource;
const bytes = await client.request({ url: document?.content[0].attachment.url, headers: { accept: "application/fhir+json" } });
expect(bytes.data?.length > 100, "Binary");

// 3. It reads no other patient, no journal, and writes nothing.
const bearer = { authorization: `Bearer ${given.access_token}` };
const status = async (path, init = {}) => (await fetch(`${url}${path}`, { ...init, headers: { ...bearer, ...init.headers } })).status;
const system = encodeURIComponent(`urn:oid:${oid}|`);
expect((await status(`/fhir/Patient?identifier=${system}${ins}`)) === 200, "the patient by their number");
expect((await status(`/fhir/DocumentReference?patient.identifier=${system}${other}&status=current`)) === 403, "no other patient's documents");
expect((await status(`/fhir/Patient?identifier=${system}${other}`)) === 403, "no other patient");
expect((await status(`/fhir/AuditEvent?patient.identifier=${system}${ins}`)) === 403, "no journal");
const json = { method: "POST", headers: { "content-type": "application/json" } };
expect((await status("/fhir/DocumentReference", { ...json, body: "{}" })) === 403, "no writing");
expect((await status("/pro/appel/ticket", { ...json, body: JSON.stringify({ ins }) })) === 403, "no ticket for others");

// 4. A launch serves once, for its professional.
const again = await answered(launch, keep());
expect(new URL(again.back).searchParams.get("error") === "invalid_request", `a launch serves once: ${again.back}`);
expect(new URL(again.back).searchParams.get("error_description").startsWith("launch "), "and says that it is the launch");
const thief = new Browser(url);
await thief.send("/signin", { identity: "dr-inconnu" });
const stolen = await answered(await launchedAt(), keep(), scope, thief);
expect(new URL(stolen.back).searchParams.get("error") === "invalid_request", `nobody else uses a launch: ${stolen.back}`);
for (const [asked, error] of [
  ["launch user/*.rs patient/*.rs", "invalid_scope"],
  ["launch openid fhirUser patient/*.rs", "invalid_scope"],
  ["launch patient/*.cruds", "invalid_scope"],
  ["launch offline_access patient/*.rs", "invalid_scope"],
]) {
  const refused = await answered(await launchedAt(), keep(), asked);
  expect(new URL(refused.back).searchParams.get("error") === error, `${asked}: ${refused.back}`);
}

// 5. Whoever signs in on the way comes back to the launch.
const late = new Browser(url);
const waiting = await answered(await launchedAt(), keep(), scope, late);
expect(waiting.page.text.includes('action="/signin"'), "signing in comes first");
const entered = await late.follow("/signin", { identity: professional });
expect(entered.location?.startsWith(`${home}/retour?code=`), `and leads to the app: ${entered.location}`);

// 6. A wrong exchange says which parameter is wrong.
async function exchange(changes) {
  const state = keep();
  const { back } = await answered(await launchedAt(), state);
  const query = new URL(back).searchParams;
  const { codeVerifier } = await state.get(query.get("state"));
  const form = {
    grant_type: "authorization_code", client_id: app, code: query.get("code"), redirect_uri: `${home}/retour`, code_verifier: codeVerifier, ...changes,
  };
  const send = async () => (await fetch(`${url}/oauth/token`, { method: "POST", body: new URLSearchParams(form) })).json();
  return { send, first: await send() };
}
for (const [changes, word] of [
  [{ code_verifier: "a".repeat(43) }, "code_verifier"],
  [{ redirect_uri: `${home}/autre` }, "redirect_uri"],
  [{ client_id: "carnet-essai" }, "client_id"],
  [{ client_id: "nobody" }, "client_id"],
  [{ client_id: "" }, "client_id"],
  [{ code: "made-up" }, "code"],
  [{ code_verifier: "short" }, "code_verifier"],
  [{ grant_type: "password" }, "grant_type"],
]) {
  const { first } = await exchange(changes);
  expect(first.error_description?.includes(word), `${JSON.stringify(changes)}: ${JSON.stringify(first)}`);
}
const twice = await exchange({});
expect(twice.first.access_token, "a good exchange");
const second = await twice.send();
expect(second.error === "invalid_grant" && second.error_description.includes("used before"), `a code serves once: ${JSON.stringify(second)}`);
const ended = await fetch(`${url}/fhir/Patient/${pid}`, { headers: { authorization: `Bearer ${twice.first.access_token}` } });
expect(ended.status === 401, "and a second use ends the access");

// 7. With user/ it reads what the professional may, and no more.
const wide = keep();
const wideBack = (await answered(await launchedAt(), wide, "launch user/Patient.rs user/DocumentReference.rs")).back;
const everywhere = await adapter(wideBack.slice(home.length), wide).ready();
const asWide = { headers: { authorization: `Bearer ${everywhere.state.tokenResponse.access_token}` } };
const reach = async (number) => (await fetch(`${url}/fhir/DocumentReference?patient.identifier=${system}${number}&status=current`, asWide)).status;
const own = await (await fetch(`${url}/sandbox/token`, { method: "POST", body: new URLSearchParams({ as: professional }) })).text();
const theirs = await fetch(`${url}/fhir/DocumentReference?patient.identifier=${system}${other}&status=current`, { headers: { authorization: `Bearer ${own}` } });
expect(theirs.status === 200, "the professional reads another patient as well");
expect((await reach(ins)) === 200 && (await reach(other)) === 200, "and so does an app with user/");
const content = await fetch(document.content[0].attachment.url, asWide);
expect(content.status === 403, `contents need Binary: ${content.status}`);

// 8. The person reads in their journal who looked, and with what.
const holder = new Browser(url);
await holder.send("/signin", { identity: person });
const journal = (await holder.send("/journal")).text.replaceAll("&#39;", "'").replaceAll("\u00a0", " ");
expect(journal.includes("avec l'application « Courbes d'essai »"), "the journal names the app");

// 9. The app lays its access down; leaving ends those that remain.
const revoked = await fetch(`${url}/oauth/revoke`, { method: "POST", body: new URLSearchParams({ client_id: app, token: given.access_token }) });
expect(revoked.status === 200 && (await status(`/fhir/Patient/${client.patient.id}`)) === 401, "laid down");
expect((await reach(ins)) === 200, "the other access stands");
await browser.send("/signout", { csrf: await csrf("/pro") });
expect((await reach(ins)) === 401, "who leaves takes their apps along");

console.log(`read ${list.total} documents, ${summary.entry.length} entries of the summary`);
end("smart-ehr-client");
