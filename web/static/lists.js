// Keys for the rows of lists.
import { $ } from './dom.js';
import { onKeys } from './keys.js';

let row = -1;
function step(by) {
  const list = [...document.querySelectorAll('.table tbody tr:has(a)')];
  list[row]?.classList.remove('at');
  row = Math.min(list.length - 1, Math.max(0, row + by));
  list[row].classList.add('at');
  $('a', list[row]).focus();
}

onKeys('Lists', [
  [['KeyN'], 'n', 'Next row', () => step(1)],
  [['KeyP'], 'p', 'Row before', () => step(-1)],
  [[], 'Enter', 'Open the row'],
]);
