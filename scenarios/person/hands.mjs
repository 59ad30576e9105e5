// Two ways to use a page: with a pointer, and with the keyboard alone. Both do the same steps; the keyboard reaches each control by Tab
// and looks on the way whether the focus shows, stays on the page and lands on something large enough.
import assert from 'node:assert/strict';

/** How long a press may take to bring the next page. */
const BRINGS_MS = 8_000;
/** WCAG 2.2, 2.5.8. */
const TARGET_PX = 24;

/** Does `act`, which loads a page or moves within it, and waits for it. */
async function moving(page, act) {
  const moved = page.waitForEvent('framenavigated', { timeout: BRINGS_MS });
  moved.catch(() => {});
  await act();
  await moved;
  await page.waitForLoadState('domcontentloaded');
}

/** The pointer of a mouse, or a finger. */
export const pointer = {
  name: 'pointer',
  reach: (_page, control) => control.waitFor(),
  press: (page, control) => moving(page, () => control.click()),
  stay: (_page, control) => control.click(),
  fill: (_page, field, text) => field.fill(text),
  tick: (_page, box, on) => box.setChecked(on),
  choose: (_page, radio) => radio.check(),
  pick: (_page, list, option) => list.selectOption({ label: option }),
  file: (_page, field, file) => field.setInputFiles(file),
};

/** The keyboard alone. What is wrong with the focus is added to `found`, a Map from what to where. */
export function keyboard(found) {
  const reach = (page, control) => reachByTab(page, control, found);
  return {
    name: 'keyboard',
    reach,
    async press(page, control) {
      await reach(page, control);
      await moving(page, () => page.keyboard.press('Enter'));
    },
    async stay(page, control) {
      await reach(page, control);
      await page.keyboard.press('Enter');
    },
    async fill(page, field, text) {
      await reach(page, field);
      if (await field.evaluate((one) => /date|time|month|number|color/.test(one.type))) return field.fill(text);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
      if (text === '') await page.keyboard.press('Delete');
    },
    async tick(page, box, on) {
      await reach(page, box);
      if ((await box.isChecked()) !== on) await page.keyboard.press('Space');
      assert.equal(await box.isChecked(), on, 'Space ticks the box');
    },
    async choose(page, radio) {
      await reachGroup(page, radio, found);
      for (let tries = 0; tries < 40 && !(await radio.isChecked()); tries += 1) {
        if (await hasFocus(radio)) await page.keyboard.press('Space');
        else await page.keyboard.press('ArrowDown');
      }
      assert.ok(await radio.isChecked(), 'arrows reach the choice');
    },
    async pick(page, list, option) {
      await reach(page, list);
      await page.keyboard.press('Home');
      const chosen = () => list.evaluate((one) => one.selectedOptions[0]?.label.trim() ?? '');
      for (let tries = 0; tries < 100 && (await chosen()) !== option; tries += 1) await page.keyboard.press('ArrowDown');
      assert.equal(await chosen(), option, 'arrows reach the option');
    },
    async file(page, field, file) {
      await reach(page, field);
      await field.setInputFiles(file);
    },
  };
}

const hasFocus = (control) => control.evaluate((one) => one === document.activeElement);

async function reachByTab(page, control, found) {
  await control.waitFor({ state: 'attached' });
  const words = await control.evaluate((one) => (one.textContent || one.name || one.tagName).trim().slice(0, 60));
  return tabUntil(page, () => hasFocus(control), found, words, await control.evaluate(isNearerBackwards));
}

/** A set of radio buttons is one stop; arrows go on from there. */
function reachGroup(page, radio, found) {
  const inGroup = () =>
    radio.evaluate((one) => one === document.activeElement || (one.type === 'radio' && document.activeElement?.type === 'radio' && document.activeElement.name === one.name));
  return tabUntil(page, inGroup, found, 'a choice');
}

/** Tab, or Shift and Tab when the control is nearer that way. */
async function tabUntil(page, isThere, found, what, backwards = false) {
  const most = (await page.evaluate(countStops)) * 2 + 20;
  for (let tries = 0; tries < most; tries += 1) {
    if (await isThere()) return;
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    note(page, await page.evaluate(stopAt, TARGET_PX), found);
  }
  assert.fail(`Tab does not reach « ${what} » in ${most} presses`);
}

/** Goes once through a whole page, and through each page once: every control is a stop, and the walk ends. */
export async function walk(page, found) {
  const name = pattern(page);
  if (walked.has(name)) return;
  walked.add(name);
  if (await page.evaluate(() => document.contentType !== 'text/html')) return;
  const most = (await page.evaluate(countStops)) * 2 + 20;
  await page.evaluate(() => {
    // From the top, wherever an anchor or a press has led.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    globalThis.stops = new Set();
  });
  for (let tries = 0; tries < most; tries += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopAt, TARGET_PX);
    if (stop.around) break;
    note(page, stop, found);
    if (tries === most - 1) add(found, 'the focus never comes around', page);
  }
  for (const missed of await page.evaluate(notReached)) add(found, `Tab does not reach ${missed}`, page);
}

function note(page, stop, found) {
  for (const wrong of stop.wrong) add(found, wrong, page);
}

const walked = new Set();
const pattern = (page) => new URL(page.url()).pathname.replace(/[A-Za-z0-9._-]{16,}/g, '{id}');

function add(found, wrong, page) {
  const where = pattern(page);
  found.set(`${where}: ${wrong}`, (found.get(`${where}: ${wrong}`) ?? 0) + 1);
}

// ---- what runs inside the page --------------------------------------------------------------------------------

/** Whether fewer stops lie between the focus and a control when one goes backwards, around the top of the page. */
function isNearerBackwards(one) {
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((other) => other.checkVisibility());
  const from = Math.max(0, stops.indexOf(document.activeElement));
  const forwards = (stops.indexOf(one) - from + stops.length) % stops.length;
  return forwards > stops.length / 2;
}

/** More than the stops there can be. */
function countStops() {
  return document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]').length;
}

/** Where the focus is, and what is wrong with it. The stop before is compared with how it looks now, without the focus. */
function stopAt(least) {
  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecoration].join('|');
  };
  const words = (one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''} « ${(one.getAttribute('aria-label') ?? one.textContent ?? one.name ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)} »`;
  const wrong = [];
  const one = document.activeElement;
  const before = globalThis.focusedBefore;
  if (before && before.one !== one && before.one.isConnected && before.looks.every((then) => then === look(before.one))) wrong.push(`no visible focus on ${words(before.one)}`);
  globalThis.focusedBefore = null;
  if (!one || one === document.body || one === document.documentElement) return { around: (globalThis.stops?.size ?? 0) > 0, wrong };
  // A date has several stops within, of which the browser marks some itself.
  const within = before?.one === one;
  const around = !within && (globalThis.stops?.has(one) ?? false);
  globalThis.stops?.add(one);
  globalThis.focusedBefore = { one, looks: [...(within ? before.looks : []), look(one)] };
  // Of boxes and choices the label is a target as well.
  const shown = one.matches('input[type=checkbox], input[type=radio]') && one.labels?.[0] ? one.labels[0] : one;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(one);
  // What the criterion allows: a link inside a sentence has the height of its line; a small target may stand alone in a circle of that size.
  const inSentence = style.display === 'inline' && one.parentElement && one.parentElement.textContent.trim() !== one.textContent.trim();
  const middle = [box.left + box.width / 2, box.top + box.height / 2];
  const standsAlone = () =>
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((other) => other !== one && other !== shown && other.checkVisibility() && !other.contains(one) && !one.contains(other))
      .map((other) => other.getBoundingClientRect())
      .filter((other) => other.width > 0 && other.height > 0)
      .every((other) => {
        const small = other.width < least || other.height < least;
        const to = small
          ? [other.left + other.width / 2, other.top + other.height / 2]
          : [Math.max(other.left, Math.min(middle[0], other.right)), Math.max(other.top, Math.min(middle[1], other.bottom))];
        return Math.hypot(to[0] - middle[0], to[1] - middle[1]) >= (small ? least : least / 2);
      });
  if (!inSentence && (box.width < least || box.height < least) && !standsAlone()) wrong.push(`${Math.round(box.width)} × ${Math.round(box.height)} px: ${words(one)}`);
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!inSight) wrong.push(`the focus is out of sight on ${words(one)}`);
  return { around, wrong };
}

/** Controls that show and were no stop of the walk. */
function notReached() {
  const groups = new Set([...globalThis.stops].filter((one) => one.type === 'radio').map((one) => one.name));
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((one) => one.checkVisibility() && !one.disabled && !one.matches(':disabled') && one.type !== 'hidden' && one.tabIndex >= 0)
    .filter((one) => !globalThis.stops.has(one) && !(one.type === 'radio' && groups.has(one.name)))
    .map((one) => `${one.tagName.toLowerCase()} « ${(one.textContent || one.name || '').trim().slice(0, 40)} »`);
}
