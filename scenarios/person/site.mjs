// A browser before the person's site: who is signed in, at which size, with or without scripts; and what went wrong meanwhile.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** The text of axe, to be put into a page that was opened past its policy. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/**
 * A page in a context of its own, signed in as a test identity unless `who` is null.
 * What the console, the policy and foreign servers say is kept in `page.trouble`.
 */
export async function visit(browser, url, who, { viewport = LAPTOP, script = true, pastPolicy = false } = {}) {
  const context = await browser.newContext({ viewport, locale: 'fr-FR', javaScriptEnabled: script, bypassCSP: pastPolicy, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(2_500);
  page.setDefaultNavigationTimeout(20_000);
  page.trouble = [];
  page.on('console', (said) => {
    // The status of a page that is meant to be refused is no error of the page.
    if (said.type() === 'error' && !/Failed to load resource.*(40[0-9]|422)/.test(said.text())) page.trouble.push(`console: ${said.text()}`);
  });
  // The viewer of PDFs has scripts of its own.
  page.on('pageerror', (error) => page.url().endsWith('.pdf') || page.trouble.push(`script: ${error.message}`));
  page.on('request', (asked) => {
    if (!asked.url().startsWith(url) && !/^(data|blob|about|chrome-extension):/.test(asked.url())) page.trouble.push(`asks another server: ${new URL(asked.url()).origin}`);
  });
  page.site = url;
  if (who) await signIn(page, who);
  return page;
}

/** Signs in as a test identity without the page of it; the journey of signing in goes through the page. */
export async function signIn(page, who) {
  const answer = await page.request.post(`${page.site}/signin`, { form: { identity: who } });
  assert.ok(answer.ok(), `${who} signs in: ${answer.status()}`);
}

/** Whether the program has a page at this address, which somebody with a full record may see. */
export async function has(url, path) {
  known.set(url, known.get(url) ?? new Map());
  if (!known.get(url).has(path)) {
    const entered = await fetch(`${url}/signin`, { method: 'POST', body: new URLSearchParams({ identity: 'claire-exemple' }), redirect: 'manual' });
    const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const answer = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
    known.get(url).set(path, ![404, 405].includes(answer.status));
  }
  return known.get(url).get(path);
}
const known = new Map();

/** Waits until the documents of a demonstration are read into facts, which begins after the start. */
export async function everythingIsRead(browser, url, people = ['claire-exemple', 'odette-specimen', 'tom-fictif']) {
  for (const who of people) {
    const page = await visit(browser, url, who);
    for (let tries = 0; ; tries += 1) {
      const html = await (await page.request.get(`${url}/`)).text();
      if (!/attend(ent)? d(&#39;|'|’)être lu/.test(html)) break;
      assert.ok(tries < 300, 'the documents of the demonstration were not read in five minutes');
      await new Promise((done) => setTimeout(done, 1_000));
    }
    await page.context().close();
  }
}

/** The titles of a person's documents that a professional finds, through the FHIR door. */
export async function titlesSeenBy(url, who, ins) {
  const token = await (await fetch(`${url}/sandbox/token`, { method: 'POST', body: new URLSearchParams({ as: who }) })).text();
  const query = new URLSearchParams({ 'patient.identifier': `urn:oid:1.2.250.1.213.1.4.10|${ins}`, status: 'current', _count: '500' });
  const answer = await fetch(`${url}/fhir/DocumentReference?${query}`, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status === 403 || answer.status === 404) return null;
  assert.equal(answer.status, 200, `${who} lists documents`);
  return ((await answer.json()).entry ?? []).map((entry) => entry.resource.content[0].attachment.title);
}

/** What the newest mail in the mailbox of a demonstration says in this form, such as a code. */
export async function lastMail(page, form) {
  const html = await (await page.request.get(`${page.site}/sandbox/mailbox`)).text();
  const found = html.slice(html.indexOf('<main')).replace(/<[^>]+>/g, ' ').match(form)?.[0];
  assert.ok(found, `no mail holds ${form}`);
  return found;
}
