// The summary in a page of another origin, in Chromium: shown where the register says, nowhere else, and closed to the page around it.
//
//   node embed.mjs keys FOLDER CONFIGURATION: makes the key and the register of the software, with free ports for its pages
//   node embed.mjs URL FOLDER CONFIGURATION [BROWSER]

import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { end, expect, register, ticket, token } from "./common.mjs";

const [url, folder, configuration, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const set = JSON.parse(readFileSync(configuration));

/** A page of practice software, on a name of its own so that browsers take it for another site. `policy` is its own. */
function serve(port) {
  const policy = `default-src 'none'; script-src ${url}; frame-src ${url}`;
  return new Promise((resolve) => {
    const server = createServer((request, answer) => {
      const given = new URL(request.url, "http://localhost").searchParams.get("ticket") ?? "";
      answer.setHeader("content-security-policy", policy);
      answer.setHeader("content-type", "text/html; charset=utf-8");
      answer.end(`<!doctype html><html lang="fr"><title>Logiciel</title><script src="${url}/embed/dmp-synthese.js"></script>
<dmp-synthese ticket="${given}"></dmp-synthese></html>`);
    });
    server.listen(port, "localhost", () => resolve(server));
  });
}

if (url === "keys") {
  const free = async () => {
    const server = await new Promise((resolve) => { const one = createServer(); one.listen(0, "localhost", () => resolve(one)); });
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  const ports = [await free(), await free()];
  register(folder, set.clientId, set.structure, { embeds: [`http://localhost:${ports[0]}`] });
  writeFileSync(configuration, JSON.stringify({ ...set, ports }));
  process.exit(0);
}

const [known, unknown] = set.ports;
const pages = [await serve(known), await serve(unknown)];
const bearer = await token(url, folder, set.clientId, set.doctor);
const fresh = async (wanted = {}) => (await ticket(url, bearer, { ins: set.person.value, frame: true, ...wanted })).ticket;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ locale: "fr-FR" });
context.setDefaultTimeout(60_000);

async function shown(port, given) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(`http://localhost:${port}/?ticket=${given}`);
  const element = await page.waitForSelector("dmp-synthese iframe");
  const frame = await element.contentFrame();
  // A frame of ours, or the browser's word that there shall be none.
  const refused = new Promise((resolve) => page.on("console", (message) => message.text().includes("frame-ancestors") && resolve()));
  await Promise.race([frame.waitForSelector("#content h1", { timeout: 60_000 }).catch(() => {}), refused]);
  return { page, frame, said, text: await frame.locator("#content").innerText({ timeout: 2000 }).catch(() => "") };
}

try {
  // 1. Without a session of the professional the frame asks to sign in, elsewhere.
  const first = await fresh();
  const asks = await shown(known, first);
  expect(asks.text.includes("Connectez-vous au dossier médical partagé"), `it asks to sign in: ${asks.text}`);
  expect((await asks.frame.locator("form, input, script").count()) === 0, "no form and no script in the frame");
  expect((await asks.frame.locator('a[href="/signin"]').evaluate((link) => link.target || document.querySelector("base").target)) === "_blank", "signing in opens a tab");
  const [tab] = await Promise.all([context.waitForEvent("page"), asks.frame.locator('a[href="/signin"]').click()]);
  await tab.waitForLoadState();
  expect(tab.url() === `${url}/signin` && (await tab.evaluate(() => window.top === window && window.opener === null)), `a tab of its own: ${tab.url()}`);

  // 2. The professional signs in there; the same ticket then shows the summary in the frame.
  await tab.locator("details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  await tab.locator(`button[value="${set.doctor.identity}"]`).click();
  await tab.waitForURL(`${url}/pro`);
  await asks.frame.locator('a[target="_self"]').click();
  await asks.frame.waitForSelector(".summary", { timeout: 60_000 }).catch(() => {});
  const text = await asks.frame.locator("#content").innerText();
  expect(text.includes("Dossier médical partagé de") && text.includes("Allergies"), `the summary: ${text.slice(0, 200)}`);

  // 3. The page around it reads nothing.
  const around = await asks.page.evaluate(async (url) => {
    const frame = document.querySelector("iframe");
    const attempts = {
      document: frame.contentDocument === null,
      html: (() => { try { return frame.contentWindow.document.body.innerText; } catch (error) { return error.name; } })(),
      cookie: document.cookie,
      ticket: document.querySelector("dmp-synthese").getAttribute("ticket"),
      place: (() => { try { return frame.contentWindow.location.href; } catch (error) { return error.name; } })(),
    };
    attempts.fetched = await fetch(`${url}/pro`, { credentials: "include" }).then((answer) => `read ${answer.status}`, (error) => error.name);
    return attempts;
  }, url);
  expect(around.document && around.html === "SecurityError" && around.place === "SecurityError", `the frame is closed: ${JSON.stringify(around)}`);
  expect(around.cookie === "" && around.ticket === null && around.fetched === "TypeError", `no cookie, no ticket, no answer: ${JSON.stringify(around)}`);
  const cookies = await context.cookies(url);
  expect(cookies.filter((one) => one.name === "dmp_session").every((one) => one.httpOnly && one.sameSite === "Strict"), "the session's cookie is kept back");
  const inFrame = await asks.frame.evaluate(() => document.cookie).catch((error) => error.message);
  expect(!inFrame.includes("dmp_session"), `nor in the frame: ${inFrame}`);

  // 4. Links of the frame open a tab, where the professional is signed in.
  const [full] = await Promise.all([context.waitForEvent("page"), asks.frame.locator('main a[href^="/pro/patients/"]').first().click()]);
  await full.waitForLoadState();
  expect(full.url().startsWith(`${url}/pro/patients/`), `the whole record in a tab: ${full.url()}`);

  // 5. A ticket serves once, and for frames alone.
  const used = await shown(known, first);
  expect(used.text.includes("a servi ou n'est plus valable"), `a used ticket: ${used.text}`);
  const pageTicket = await ticket(url, bearer, { ins: set.person.value });
  expect((await shown(known, pageTicket.ticket)).text.includes("a servi ou n'est plus valable"), "a ticket of a page opens no frame");
  const answer = await fetch(`${url}/embed/synthese?ticket=${await fresh()}`);
  expect(!answer.headers.getSetCookie().length && !answer.headers.has("x-frame-options"), "no cookie, and no second word about frames");
  expect(answer.headers.get("content-security-policy").includes(`frame-ancestors http://localhost:${known};`), "the register is the policy");

  // 6. Another origin shows nothing, with a good ticket and a session.
  const elsewhere = await shown(unknown, await fresh());
  expect(!elsewhere.text.includes("Allergies") && !elsewhere.text.includes("Dossier médical"), `another origin: ${elsewhere.text}`);
  expect(elsewhere.said.some((line) => line.includes("frame-ancestors")), `the browser says why: ${elsewhere.said}`);
  for (const path of ["/pro", "/signin", "/"]) {
    const policy = (await fetch(`${url}${path}`, { redirect: "manual" })).headers.get("content-security-policy");
    expect(policy.includes("frame-ancestors 'none'"), `${path} stands in no frame`);
  }

  // 7. Who may not read the record is told so, and nothing of it.
  const closed = await shown(known, await fresh({ ins: set.closed.value }));
  expect(closed.text.includes("Vous ne lisez pas ce dossier"), `a record that is not open: ${closed.text}`);

  // 8. The script is small and asks nobody else.
  const script = await (await fetch(`${url}/embed/dmp-synthese.js`)).text();
  expect(script.length < 20_000 && !/https?:\/\//.test(script), `the script: ${script.length} characters`);
  console.log(`script: ${script.length} bytes`);
} catch (error) {
  expect(false, error.stack);
} finally {
  await browser.close();
  pages.forEach((page) => page.close());
}
end("embedding");
