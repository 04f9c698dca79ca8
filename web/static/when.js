// Questions that are asked only after certain answers: the others are hidden while the form is filled in. The server decides by
// the same rules (core/score/conditions.c) what counts.
import { $, $$ } from './dom.js';

const form = $('.evaluate');
const questions = $$('.q', form);

// What is answered; nothing where the question is hidden or does not apply.
function given(id) {
  const q = $(`[data-q="${id}"]`, form);
  if (q.hidden || $('.na :checked', q)) return [];
  return $$('.opts :is(:checked, textarea, .short, [type="date"])', q).map((c) => c.value.trim()).filter(Boolean);
}

function holds({ test, q, of }) {
  if (test === 'all') return of.every(holds);
  if (test === 'any') return of.some(holds);
  const values = given(q);
  const hits = of.filter((value) => values.some((v) => v === value || +v === +value)).length;
  const all = hits === of.length;
  return values.length > 0 && ({ not: !hits, none_of: !hits, all_of: all, exactly: all && values.length === hits }[test] ?? hits > 0);
}

// In their order: a rule asks about earlier questions only, and a hidden one has no answer.
export function settle() {
  for (const q of questions) if (q.dataset.when) q.hidden = !holds(JSON.parse(q.dataset.when));
}
form.addEventListener('input', settle);
settle();
