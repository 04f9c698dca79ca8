// What a form holds, as plain fields: name -> text, or a list of texts for checkboxes named a.*. Empty ones are left out.
import { $$, el } from './dom.js';

const NOT_KEPT = new Set(['token', 'rev', 'card', 'key', 'do']);

const kept = (form) =>
  [...form.elements].filter((c) => c.name && !NOT_KEPT.has(c.name) && c.tagName !== 'BUTTON' && c.tagName !== 'FIELDSET');

// What the form holds, or what it held when it came from the server.
export function read(form, asServed = false) {
  const fields = {};
  for (const control of kept(form)) {
    const { name, type } = control;
    if (type === 'radio' || type === 'checkbox') {
      if (!(asServed ? control.defaultChecked : control.checked)) continue;
      if (type === 'checkbox' && name.startsWith('a.')) (fields[name] ??= []).push(control.value);
      else fields[name] = control.value;
    } else if (control.tagName === 'SELECT') {
      const chosen = asServed ? [...control.options].find((o) => o.defaultSelected) : control.selectedOptions[0];
      if (chosen?.value) fields[name] = chosen.value;
    } else {
      const value = asServed ? control.defaultValue : control.value;
      if (value) fields[name] = value;
    }
  }
  return fields;
}

// Puts the fields into the form; gives back the names for which it has no place.
export function write(form, fields) {
  const homeless = new Set(Object.keys(fields));
  for (const control of kept(form)) {
    const { name, type } = control;
    const value = fields[name];
    if (type === 'radio' || type === 'checkbox') {
      control.checked = [value ?? []].flat().includes(control.value);
      if (control.checked) homeless.delete(name);
      continue;
    }
    if (control.value !== (value ?? '')) control.value = value ?? '';
    if (control.value === (value ?? '')) homeless.delete(name);
    if (value) control.closest('details')?.setAttribute('open', '');
  }
  return [...homeless].filter((name) => fields[name].length);
}

// Another text for a field stands beside it, to read and to copy.
export function showTheirs(form, name, text, who) {
  const control = form.elements.namedItem(name);
  const place = (control?.length && !control.tagName ? control[0] : control)?.closest('.q, .field') ?? form.querySelector('.scroll') ?? form;
  const said = [text].flat().map((value) => {
    const option = $$(`[name="${CSS.escape(name)}"]`, form).find((c) => c.value === value && c.type !== 'textarea');
    return option?.closest('label')?.querySelector('span')?.textContent ?? value;
  }).join(', ');
  const line = el('p', { class: 'theirs', dir: 'auto' }, el('b', {}, `${who}: `), said || 'nothing');
  if ($$('.theirs', place).some((other) => other.textContent === line.textContent)) return;
  place.append(line);
}

// The session may have been renewed in another tab: the page then carries a new form token.
export async function renewToken() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('form[action="/sign-out"] input[name="token"]');
    if (fresh) for (const field of $$('input[name="token"]')) field.value = fresh.value;
  } catch {
    // Still out of reach; the next try asks again.
  }
}

export const timeNow = () =>
  new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date());
