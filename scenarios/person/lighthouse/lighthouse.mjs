// The four scores of Lighthouse for twelve pages, as on a middling telephone.
//
//     npm ci && node lighthouse.mjs URL [--only PATH] [--desktop]
//
// Needs a demonstration (`dmp serve --demo`) and Chromium (`/usr/bin/chromium`, or CHROMIUM=…). The score for search engines is printed and not
// asked for: every page says `noindex`, for a health record is not to be found by them.
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100 };
const CLAIRE = 'claire-exemple';
const PAGES = [
  ['/', null], ['/signin', null], ['/help', null], ['/', CLAIRE], ['/documents', CLAIRE], ['/results', CLAIRE],
  ['/access', CLAIRE], ['/settings', CLAIRE], ['/timeline', CLAIRE], ['/share', CLAIRE], ['/add', CLAIRE], ['/easy', CLAIRE],
];

const { values: asked, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' }, desktop: { type: 'boolean' } } });
const url = positionals[0]?.replace(/\/$/, '');
if (!url) throw new Error('usage: node lighthouse.mjs URL [--only PATH] [--desktop]');

/** The cookies of a session of a test identity. */
async function session(who) {
  const answer = await fetch(`${url}/signin`, { method: 'POST', body: new URLSearchParams({ identity: who }), redirect: 'manual' });
  return answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
}

const chrome = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
const worst = {};
let missing = 0;
try {
  console.log('| page | performance | accessibility | best practices | search engines |\n| --- | --- | --- | --- | --- |');
  for (const [path, who] of PAGES) {
    if (asked.only && path !== asked.only) continue;
    const extraHeaders = who ? { Cookie: await session(who) } : {};
    const there = await fetch(`${url}${path}`, { headers: extraHeaders });
    const name = `${path}${who ? '' : ' (signed out)'}`;
    if (there.status !== 200) {
      missing += 1;
      console.log(`| ${name} | missing | | | |`);
      continue;
    }
    const flags = { port: chrome.port, extraHeaders, logLevel: 'error', disableStorageReset: false };
    const { lhr } = await lighthouse(`${url}${path}`, flags, asked.desktop ? desktopConfig : undefined);
    const score = (category) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
    const scores = ['performance', 'accessibility', 'best-practices', 'seo'].map(score);
    console.log(`| ${name} | ${scores.join(' | ')} |`);
    for (const category of Object.keys(LEAST)) worst[category] = Math.min(worst[category] ?? 100, score(category));
    for (const audit of Object.values(lhr.audits)) {
      const counts = ['accessibility', 'best-practices'].some((category) => lhr.categories[category]?.auditRefs.some((one) => one.id === audit.id && one.weight > 0));
      if (counts && audit.score !== null && audit.score < 1) console.log(`  ${name}: ${audit.id}: ${audit.title}`);
    }
  }
} finally {
  chrome.kill();
}
for (const [category, least] of Object.entries(worst)) console.log(`lighthouse-${category}-least ${least}`);
console.log(`lighthouse-missing ${missing}`);
process.exitCode = missing > 0 || Object.entries(LEAST).some(([category, least]) => (worst[category] ?? 0) < least) ? 1 : 0;
