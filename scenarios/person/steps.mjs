// The words that journeys are written in. A step says what a person does, by the name that they see, and how many activations it is.
//
// An activation is a press on a link, a button or a folded heading. Typing, ticking, choosing and picking are none, and neither is the
// button that sends what was typed or chosen; a button that acts alone is one. A step may tell how many it took.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const step = (kind, words, run, activations = 0) => ({ kind, words, run, activations });
const said = (name) => (name instanceof RegExp ? String(name) : `« ${name} »`);
const shown = (locator) => locator.filter({ visible: true }).first();

/** Where to look: a role with a name, or the whole page. */
const scope = (page, within) => (within ? page.getByRole(within.role ?? 'region', { name: within.name }).first() : page);

export const link = (name, within) => step('link', `lien ${said(name)}`, (page, hands) => hands.press(page, shown(scope(page, within).getByRole('link', { name }))), 1);

export const button = (name, within) => step('button', `bouton ${said(name)}`, (page, hands) => hands.press(page, shown(scope(page, within).getByRole('button', { name }))), 1);

/** A page that is offered on the home page or among the settings: one activation, or two. */
export const reach = (name) =>
  step('reach', `aller à ${said(name)}`, async (page, hands) => {
    const here = page.getByRole('link', { name }).filter({ visible: true });
    if (await here.count()) {
      await hands.press(page, here.first());
      return 1;
    }
    await hands.press(page, page.getByRole('navigation', { name: /menu/i }).getByRole('link', { name: 'Mes réglages' }));
    await hands.press(page, shown(page.getByRole('main').getByRole('link', { name })));
    return 2;
  }, 2);

/** Sends a form that was filled in before. */
export const send = (name, within) => ({ ...button(name, within), kind: 'send', words: `envoyer ${said(name)}`, activations: 0 });

/** A folded heading; one that is open stays so, and is counted all the same. */
export const unfold = (name) =>
  step('unfold', `déplier ${said(name)}`, async (page, hands) => {
    const heading = shown(page.locator('summary').filter({ hasText: name }));
    await heading.waitFor();
    if (!(await heading.evaluate((one) => one.parentElement.open))) await hands.stay(page, heading);
  }, 1);

/** Types a text, or what a function gives each time. */
export const fill = (label, text) =>
  step('fill', `écrire dans ${said(label)}`, (page, hands) => hands.fill(page, shown(page.getByLabel(label)), typeof text === 'function' ? text() : text));

export const tick = (label, on = true) => step('tick', `cocher ${said(label)}`, (page, hands) => hands.tick(page, page.getByRole('checkbox', { name: label }).first(), on));

export const choose = (label) => step('choose', `choisir ${said(label)}`, (page, hands) => hands.choose(page, page.getByRole('radio', { name: label }).first()));

export const pick = (label, option) => step('pick', `choisir dans ${said(label)}`, (page, hands) => hands.pick(page, shown(page.getByLabel(label)), option));

export const file = (label, given) => step('file', `joindre à ${said(label)}`, (page, hands) => hands.file(page, page.getByLabel(label).first(), given));

/** A link that brings a file: it is reached, and what it leads to is kept in `page.brought`. A browser would show it or keep it. */
export const brings = (name, type, within) =>
  step('brings', `fichier ${said(name)}`, async (page, hands) => {
    const control = shown(scope(page, within).getByRole('link', { name }));
    await hands.reach(page, control);
    const answer = await page.request.get(new URL(await control.getAttribute('href'), page.url()).href);
    assert.equal(answer.status(), 200, `the file « ${name} »`);
    if (type) assert.match(answer.headers()['content-type'] ?? '', type);
    page.brought = await answer.body();
    assert.ok(page.brought.length > 0, 'the file is not empty');
  }, 1);

/** Sends a form that was filled in before and is answered with a file, kept in `page.brought`. */
export const sendForFile = (name) =>
  step('send', `envoyer ${said(name)}`, async (page, hands) => {
    const brought = page.waitForEvent('download', { timeout: 30_000 });
    brought.catch(() => {});
    await hands.stay(page, shown(page.getByRole('button', { name })));
    page.brought = readFileSync(await (await brought).path());
  });

/** Where a journey may begin or go on without counting: an address that somebody was given. */
export const address = (path) => step('address', path, (page) => page.goto(`${page.site}${path}`));

// ---- what must be so ------------------------------------------------------------------------------------------

export const sees = (text) => step('sees', `voit ${said(text)}`, (page) => shown(page.getByText(text)).waitFor());

export const heading = (name) => step('sees', `titre ${said(name)}`, (page) => shown(page.getByRole('heading', { name })).waitFor());

export const seesNot = (text) =>
  step('sees', `ne voit pas ${said(text)}`, async (page) => assert.equal(await page.getByText(text).filter({ visible: true }).count(), 0, `« ${text} » is not on the page`));

/** A control that is there, without using it. */
export const offers = (role, name) => step('sees', `${role} ${said(name)}`, (page) => shown(page.getByRole(role, { name })).waitFor());

/** The address, without its question. */
export const at = (path) =>
  step('sees', `à ${path}`, async (page) => {
    const here = new URL(page.url()).pathname;
    assert.ok(path instanceof RegExp ? path.test(here) : here === path, `at ${here}, not ${path}`);
  });

/** What was done is said. */
export const isDone = step('sees', 'ce qui est fait est dit', (page) => shown(page.getByRole('status')).waitFor());

/** Uses a button where it is still there. */
export const buttonIfThere = (name) =>
  step('button', `bouton ${said(name)} s’il y est`, async (page, hands) => {
    const control = page.getByRole('button', { name }).filter({ visible: true });
    if (await control.count()) await hands.press(page, control.first());
  }, 1);

/** Anything else, in words and a function of page and hands. */
export const check = (words, run) => step('check', words, run);
