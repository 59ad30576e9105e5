// What a professional does on their site, as they do it: by the names that they see. Each journey goes with and without scripts, on a laptop
// and on a phone, and by keyboard alone; activations are counted from the patient's first page. Every page that a journey passes is asked by axe
// and for sideways scroll once.
//
//     npm ci --prefix .. && node journeys.mjs URL|PROGRAM [--no-js] [--width 390|1366] [--keyboard] [--only NAME|NAME] [--at-once] [--verbose]
import { playAll } from '../person/player.mjs';
import { openPatient } from './site.mjs';
import work from './work.mjs';

await playAll({
  journeys: work.map((journey) => ({ who: 'dr-fictif', ...journey })),
  prefix: 'pro-',
  looks: true,
  begin: async (journey, page) => {
    page.setDefaultTimeout(5_000);
    await (journey.before ? journey.before(page) : openPatient(page));
    if (journey.from) await page.goto(`${page.site}${journey.from}`);
  },
});
