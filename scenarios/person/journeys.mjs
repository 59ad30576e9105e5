// What a person does on their site, as they do it: by the names that they see. Each journey goes with and without scripts, at the widths
// of a laptop and of a phone, and by keyboard alone; the activations from the home page to each item are counted.
//
//     npm ci --prefix .. && node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--at-once] [--verbose]
//
// With the path of a program each way of use has a fresh demonstration. `--at-once` does not wait until the documents are read. Needs Chromium (`/usr/bin/chromium`, or CHROMIUM=…).
import access from './journeys/access.mjs';
import keeping from './journeys/keeping.mjs';
import publicSite from './journeys/public.mjs';
import reading from './journeys/reading.mjs';
import { playAll } from './player.mjs';

await playAll({
  journeys: [...publicSite, ...reading, ...access, ...keeping].map((journey) => ({ who: 'claire-exemple', ...journey })),
  begin: async (journey, page) => {
    await journey.before?.(page);
    if (journey.who) await page.goto(`${page.site}/`);
  },
});
