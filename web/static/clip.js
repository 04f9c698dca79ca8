// The exemplar form: where the stretch starts and ends, taken from the recording by a button or a key.
import { $, button, clock, el, seconds } from './dom.js';
import { onKeys } from './keys.js';

const shown = (at) => `${clock(at)}.${Math.floor((at % 1) * 10)}`;

export function startClip(player) {
  const form = $('form[data-clip]');
  if (!form || !player) return;
  const field = (name) => form.elements.namedItem(name);
  if (!field('from') || !field('to')) return;

  const set = (name) => () => {
    field(name).value = shown(player.now());
    field(name).dispatchEvent(new Event('input', { bubbles: true }));
  };
  let stop = NaN;
  const hear = () => {
    stop = seconds(field('to').value);
    player.seek(seconds(field('from').value) || 0, true);
  };
  player.audio.addEventListener('timeupdate', () => {
    if (player.now() >= stop) {
      stop = NaN;
      player.audio.pause();
    }
  });
  field('from').after(button('Start = now', set('from'), { class: 'quiet' }));
  field('to').after(el('span', { class: 'actions' }, button('End = now', set('to'), { class: 'quiet' }), button('Hear it', hear, { class: 'quiet' })));
  onKeys('Stretch', [
    [['KeyI'], 'i', 'Start = now', set('from')],
    [['KeyO'], 'o', 'End = now', set('to')],
  ]);
}
