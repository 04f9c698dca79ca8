// One map of keys for the page. Parts register what they answer to; the dialog is made from the same rows.
// A key is named by its place on the keyboard (event.code), so a Greek layout works like a Latin one.
// Single keys never act while somebody types, composes, or has the switch off.
import { $, button, el, setting } from './dom.js';

const rows = [];
let off = setting('keys') === 'off';

// keys: ['KeyJ', ...], with 'Shift+' or 'Ctrl+' in front; `cap` is what the dialog shows.
// typing: true for keys that also act inside a text field.
export function onKeys(group, list) {
  for (const [keys, cap, what, action, typing = false] of list) rows.push({ group, keys, cap, what, action, typing });
}

const isText = (node) =>
  node?.isContentEditable || (node instanceof HTMLInputElement && !['radio', 'checkbox', 'range', 'button', 'submit'].includes(node.type)) ||
  node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

// What the focused control does with the key by itself must stay its own.
function isNative(node, event) {
  if (['Space', 'Enter'].includes(event.code)) return !!node?.closest?.('a, button, summary, input, select, textarea');
  if (event.code.startsWith('Arrow')) return node instanceof HTMLInputElement || !!node?.matches?.('[tabindex="0"]');
  return false;
}

function name(event) {
  const code = event.code.replace(/^Numpad(\d)$/, 'Digit$1').replace('NumpadEnter', 'Enter');
  // The slash and the question mark stand elsewhere on many keyboards: for these two the character counts.
  if (event.key === '?') return '?';
  if (event.key === '/' && !event.ctrlKey) return '/';
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.shiftKey ? 'Shift+' : '') + code;
}

let first = '';
let firstAt = 0;
function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey) return;
  const typing = isText(event.composedPath()[0]) || $('dialog[open]');
  let key = name(event);
  const sequence = event.timeStamp - firstAt < 1500 ? `${first} ${key}` : '';
  [first, firstAt] = [key, event.timeStamp];
  const single = !/^(Ctrl\+|F\d|Escape)/.test(key);
  if (single && (typing || off || isNative(event.composedPath()[0], event))) return;
  const row = rows.find((r) => r.keys.includes(sequence)) ?? rows.find((r) => r.keys.includes(key));
  if (!row || (typing && !row.typing) || $('dialog[open]')) return;
  if (row.action(event) !== false) event.preventDefault();
}

const dialog = () => void import('./sheet.js').then(({ show }) => show(rows, !off, (on) => setting('keys', (off = !on) ? 'off' : 'on')));

function searchBox() {
  const box = $('input[type="search"]');
  if (!box) return false;
  box.focus();
  box.select?.();
}

const go = (address) => () => {
  if (!$(`nav a[href="${address}"], .brand[href="${address}"]`)) return false;
  location.href = address;
};

export function startKeys() {
  onKeys('Everywhere', [
    [['?'], '?', 'These keys', dialog],
    [['/'], '/', 'Search box', searchBox],
    [['KeyG KeyH'], 'g h', 'Home', go('/')],
    [['KeyG KeyC'], 'g c', 'Calls', go('/calls')],
    [['KeyG KeyL'], 'g l', 'Library', go('/exemplars')],
  ]);
  if ($('.table tbody a') && !$('.evaluate')) import('./lists.js');
  document.addEventListener('keydown', pressed);
  const bar = $('header.top');
  const open = button('Keys ', dialog, { class: 'keys-button', 'aria-haspopup': 'dialog' });
  open.append(el('kbd', {}, '?'));
  ($('.user', bar) ?? bar)?.before?.(open);
  if (!$('.user', bar)) bar?.append(open);
}
