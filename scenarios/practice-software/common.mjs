// What the scripts share: counting what does not hold, a browser of forms, software that signs.

import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

export let failures = 0;

export function expect(holds, what) {
  if (!holds) {
    failures += 1;
    console.log(`failed: ${what}`);
  }
}

/** Ends the script with its figure. */
export function end(name) {
  console.log(`figure: ${name} ${failures}`);
  process.exit(failures === 0 ? 0 : 1);
}

export const hidden = (page, name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1].replaceAll("&amp;", "&").replaceAll("&#38;", "&");

/** A browser of forms: cookies of one site, redirects within it followed, the one that leaves it given back. */
export class Browser {
  cookies = new Map();

  constructor(url) {
    this.url = url;
  }

  /** `elsewhere`: another site leads here, and the browser keeps cookies of `SameSite=Strict` back. */
  async send(path, form, { elsewhere = false, origin } = {}) {
    const sent = [...this.cookies].filter(([, cookie]) => !elsewhere || !cookie.strict);
    const headers = { cookie: sent.map(([name, cookie]) => `${name}=${cookie.value}`).join("; ") };
    if (origin) headers.origin = origin;
    const init = form ? { method: "POST", body: new URLSearchParams(form), headers } : { headers };
    const answer = await fetch(new URL(path, this.url), { ...init, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      value ? this.cookies.set(name, { value, strict: line.includes("SameSite=Strict") }) : this.cookies.delete(name);
    }
    const location = answer.headers.get("location");
    if (location?.startsWith("/")) return this.send(location);
    const refresh = answer.headers.get("refresh")?.split("url=")[1];
    return { status: answer.status, location, refresh, path, text: location ? "" : await answer.text(), headers: answer.headers };
  }

  /** The same, and on as far as pages lead on by themselves. */
  async follow(path, form, options) {
    let page = await this.send(path, form, options);
    for (let steps = 0; page.refresh && steps < 5; steps += 1) page = await this.send(page.refresh);
    return page;
  }
}

/** Makes the key of a software and the register that names it. */
export function register(folder, clientId, structure, more = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const jwk = { ...publicKey.export({ format: "jwk" }), alg: "ES384", use: "sig", kid: "k1" };
  const client = {
    client_id: clientId, software: "Logiciel de cabinet 1.0", structure_id: structure.id, structure_name: structure.name,
    scope: "user/*.cruds", jwks: { keys: [jwk] }, ...more,
  };
  writeFileSync(`${folder}/key.pem`, privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(`${folder}/clients.json`, JSON.stringify([client]));
}

/** What a software signs, naming its professional. */
export function signed(folder, clientId, audience, professional) {
  const key = createPrivateKey(readFileSync(`${folder}/key.pem`));
  const now = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    iss: clientId, sub: clientId, aud: audience, iat: now, exp: now + 120, jti: randomUUID(),
    extensions: { ihe_iua: { subject_id: professional.id, subject_name: professional.name, subject_role: [professional.role] } },
  };
  const text = `${part({ alg: "ES384", typ: "JWT", kid: "k1" })}.${part(claims)}`;
  return `${text}.${sign("sha384", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

/** An access token of a professional, by the software's assertion. */
export async function token(url, folder, clientId, professional) {
  const form = {
    grant_type: "client_credentials", scope: "user/*.cruds",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: signed(folder, clientId, `${url}/oauth/token`, professional),
  };
  const answer = await fetch(`${url}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`no token: ${body.error_description}`);
  return body.access_token;
}

/** A one-time ticket. */
export async function ticket(url, bearer, wanted) {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/pro/appel/ticket`, { method: "POST", headers, body: JSON.stringify(wanted) });
  return { status: answer.status, ...(await answer.json()) };
}
