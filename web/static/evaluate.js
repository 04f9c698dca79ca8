// The evaluate form: a current question, keys for its answers, a count, drafts. Scores come from the server.
import { $, $$, button, clock, el } from './dom.js';
import { startDraft } from './draft.js';
import { onKeys } from './keys.js';

const form = $('form.evaluate');
const questions = $$('.q', form);
const score = $('#score');
const tally = el('span', { class: 'tally' });
let current = -1;

const answered = (q) => $$('.opts :is(:checked, textarea, .short, [type="date"])', q).some((c) => c.value.trim());

let settle = () => {}; // hides what is not asked
function count() {
  settle();
  const asked = questions.filter((q) => !q.hidden);
  tally.textContent = `${asked.filter(answered).length} of ${asked.length} answered`;
}

function mark(index) {
  if (index === current || !questions[index]) return;
  questions[current]?.classList.remove('now');
  current = index;
  questions[current].classList.add('now');
}

function go(step) {
  let next = current + step;
  while (questions[next]?.hidden) next += step;
  mark(next);
  const q = questions[current];
  ($('.opts :checked', q) ?? $('.opts :is(input, textarea)', q)).focus({ preventScroll: true });
  q.scrollIntoView({ block: 'nearest' });
}

function choose(option) {
  if (!option) return false;
  option.click();
}
const options = () => $$('.opt:not(.na) input', questions[current] ?? form);
const digits = Array.from({ length: 9 }, (_, i) => [[`Digit${i + 1}`], '', '', () => choose(options()[i])]);

function openNote(text = '') {
  const note = $('.note', questions[current]);
  if (!note) return false;
  note.open = true;
  const box = $('textarea', note);
  if (text) {
    box.value += `${box.value && !/\s$/.test(box.value) ? '\n' : ''}${text}`;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

const audio = $('#player audio');
// The place goes into its own field; a second one into the text.
function noteHere() {
  const at = $('.note [name^="at."]', questions[current]);
  const time = clock(audio.currentTime);
  if (!at || (at.value && at.value !== time)) return openNote(`${time} `);
  at.value = time;
  at.dispatchEvent(new Event('input', { bubbles: true }));
  return openNote();
}
if (audio) {
  const add = () => $('.player .controls')?.append(button('Note here', noteHere, { title: 'Write the time into the note' }));
  add();
  $('#player').addEventListener('dressed', add, { once: true });
}

for (const q of questions) {
  $$('.opt:not(.na)', q).slice(0, 9).forEach((label, i) => label.append(el('kbd', { 'aria-hidden': 'true' }, String(i + 1))));
  $('.opt.na', q)?.append(el('kbd', { 'aria-hidden': 'true' }, '0'));
}
form.addEventListener('focusin', (event) => mark(questions.indexOf(event.target.closest('.q'))));
form.addEventListener('click', (event) => mark(questions.indexOf(event.target.closest('.q'))));
form.addEventListener('input', count);
$('.result', form).prepend(tally);
mark(Math.max(0, questions.findIndex((q) => !answered(q))));
count();
if ($('[data-when]', form)) {
  import('./when.js').then((when) => {
    settle = when.settle;
    count();
  });
}

const draft = startDraft(form, {
  onChange: count,
  onScore: (text) => score && (score.textContent = text ?? '\u2013'),
});
const submit = () => form.requestSubmit($('button[value="submit"]', form));
onKeys('Scorecard', [
  [[], '1 2 3', 'Answer of the current question'],
  ...digits,
  [['Digit0'], '0', 'Not applicable', () => choose($('.opt.na input', questions[current]))],
  [['KeyN', 'ArrowDown'], 'n', 'Next question', () => go(1)],
  [['KeyP', 'ArrowUp'], 'p', 'Question before', () => go(-1)],
  [['KeyO'], 'o', 'Open the note', () => openNote()],
  ...(audio ? [[['KeyC'], 'c', 'Note with the current time', noteHere]] : []),
  [['Ctrl+Enter'], 'Ctrl+Enter', 'Submit', submit, true],
  [['Ctrl+KeyS'], 'Ctrl+s', 'Save now', () => void draft.then((d) => d.save()), true],
  [['Escape'], 'Esc', 'Leave the text box', () => document.activeElement.matches('textarea, input') ? document.activeElement.blur() : false, true],
]);
