// A passkey from its making to the second sign-in, in a browser with a virtual authenticator: offered after signing in by a printed code,
// used without typing anything, refused from another browser's copy, and hidden where there is no script.
//
//     npm ci && node passkey.mjs http://localhost:8080
//
// Needs a demonstration under a name (`dmp serve --demo --base-url http://localhost:8080`) and Chromium (`/usr/bin/chromium`, or CHROMIUM=…).
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const url = process.argv[2];
if (!url) throw new Error('usage: node passkey.mjs URL');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** A browser of its own; what its pages may not do is told. */
async function visitor(options = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const page = await context.newPage();
  const violations = [];
  page.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
  return { context, page, violations };
}

/** An authenticator that finds its keys by itself and has a fingerprint to check. */
async function authenticator(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

const button = (page, name) => page.getByRole('button', { name });

// ---- a sheet of codes, as a test identity ---------------------------------------------------------------------------------
const first = await visitor();
await first.page.request.post(`${url}/signin`, { form: { identity: 'claire-exemple' } });
await first.page.goto(`${url}/settings/signin`);
await button(first.page, /^Faire une (nouvelle feuille|feuille de codes)$/).click();
const identifier = await first.page.locator('dd.digits').textContent();
const codes = await first.page.locator('ol.codes li').allTextContents();
assert.equal(codes.length, 12);
await first.context.close();

// ---- by a code, then the offer ------------------------------------------------------------------------------------------------
const { context, page, violations } = await visitor();
const { session, authenticatorId } = await authenticator(context, page);
await page.goto(`${url}/signin`);
assert.ok(await page.locator('form[data-passkey]').isVisible(), 'the script shows the form');
await page.fill('#identifier', identifier.toUpperCase());
await button(page, "J'ai une feuille de codes").click();
await page.fill('#code', codes[0].toLowerCase());
await button(page, 'Me connecter').click();
await page.waitForURL('**/settings/signin/passkey?offer=1');
await button(page, "Ajouter une clé d'accès sur cet appareil").click();
await page.waitForURL('**/settings/signin?said=passkey-added');
const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
assert.equal(credentials.length, 1);
assert.ok(credentials[0].isResidentCredential, 'it is found without an identifier');
assert.equal(await page.getByRole('button', { name: 'Retirer la clé' }).count(), 1);

// The same authenticator makes no second one for the same account.
await page.goto(`${url}/settings/signin/passkey`);
await button(page, "Ajouter une clé d'accès sur cet appareil").click();
await page.locator('[data-failed]').waitFor({ state: 'visible' });

// ---- with the passkey: two screens, nothing typed ------------------------------------------------------------------------------
await button(page, 'Quitter').click();
await page.waitForURL('**/signin');
const fields = await page.locator('main input:visible').count();
assert.ok(fields <= 3, `${fields} fields on the sign-in page`);
await button(page, "Me connecter avec ma clé d'accès").click();
await page.waitForURL(`${url}/`);
assert.match(await page.locator('.viewer').textContent(), /Claire EXEMPLE/);

// A person who does not show their finger gets nowhere, and is told.
await button(page, 'Quitter').click();
await page.waitForURL('**/signin');
await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
await button(page, "Me connecter avec ma clé d'accès").click();
await page.locator('[data-failed]').waitFor({ state: 'visible' });
await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

// A copy of the key whose counter stands behind is refused.
await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credentials[0].credentialId });
await session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credentials[0], signCount: 0 } });
await page.goto(`${url}/signin`);
await button(page, "Me connecter avec ma clé d'accès").click();
await page.getByRole('alert').filter({ hasText: "n'a pas été reconnue" }).waitFor();

// A key of this site that no account knows.
await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credentials[0].credentialId });
const unknown = { ...credentials[0], credentialId: Buffer.from('a key of nobody, made up').toString('base64'), signCount: 9 };
await session.send('WebAuthn.addCredential', { authenticatorId, credential: unknown });
await page.goto(`${url}/signin`);
await button(page, "Me connecter avec ma clé d'accès").click();
await page.getByRole('alert').filter({ hasText: "n'a pas été reconnue" }).waitFor();

const blocked = violations.filter((text) => /Content Security Policy|Refused to/.test(text));
assert.deepEqual(blocked, [], 'the policy stops nothing that the pages need');

// ---- without a script ------------------------------------------------------------------------------------------------------------
const plain = await visitor({ javaScriptEnabled: false });
await plain.page.goto(`${url}/signin`);
assert.ok(!(await plain.page.locator('form[data-passkey]').isVisible()), 'without a script the button is not there');
await plain.page.fill('#identifier', identifier);
await button(plain.page, "J'ai une feuille de codes").click();
await plain.page.fill('#code', codes[1]);
await button(plain.page, 'Me connecter').click();
await plain.page.waitForURL(`${url}/`);

await browser.close();
console.log('passkey: made, used, refused where it must be; scripts: 1, violations: 0');
