// An app of the person: the client library of SMART Health IT launches, the person consents in their browser (forms, no script), the app
// reads, comes back with its refresh token, and is taken out.
//
//   node app.mjs http://127.0.0.1:PORT IDENTITY

import smart from "fhirclient";

const [url, identity] = process.argv.slice(2);
const back = "http://127.0.0.1:8123/retour";
let failures = 0;

function expect(holds, what) {
  if (!holds) {
    failures += 1;
    console.log(`failed: ${what}`);
  }
}

/** The person's browser: cookies of one site, redirects within it followed, the one that leaves it given back. */
class Browser {
  cookies = new Map();

  async send(path, form) {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const init = form ? { method: "POST", body: new URLSearchParams(form), headers } : { headers };
    const answer = await fetch(new URL(path, url), { ...init, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      value ? this.cookies.set(name, value) : this.cookies.delete(name);
    }
    const location = answer.headers.get("location");
    if (location && location.startsWith("/")) return this.send(location);
    return { status: answer.status, location, text: location ? "" : await answer.text() };
  }
}

const hidden = (page, name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1].replaceAll("&amp;", "&").replaceAll("&#38;", "&");

/** What the library asks of the web framework that an app runs in. */
function adapter(path, storage) {
  const request = { url: path, headers: { host: "127.0.0.1:8123" }, socket: {} };
  return smart(request, { writeHead() {}, end() {} }, storage);
}

const kept = new Map();
const storage = {
  async get(key) { return kept.get(key); },
  async set(key, value) { kept.set(key, value); return value; },
  async unset(key) { return kept.delete(key); },
};

// 1. The app sends the person to the record.
const scope = "launch/patient offline_access patient/Patient.rs patient/DocumentReference.rs patient/Binary.rs";
const asked = await adapter("/launch", storage).authorize({
  clientId: "carnet-essai", scope, iss: `${url}/fhir`, redirectUri: back, pkceMode: "required", noRedirect: true,
});
expect(asked.startsWith(`${url}/oauth/authorize?`), `the library found where to ask: ${asked}`);

// 2. The person signs in, and comes back to the very question.
const person = new Browser();
let page = await person.send(asked.slice(url.length));
expect(page.text.includes('href="/oauth/continue"'), "signing in comes first");
page = await person.send("/oauth/continue");
expect(page.text.includes('action="/signin"'), "the way leads to the sign-in page");
page = await person.send("/signin", { identity });
expect(page.text.includes('name="decision" value="accept"'), "whoever signed in is asked");

// 3. Accepts, for three months.
const answer = [["csrf", hidden(page.text, "csrf")], ["request", hidden(page.text, "request")], ["until", "quarter"], ["decision", "accept"]];
for (const [, value] of page.text.matchAll(/name="read" value="([a-z]+)" checked/g)) answer.push(["read", value]);
expect(answer.length === 7, "three things are ticked");
page = await person.send("/oauth/authorize", answer);
expect(page.location?.startsWith(`${back}?code=`), `the answer goes to the app: ${page.status}`);

// 4. The app gets its keys and reads.
const client = await adapter(page.location.slice("http://127.0.0.1:8123".length), storage).ready();
expect(client.patient.id?.length > 20, "the app hears whose record it is");
expect(client.state.tokenResponse.refresh_token, "the app may come back");
const patient = await client.patient.read();
expect(patient.resourceType === "Patient" && patient.id === client.patient.id, "Patient");
const summary = await client.request(`Patient/${client.patient.id}/$summary`);
expect(summary.resourceType === "Bundle" && summary.type === "document", "$summary");
const list = await client.request(`DocumentReference?patient=Patient/${client.patient.id}&status=current`);
expect(list.resourceType === "Bundle" && list.total > 0, "DocumentReference");
const document = list.entry?.[0].resource;
const bytes = await client.request({ url: document?.content[0].attachment.url, headers: { accept: "application/fhir+json" } });
expect(bytes.resourceType === "Binary" && bytes.data?.length > 100, "Binary");
console.log(`read ${list.total} documents, ${summary.entry.length} entries of the summary`);

// 5. It comes back with its refresh token.
const before = client.state.tokenResponse.refresh_token;
await client.refresh();
expect(client.state.tokenResponse.refresh_token !== before, "the refresh token rotates");
expect((await client.patient.read()).id === client.patient.id, "the new key reads");

// 6. What it may not.
await client.create({ resourceType: "DocumentReference" }).then(
  () => expect(false, "an app wrote"),
  (error) => expect(error.status === 403, `writing is refused: ${error.status}`),
);

// 7. The person takes the access back; the next reading is refused.
page = await person.send("/apps");
expect(page.text.includes("Carnet d"), "the page names the app");
page = await person.send("/apps/withdraw", { csrf: hidden(page.text, "csrf"), app: hidden(page.text, "app") });
expect(page.status === 200, "taken back");
const again = await fetch(`${url}/fhir/Patient/${client.patient.id}`, { headers: { authorization: `Bearer ${client.state.tokenResponse.access_token}` } });
expect(again.status === 401, `the next reading is refused: ${again.status}`);
await client.refresh().then(() => expect(false, "a taken access came back"), () => {});

console.log(`figure: smart-client ${failures}`);
process.exit(failures === 0 ? 0 : 1);
