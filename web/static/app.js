// Every page: the keys, the focus on what went wrong, the lists.
import { $, el } from './dom.js';
import { isAnyKept, isCopyKept } from './journal.js';
import { startKeys } from './keys.js';

startKeys();
$('#errors')?.focus();
if ($('form[data-upload]')) import('./upload.js');
if ($('.preview [data-when]')) import('./when.js');

// An error link leads to the field itself, with its question in view.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.errors a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest('fieldset, .field') ?? field).scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
});

// Who signs out leaves nothing behind on a shared computer, but for text that the server has not got yet.
let kept = true;
if ($('form[action="/sign-out"]')) isAnyKept().then((any) => (kept = any));
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute('action') !== '/sign-out' || form.elements.namedItem('clear')) return;
  kept ||= isCopyKept(); // since the page was loaded
  if (!kept) form.append(el('input', { type: 'hidden', name: 'clear', value: '1' }));
});
