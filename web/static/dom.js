// Small helpers for the page. Nothing here writes HTML: text stays text.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// el('button', { type: 'button', class: 'quiet' }, 'Text', child ...)
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

export function button(text, action, attributes = {}) {
  const node = el('button', { type: 'button', ...attributes }, text);
  node.addEventListener('click', action);
  return node;
}

// 289.4 -> "4:49"; 3723 -> "1:02:03"
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

// "4 minutes 49 seconds"
export function spoken(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const part = (n, word) => (n ? [`${n} ${word}${n === 1 ? '' : 's'}`] : []);
  const parts = [...part(Math.floor(whole / 3600), 'hour'), ...part(Math.floor(whole / 60) % 60, 'minute'), ...part(whole % 60, 'second')];
  return parts.join(' ') || '0 seconds';
}

// "1:02:03", "4:49" or "289.4" -> seconds; NaN where it is none
export function seconds(text) {
  const parts = text.trim().replace(',', '.').split(':');
  if (!parts.every((p) => /^\d+(\.\d+)?$/.test(p)) || parts.length > 3) return NaN;
  return parts.reduce((sum, p) => sum * 60 + Number(p), 0);
}

export function say(text) {
  const status = $('#status');
  if (status) status.textContent = text;
}

// localStorage may be refused; a setting is then kept for this page only.
export function setting(name, value) {
  const key = `earshot.${document.body.dataset.user ?? ''}.${name}`;
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    return null;
  }
}

export const language = document.documentElement.lang || undefined;
