// A professional before the site: signed in, with a patient open.
import { LAPTOP, visit } from '../person/site.mjs';

export const INS = { claire: '258033523890052', tom: null };

/** Opens the record of a number, as a professional does. Where the page asks for the person's consent, it is given. */
export async function openPatient(page, ins = INS.claire) {
  await page.goto(`${page.site}/pro`);
  await page.fill('#ins', ins);
  await Promise.all([page.waitForURL('**/pro/patients/**'), page.press('#ins', 'Enter')]);
  const consent = page.getByLabel(/m.a donné son accord maintenant/);
  if (await consent.count()) {
    await consent.check();
    await Promise.all([page.waitForURL(/said=consent/), page.getByRole('button', { name: /Enregistrer l.accord/ }).click()]);
  }
}

/** A page of a professional, with this patient open. */
export async function atPatient(browser, url, who, options = {}) {
  const page = await visit(browser, url, who, { viewport: LAPTOP, ...options });
  await openPatient(page, options.ins);
  return page;
}

/** A PDF of one page that says these words. */
export function pdf(words) {
  const text = `BT /F1 18 Tf 72 720 Td (${words}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let out = '%PDF-1.4\n';
  const at = objects.map((object, place) => {
    const here = out.length;
    out += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return here;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((here) => `${String(here).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** The smallest picture: one white point. */
export const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
