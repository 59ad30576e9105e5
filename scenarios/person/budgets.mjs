// What a first visit weighs, and how much later the largest thing shows than on an empty page of the same server in the same run.
//
//     npm ci --prefix .. && node budgets.mjs URL|PROGRAM
//
// Weights are those of whole answers, headers with them, as they come over the wire. What the server sends uncompressed is counted as a proxy in front would send it
// (gzip -6), and said: `sent-uncompressed`. The empty page is `/sandbox/empty`, one word.
import { gzipSync } from 'node:zlib';
import { place } from './demo.mjs';
import { LAPTOP, launch, visit } from './site.mjs';

const KB = 1_024;
const MOST = { kb: 60, requests: 6, css: 14, js: 20, lcp: 0.2 };
const ROUNDS = 5;
const EMPTY = '/sandbox/empty';

const PAGES = [
  ['public page', '/', null],
  ['signing in', '/signin', null],
  ['home', '/', 'claire-exemple'],
  ['documents', '/documents', 'claire-exemple'],
  ['results', '/results', 'claire-exemple'],
  ['who has access', '/access', 'claire-exemple'],
  ['settings', '/settings', 'claire-exemple'],
  ['opening', '/opening', null],
  ['invitation', '/invitation', null],
  ['statistics', '/statistiques', null],
  ['opening at the counter', '/accueil/ouvrir', 'agent-cpam'],
  ['campaigns', '/accueil/campagnes', 'agent-cpam'],
];

/** One visit with nothing in the cache: what came, and when the largest thing showed, in seconds. */
async function first(browser, url, path, who) {
  const page = await visit(browser, url, who, { viewport: LAPTOP });
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const asked = new Map();
  wire.on('Network.requestWillBeSent', ({ requestId, request, type }) => asked.set(`${requestId} ${request.url}`, { id: requestId, url: request.url, type }));
  wire.on('Network.responseReceived', ({ requestId, response, type }) => {
    const one = [...asked.values()].reverse().find((other) => other.id === requestId);
    if (one) Object.assign(one, { type, status: response.status, encoding: Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] });
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = [...asked.values()].reverse().find((other) => other.id === requestId);
    if (one) one.bytes = encodedDataLength;
  });
  const has = (await page.request.get(`${url}${path}`)).status() === 200;
  if (!has) {
    await page.context().close();
    return null;
  }
  await page.goto(`${url}${path}`, { waitUntil: 'load' });
  const lcp = await page.evaluate(
    () => new Promise((done) => {
      let last = null;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) last = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
      setTimeout(() => done(last), 400);
    }),
  );
  for (const one of asked.values()) {
    if (one.encoding || !one.bytes) continue;
    one.plain = one.bytes;
    const body = await wire.send('Network.getResponseBody', { requestId: one.id }).catch(() => null);
    if (body) {
      const bytes = Buffer.from(body.body, body.base64Encoded ? 'base64' : 'utf8');
      one.bytes += gzipSync(bytes, { level: 6 }).length - bytes.length;
    }
  }
  await page.context().close();
  return { lcp: lcp === null ? null : lcp / 1_000, brought: [...asked.values()] };
}

const sum = (list) => list.reduce((all, one) => all + (one.bytes ?? 0), 0);
const median = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
const kind = (one, ...types) => types.includes(one.type);

const browser = await launch();
const worst = { kb: 0, requests: 0, css: 0, js: 0, lcp: 0, plain: 0 };
const wrong = [];
try {
  const where = await place(process.argv[2] ?? '', browser);
  const demo = await where.fresh();
  await first(browser, demo.url, EMPTY, null);
  console.log('| page | KB | requests | CSS | JS | largest paint − empty, s | uncompressed, KB |\n| --- | --- | --- | --- | --- | --- | --- |');
  for (const [name, path, who] of PAGES) {
    const visits = [];
    const over = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const empty = await first(browser, demo.url, EMPTY, who);
      const seen = await first(browser, demo.url, path, who);
      if (!seen) break;
      visits.push(seen);
      if (seen.lcp !== null && empty.lcp !== null) over.push(seen.lcp - empty.lcp);
    }
    if (!visits.length) {
      wrong.push(`${name}: missing`);
      console.log(`| ${name} (${path}) | missing | | | | | |`);
      continue;
    }
    const { brought } = visits[0];
    const figures = {
      kb: sum(brought) / KB,
      requests: brought.length,
      css: sum(brought.filter((one) => kind(one, 'Stylesheet'))) / KB,
      js: sum(brought.filter((one) => kind(one, 'Script'))) / KB,
      lcp: over.length ? median(over) : Infinity,
      plain: brought.reduce((all, one) => all + (one.plain ?? 0), 0) / KB,
    };
    for (const one of brought) {
      if (!one.url.startsWith(demo.url)) wrong.push(`${name}: third party ${one.url}`);
      if (kind(one, 'Font')) wrong.push(`${name}: font ${one.url}`);
    }
    for (const key of Object.keys(MOST)) if (figures[key] > MOST[key]) wrong.push(`${name}: ${key} ${figures[key].toFixed(2)} of ${MOST[key]}`);
    for (const key of Object.keys(worst)) worst[key] = Math.max(worst[key], figures[key]);
    console.log(`| ${name} (${path}) | ${figures.kb.toFixed(1)} | ${figures.requests} | ${figures.css.toFixed(1)} | ${figures.js.toFixed(1)} | ${figures.lcp.toFixed(3)} | ${figures.plain.toFixed(1)} |`);
  }
  await demo.stop();
  await where.close();
} finally {
  await browser.close();
}
for (const one of wrong) console.log(one);
console.log(`first-visit-kb ${worst.kb.toFixed(1)}`);
console.log(`first-visit-requests ${worst.requests}`);
console.log(`css-kb ${worst.css.toFixed(1)}`);
console.log(`js-kb ${worst.js.toFixed(1)}`);
console.log(`lcp-over-empty ${worst.lcp.toFixed(3)}`);
console.log(`sent-uncompressed ${worst.plain.toFixed(1)}`);
process.exitCode = wrong.length > 0 ? 1 : 0;
