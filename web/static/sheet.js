// The dialog that tells which keys the page has.
import { button, el } from './dom.js';

// rows: of keys.js; `single`: whether single keys act, `turn` to change it.
export function show(rows, single, turn) {
  const box = el('dialog', { class: 'keys', 'aria-labelledby': 'keys-h' });
  const check = el('input', { type: 'checkbox', id: 'keys-single', checked: single });
  check.addEventListener('change', () => turn(check.checked));
  box.append(
    el('h2', { id: 'keys-h' }, 'Keys of this page'),
    el('div', { class: 'field check' }, check, el('label', { for: 'keys-single' }, 'Single-key shortcuts')),
  );
  for (const group of new Set(rows.map((r) => r.group))) {
    const list = el('dl');
    for (const row of rows.filter((r) => r.group === group && r.cap)) {
      list.append(el('dt', {}, ...row.cap.split(' ').flatMap((c) => [el('kbd', {}, c), ' '])), el('dd', {}, row.what));
    }
    box.append(el('h3', {}, group), list);
  }
  box.append(el('p', {}, 'Single keys rest while you type. F2, F8, F9 and Ctrl with a key work everywhere.'), button('Close', () => box.close()));
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}
