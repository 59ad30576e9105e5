// The keys of a professional's pages. Every way they lead stands on the page as a link or a button: without this script nothing is lost.
// Nothing is fetched; whether the keys are off is kept in this browser.
(() => {
  'use strict';
  const OFF = 'dmp-keys-off';
  const isOff = () => localStorage.getItem(OFF) === '1';
  const panel = document.getElementById('keys');
  const switching = document.querySelector('[data-keys]');
  if (switching) {
    const button = switching.querySelector('button');
    const say = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
    button.addEventListener('click', () => {
      if (isOff()) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, '1');
      say();
    });
    say();
    switching.hidden = false;
  }

  const rows = () => [...document.querySelectorAll('[data-row]')].filter((one) => one.checkVisibility());
  const here = () => {
    const all = rows();
    const row = document.activeElement?.closest('li')?.querySelector('[data-row]');
    const focused = all.indexOf(row ?? document.activeElement);
    return focused >= 0 ? focused : all.findIndex((one) => one.getAttribute('aria-current') === 'true');
  };
  const go = (step) => {
    const all = rows();
    const to = all[Math.min(Math.max(here() + step, 0), all.length - 1)];
    if (!to) return;
    // Beside an open document the next one opens; in the list alone it takes the focus, and Enter opens it.
    if (document.querySelector('[data-open]')) to.click();
    else to.focus();
  };
  const tick = () => {
    const box = rows()[here()]?.closest('li')?.querySelector('input[type=checkbox]');
    if (box) box.checked = !box.checked;
  };
  const print = () => {
    const chosen = document.querySelector('form[data-print]');
    if (chosen && document.querySelector('input[form="choice"]:checked')) chosen.submit();
    else window.print();
  };
  const find = () => document.querySelector('[role=search] input[type=search]')?.focus();
  const help = () => {
    if (!panel) return;
    panel.open = !panel.open;
    panel.querySelector('summary').focus();
  };
  const does = { j: () => go(1), k: () => go(-1), x: tick, i: print, '/': find, '?': help };

  document.addEventListener('keydown', (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')) return;
    const way = /^[a-z]$/.test(event.key) ? document.querySelector(`a[data-key="${event.key}"]`) : null;
    const act = does[event.key] ?? (way && (() => way.click()));
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A file may be dropped where one is asked for.
  for (const place of document.querySelectorAll('[data-drop]')) {
    const field = place.querySelector('input[type=file]');
    place.addEventListener('dragover', (event) => event.preventDefault());
    place.addEventListener('drop', (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }
})();
