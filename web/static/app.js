// Every page: the keys, the focus on what went wrong, the lists.
import { $ } from './dom.js';
import { startKeys } from './keys.js';

startKeys();
$('#errors')?.focus();
if ($('form[data-upload]')) import('./upload.js');

// An error link leads to the field itself, with its question in view.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('.errors a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest('fieldset, .field') ?? field).scrollIntoView({ block: 'center' });
  field.focus({ preventScroll: true });
});
