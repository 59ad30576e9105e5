// The grid of the 106 criteria: each stands once, with a verdict that has its page, its way and its date. Counts the verdicts.
//
//     node rgaa.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** How many criteria each theme has, images first. */
const THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];
const VERDICTS = ['C', 'NC', 'NA', 'not tried'];

const grid = readFileSync(new URL('../../docs/accessibility/grid.md', import.meta.url), 'utf8');
const rows = grid.split('\n').filter((line) => /^\| \d/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const expected = THEMES.flatMap((count, theme) => Array.from({ length: count }, (_, place) => `${theme + 1}.${place + 1}`));
assert.deepEqual(rows.map(([criterion]) => criterion), expected, 'every criterion stands once, in order');

const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0]));
for (const [criterion, asks, where, verdict, how, date] of rows) {
  assert.ok(VERDICTS.includes(verdict), `${criterion}: verdict « ${verdict} »`);
  assert.ok(asks && where && how, `${criterion}: what, where and how are said`);
  if (verdict !== 'not tried') assert.match(date, /^20\d\d-\d\d-\d\d$/, `${criterion}: a verdict has a date`);
  counts[verdict] += 1;
}
for (const [criterion, , , verdict, how] of rows) if (verdict === 'NC' || verdict === 'not tried') console.log(`${criterion} ${verdict}: ${how}`);
console.log(`rgaa-criteria ${rows.length}`);
console.log(`rgaa-c ${counts.C}`);
console.log(`rgaa-na ${counts.NA}`);
console.log(`rgaa-nc ${counts.NC}`);
console.log(`rgaa-not-tried ${counts['not tried']}`);
process.exitCode = counts.NC + counts['not tried'] > 0 ? 1 : 0;
