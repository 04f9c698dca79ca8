// The page on which a scorecard is written. Underneath is a plain text field in a plain form: the editor stands over it,
// and everything typed is in that field too. The server says what is wrong; its words are marked on their lines.
import { $, $$, button, el, say, setting } from './dom.js';
import { read, renewToken, timeNow } from './fields.js';
import { openJournal } from './journal.js';
import { onKeys } from './keys.js';
import { spelled } from './merge.js';
import { forget, putBack } from './restore.js';
import { openSource } from './source.js';

const SOON = 1000; // ms after the last key until the server is asked

const form = $('form.editor');
const area = $('textarea.source', form);
const field = area.closest('.field');
const box = el('div', { class: 'code' });
const found = el('p', { role: 'status', class: 'found' });
const list = el('ol', { class: 'faults' });
const state = el('span', { class: 'save', role: 'status', id: 'save' });
const main = $('.actions button:not([name="do"])', form);

// What the check says stands here, live. The server's words about the text as it was sent are for pages without scripts.
function clearBelow() {
  for (let node = form.nextSibling; node; ) {
    const next = node.nextSibling;
    node.remove();
    node = next;
  }
}
clearBelow();
area.after(box, el('section', { class: 'problems', 'aria-label': 'Problems' }, found, list));
$('.actions', form).append(state);

let plain = setting('editor') === 'simple';
let source = null;
let faults = [];

const tell = (text, trouble = false) => {
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle('trouble', trouble);
};

// --- where one is in the text, in either editor ---

const lineStart = (n) => area.value.split('\n').slice(0, n - 1).reduce((sum, line) => sum + line.length + 1, 0);
function here() {
  if (!plain) return source.line();
  return area.value.slice(0, area.selectionStart).split('\n').length;
}
function go(line) {
  if (!plain) return source.go(line);
  const from = lineStart(Math.max(1, line));
  area.focus();
  area.setSelectionRange(from, from);
  const lines = area.value.split('\n').length;
  area.scrollTop = (area.scrollHeight * (line - 1)) / lines - area.clientHeight / 2;
}

// --- what the server finds ---

const message = ({ text, remedy }) => [text, remedy].filter(Boolean).join(' ');

const trials = (tests) => tests.map((t) => ({ line: t.line, text: `Test \u201c${t.name}\u201d failed.`, remedy: t.text }));
const mark = () => source?.mark(faults.map((f) => ({ line: f.line, message: message(f) })));

function show(said) {
  const failed = (said.tests ?? []).filter((t) => !t.passed);
  faults = [...(said.faults ?? []), ...trials(failed)].map((f) => ({ ...f, line: Math.max(1, f.line || 1) })).sort((a, b) => a.line - b.line);
  const tests = said.tests?.length ? ` ${said.tests.length - failed.length} of ${said.tests.length} tests passed.` : '';
  const count = faults.length ? `${faults.length} problem${faults.length === 1 ? '' : 's'}.` : 'No problems found.';
  if (found.textContent !== count + tests) found.textContent = count + tests;
  found.classList.toggle('trouble', faults.length > 0);
  list.replaceChildren(...faults.map((f) => el('li', {}, el('a', { href: `#L${f.line}` }, `Line ${f.line}`), `: ${message(f)}`)));
  mark();
}

let timer = 0;
let asked = 0;
async function check() {
  clearTimeout(timer);
  const address = form.dataset.check;
  if (!address || !area.value.trim()) return;
  const mine = ++asked;
  const body = new URLSearchParams(new FormData(form));
  let said = null;
  try {
    const answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (answer.ok && !answer.redirected) said = await answer.json();
  } catch {
    // Said below; the text is where it was.
  }
  if (mine !== asked) return; // the text has changed since
  if (said) return show(said);
  found.textContent = 'Not checked just now: the server could not be asked.';
}

// --- nothing typed is lost ---

const address = form.getAttribute('action');
const cameBack = sessionStorage.getItem('earshot.posted') === address; // this page shows what was posted, not what is kept
sessionStorage.removeItem('earshot.posted');
// The same text is written at several addresses: its own page, and the answer to a check. What is hidden in the form says which it is.
const which = $$('input[type="hidden"]:not([name="token"])', form).map((hidden) => hidden.value).join('|');
const journal = await openJournal(`${document.body.dataset.user ?? ''}|${address}|${which}`);
const base = read(form, true);
let confirmed = cameBack || $('.errors', form) ? null : spelled(base);
const isDirty = () => spelled(read(form)) !== confirmed;
const note = () => journal.put({ ts: Date.now(), base: confirmed ? base : {}, fields: read(form) });

function changed() {
  note();
  tell(isDirty() ? (journal.kept() ? 'Not saved yet - kept on this computer.' : 'Not saved yet, and this browser keeps nothing.') : '');
  clearTimeout(timer);
  timer = setTimeout(check, SOON);
}

const { records, changed: restored } = await putBack(journal, form);
if (restored) say('Text kept on this computer was put back.');
if (isDirty()) changed();
else forget(journal, records);
form.addEventListener('input', changed);
form.addEventListener('change', changed);

let gone = false;
function leave(by) {
  gone = true;
  sessionStorage.setItem('earshot.posted', address);
  form.requestSubmit(by);
}

async function save() {
  if (gone) return;
  tell('Saving...');
  let answer;
  try {
    answer = await fetch(address, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  } catch {
    return tell('The server cannot be reached. Your text is kept on this computer.', true);
  }
  const to = new URL(answer.url);
  if (answer.ok && answer.redirected && to.pathname !== '/sign-in') {
    gone = true;
    await Promise.all([journal.mine, ...records.map(([key]) => key)].map((key) => journal.remove(key)));
    tell(`Saved ${timeNow()}`);
    location.assign(to.href);
    return;
  }
  if (answer.status === 401 || answer.status === 403 || to.pathname === '/sign-in') {
    await renewToken();
    return tell('You are signed out. Your text is kept on this computer. Sign in again in a new tab, then save.', true);
  }
  if (answer.status >= 500) return tell('The server could not save it. Your text is kept on this computer.', true);
  leave(main); // the server's own page shows what is wrong
}

form.addEventListener('submit', (event) => {
  if (gone) return;
  const by = event.submitter;
  event.preventDefault();
  if (by?.value === 'check' && form.dataset.check) return check();
  if (by && by !== main) return leave(by);
  save();
});
addEventListener('pageshow', (event) => event.persisted && (gone = false));

// --- the editor, or the plain field ---

const swap = button('', () => {
  const at = here();
  plain = !plain;
  setting('editor', plain ? 'simple' : 'full');
  dress();
  go(at);
}, { class: 'quiet swap' });
field.prepend(swap);

function dress() {
  area.hidden = !plain;
  box.hidden = plain;
  swap.textContent = plain ? 'Full editor' : 'Simple editor';
  if (plain) return;
  if (source) source.set(area.value);
  else {
    source = openSource(box, {
      text: area.value,
      label: $('label', field)?.textContent ?? 'Scorecard',
      onChange(text) {
        if (text === area.value) return;
        area.value = text;
        changed();
      },
    });
  }
  mark();
}
dress();

$('label', field)?.addEventListener('click', () => !plain && source.focus());
// Links to lines lead into the editor: the text beside it is for pages without it.
document.getElementById('L1')?.closest('details')?.removeAttribute('open');
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('main a[href^="#L"]');
  const line = link && /^#L(\d+)$/.exec(link.hash);
  if (!line) return;
  event.preventDefault();
  go(Number(line[1]));
});
$$('.errors a[href="#f.text"]', form).forEach((link) => link.addEventListener('click', () => !plain && source.focus()));

function nextProblem() {
  if (!faults.length) return say('No problems found.');
  const at = here();
  go((faults.find((f) => f.line > at) ?? faults[0]).line);
}
onKeys('Editor', [
  [['F8'], 'F8', 'Next problem', nextProblem, true],
  [['Ctrl+Enter'], 'Ctrl+Enter', 'Check', () => void check(), true],
  [['Ctrl+KeyS'], 'Ctrl+s', 'Save', () => void save(), true],
  [[], 'Tab', 'Indent; Esc, then Tab, leaves the text'],
]);
check();
