// The transcript follows the recording: current turn, current word, click to hear, find.
import { $, $$, button, el } from './dom.js';
import { onKeys } from './keys.js';

// A range over characters from..to of a node's text, whatever marks stand in it.
function rangeIn(node, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let text = walker.nextNode(); text; at += text.length, text = walker.nextNode()) {
    if (from >= at && from <= at + text.length) range.setStart(text, from - at);
    if (to >= at && to <= at + text.length) {
      range.setEnd(text, to - at);
      break;
    }
  }
  return range;
}

// How many characters of the node's text stand before this place.
function offsetIn(node, container, offset) {
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(container, offset);
  return range.toString().length;
}

// Folded as the server folds: no case, no marks, no width, one Greek sigma. `map` leads back to the original.
export function fold(text) {
  let folded = '';
  const map = [];
  let at = 0;
  for (const sign of text) {
    const plain = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('\u03c2', '\u03c3');
    for (let i = 0; i < plain.length; i++) map.push(at);
    folded += plain;
    at += sign.length;
  }
  map.push(at);
  return { folded, map };
}

// Last index whose start is not after `seconds`, or -1.
function lastBefore(list, seconds, start) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(list[middle]) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const paint = (name, ranges) => {
  if (!window.Highlight) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
};

export function startTranscript(player) {
  const section = $('#transcript');
  if (!section) return;
  const scroll = $('.scroll', section) ?? section;
  const items = $$('li[data-start]', section).map((li) => ({ li, say: $('.say', li), start: Number(li.dataset.start), end: Number(li.dataset.end), n: li.id.slice(1) }));
  const words = JSON.parse($('#word-times')?.textContent ?? '{}');
  const head = el('div', { class: 'pane-head' });
  const title = $('h2', section);
  title.before(head);
  head.append(title);
  addFind(section, head, scroll);
  if (!player || !items.length) return;

  section.classList.add('playable');
  let follow = true;
  let current = -1;
  const { audio } = player;

  const bring = (li) => {
    if (scroll.scrollHeight <= scroll.clientHeight + 4) return;
    const box = scroll.getBoundingClientRect();
    const at = li.getBoundingClientRect();
    if (at.top > box.top + box.height * 0.15 && at.bottom < box.bottom - box.height * 0.3) return;
    scroll.scrollTop += at.top - box.top - box.height * 0.3;
  };
  const follows = button('Follow audio', () => setFollow(true), { class: 'quiet', 'aria-pressed': 'true' });
  head.append(follows);
  function setFollow(on) {
    follow = on;
    follows.setAttribute('aria-pressed', String(on));
    follows.textContent = on ? 'Follow audio' : 'Jump to now';
    if (on && items[current]) bring(items[current].li);
  }
  for (const event of ['wheel', 'touchmove']) scroll.addEventListener(event, () => follow && setFollow(false), { passive: true });

  const show = () => {
    const at = audio.currentTime;
    if (!at && audio.paused && current < 0) return;
    const index = lastBefore(items, at + 0.02, (i) => i.start);
    if (index !== current) {
      items[current]?.li.removeAttribute('aria-current');
      current = index;
      items[current]?.li.setAttribute('aria-current', 'true');
      if (follow && items[current]) bring(items[current].li);
    }
    const item = items[current];
    const times = item && at <= item.end + 0.5 && words[item.n];
    const word = times ? lastBefore(times, at * 1000 + 20, (w) => w[1]) : -1;
    if (word < 0) return paint('word', []);
    const text = item.say.textContent;
    const end = times[word + 1]?.[0] ?? text.length;
    paint('word', [rangeIn(item.say, times[word][0], times[word][0] + text.slice(times[word][0], end).trimEnd().length)]);
  };
  const run = () => {
    show();
    if (!audio.paused) requestAnimationFrame(run);
  };
  audio.addEventListener('play', run);
  audio.addEventListener('seeked', show);
  audio.addEventListener('seeking', show);

  const hear = (item, seconds = item.start) => {
    setFollow(true);
    player.seek(seconds, true);
  };
  section.addEventListener('click', (event) => {
    const item = items.find((i) => i.li === event.target.closest('li'));
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest('a.t')) {
      event.preventDefault();
      hear(item);
    } else if (event.target.closest('.say') && getSelection().isCollapsed) {
      const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      const times = words[item.n];
      const word = place && times ? lastBefore(times, offsetIn(item.say, place.offsetNode, place.offset), (w) => w[0]) : -1;
      hear(item, word >= 0 ? times[word][1] / 1000 : item.start);
    }
  });
  // Evidence anywhere on the page leads to its place in this recording.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a.ev[data-t]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setFollow(true);
    player.seek(Number(link.dataset.t), true);
  });
  const step = (by) => {
    const item = items[Math.min(items.length - 1, Math.max(0, current + by))];
    if (item) hear(item);
  };
  onKeys('Player', [
    [['Shift+KeyJ'], 'Shift+j', 'Turn before', () => step(-1)],
    [['Shift+KeyL'], 'Shift+l', 'Next turn', () => step(1)],
    [['KeyF'], 'f', 'Follow the audio', () => setFollow(!follow)],
  ]);
  show();
}

function addFind(section, head, scroll) {
  const box = el('input', { type: 'search', placeholder: 'Find in transcript', 'aria-label': 'Find in transcript', dir: 'auto', autocomplete: 'off' });
  const count = el('span', { role: 'status', class: 'soft' });
  head.append(box, count);
  const texts = $$('.say', section);
  let hits = [];
  let at = -1;

  const find = () => {
    const wanted = fold(box.value.trim()).folded;
    hits = [];
    at = -1;
    for (const node of wanted ? texts : []) {
      const { folded, map } = fold(node.textContent);
      for (let i = folded.indexOf(wanted); i >= 0; i = folded.indexOf(wanted, i + wanted.length)) {
        hits.push(rangeIn(node, map[i], map[i + wanted.length]));
      }
    }
    paint('found', hits);
    count.textContent = wanted ? `${hits.length} found` : '';
    if (hits.length) go(1);
  };
  const go = (by) => {
    at = (at + by + hits.length) % hits.length;
    const li = hits[at].startContainer.parentElement.closest('li');
    const box = scroll.getBoundingClientRect();
    if (scroll.scrollHeight > scroll.clientHeight + 4) scroll.scrollTop += li.getBoundingClientRect().top - box.top - box.height * 0.3;
    else li.scrollIntoView({ block: 'center' });
    if (hits.length > 1) count.textContent = `${at + 1} of ${hits.length} found`;
  };
  box.addEventListener('input', find);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !hits.length) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });
}
