// Nothing typed is ever lost: each change goes to this computer at once and to the server soon after.
// The journal is cleared only when the server has confirmed exactly what stands in the form now.
import { $, $$ } from './dom.js';
import { read, renewToken, showTheirs, timeNow, write } from './fields.js';
import { openJournal } from './journal.js';
import { merge, spelled } from './merge.js';
import { forget, putBack } from './restore.js';

const SOON = 800;       // ms after the last key
const AT_MOST = 5000;   // ms while typing goes on
const CAREFUL = 2000;   // ms where this browser keeps nothing
const WAITS = 'Not on the server yet - kept on this computer. Trying again...';
const KEEPALIVE = 60000; // bytes; the platform refuses 64 KiB

export async function startDraft(form, { onScore, onChange }) {
  const state = $('#save');
  const hidden = (name) => form.elements.namedItem(name);
  const address = form.dataset.draft;
  const wasRefused = !!$('.errors', form);

  let rev = Number(hidden('rev').value) || 0;
  let base = wasRefused ? {} : read(form, true); // what the server's draft held at `rev`; unknown after a refused form
  let confirmed = wasRefused ? null : spelled(base);
  let dirtySince = 0;
  let timer = 0;
  let pause = 1000;
  let reachable = true;
  let sending = null;
  let gone = false;

  const journal = await openJournal(`${document.body.dataset.user ?? ''}|${address}`);
  const absorbed = [];
  const isDirty = () => spelled(read(form)) !== confirmed;

  const settled = () => !sending && reachable && !isDirty();

  const tell = (text, trouble = false) => {
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle('trouble', trouble);
  };
  state.setAttribute('role', 'status');

  const take = (theirs, who) => {
    const merged = merge(base, read(form), theirs);
    for (const { name, theirs: text } of merged.conflicts) showTheirs(form, name, text, who);
    for (const name of write(form, merged.fields)) showTheirs(form, name, merged.fields[name], 'No longer asked; was written');
    onChange();
  };

  const note = () => journal.put({ rev, ts: Date.now(), base, fields: read(form) });
  const plan = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => push(), delay);
  };

  function changed() {
    note();
    onChange();
    if (!isDirty() && !sending) return;
    dirtySince ||= Date.now();
    if (!reachable) return;
    const wait = journal.kept() ? SOON : CAREFUL;
    plan(Math.max(0, Math.min(wait, dirtySince + AT_MOST - Date.now())));
    if (!journal.kept()) tell('This browser keeps nothing. Your text is saved to the server every 2 seconds.', true);
  }

  async function refused(status, answer) {
    if (status === 409) {
      const theirs = await answer.json();
      take(theirs.fields, theirs.by || 'Saved elsewhere');
      [base, rev, confirmed] = [theirs.fields, theirs.rev, spelled(theirs.fields)];
      note();
      return plan(0);
    }
    if (status === 401 || status === 403) {
      tell('You are signed out. Your text is kept on this computer. Sign in again in a new tab.', true);
      await renewToken();
    } else if (status === 413) {
      return tell('This is too long for the server. Your text is kept on this computer.', true);
    } else {
      tell(WAITS, true);
    }
    again();
  }

  function again() {
    plan(pause);
    pause = Math.min(30000, pause * 2);
  }

  async function send(keepalive) {
    const fields = read(form);
    const sent = spelled(fields);
    const body = JSON.stringify({ rev, card: hidden('card').value, fields });
    if (keepalive && new Blob([body]).size > KEEPALIVE) keepalive = false;
    if (reachable) tell('Saving...');
    let answer;
    try {
      answer = await fetch(address, {
        method: 'PUT', body, keepalive, headers: { 'Content-Type': 'application/json', 'X-Form-Token': hidden('token').value },
      });
    } catch {
      reachable = false;
      tell(WAITS, true);
      again();
      return;
    }
    reachable = answer.status < 500 && answer.status !== 401 && answer.status !== 403;
    if (!answer.ok) return refused(answer.status, answer);
    const said = await answer.json();
    [rev, base, confirmed, pause, dirtySince] = [said.rev, fields, sent, 1000, 0];
    hidden('rev').value = rev;
    onScore(said.score);
    if (isDirty()) {
      note();
      dirtySince = Date.now();
      return plan(SOON);
    }
    journal.remove(journal.mine);
    forget(journal, absorbed.splice(0));
    tell(`Saved ${timeNow()}`);
  }

  // One request at a time; true when the server has all that stands in the form.
  async function push(keepalive = false) {
    clearTimeout(timer);
    if (sending) await sending;
    if (settled()) return true;
    sending = send(keepalive).finally(() => (sending = null));
    await sending;
    return !isDirty();
  }

  const { records, changed: restored } = await putBack(journal, form);
  absorbed.push(...records);
  if (restored) tell('Text kept on this computer was put back.');
  onChange();
  if (isDirty()) {
    note();
    plan(0);
  } else {
    forget(journal, absorbed.splice(0));
  }

  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  addEventListener('online', () => isDirty() && plan(0));
  const leaving = () => {
    if (isDirty() && !gone && !sending) push(true);
  };
  addEventListener('pagehide', leaving);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leaving());
  addEventListener('beforeunload', (event) => {
    if (!gone && !reachable && isDirty()) event.preventDefault();
  });

  form.addEventListener('submit', async (event) => {
    const button = event.submitter;
    const draft = button?.value === 'draft';
    if (gone || (settled() && !draft)) return;
    event.preventDefault();
    const there = await push();
    if (draft) return;
    if (!there && !reachable) return; // the sentence beside the button says why
    gone = true;
    form.requestSubmit(button);
  });
  addEventListener('pageshow', (event) => event.persisted && (gone = false));
  for (const out of $$('form[action="/sign-out"]')) {
    out.addEventListener('submit', async (event) => {
      if (gone || !isDirty()) return;
      event.preventDefault();
      gone = (await push()) || confirm('The server has not got all you wrote. Sign out all the same? Your text stays on this computer.');
      if (gone) out.requestSubmit();
    });
  }
  return { save: () => push() };
}
