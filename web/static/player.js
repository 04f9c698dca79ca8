// The recording: labelled controls over the page's own <audio>, which goes on working without them.
import { $, $$, button, clock, el, language, say, spoken } from './dom.js';
import { onKeys } from './keys.js';
import { readPeaks, silences } from './peaks.js';

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const ZOOMS = [['Fit', 0], ['10 px/s', 10], ['20 px/s', 20], ['40 px/s', 40], ['80 px/s', 80]];

function picker(label, options, chosen, onChange) {
  const select = el('select', {}, ...options.map(([text, value]) => el('option', { value, selected: value === chosen }, text)));
  select.addEventListener('change', () => onChange(Number(select.value)));
  return [el('label', {}, label, select), select];
}

// -> { audio, seek(seconds, play), toggle(), now(), stretch } or null where the page has no recording.
export function startPlayer() {
  const section = $('#player');
  const audio = section && $('audio', section);
  if (!audio) return null;

  const duration = () => Number(section.dataset.duration) || audio.duration || 0;
  const from = Number(section.dataset.from) || 0;
  const to = Number(section.dataset.to) || 0;
  let restedAt = -1;

  const play = () => audio.play().catch((why) => why.name !== 'AbortError' && say('The recording cannot be played.')); // Abort: paused meanwhile
  const seek = (seconds, andPlay = false) => {
    audio.currentTime = Math.min(Math.max(0, seconds), duration() || seconds);
    restedAt = -1;
    if (andPlay) play();
  };
  // Coming back from a pause starts a second earlier, so that no word is missed.
  const toggle = () => {
    if (!audio.paused) return audio.pause();
    if (to && audio.currentTime >= to - 0.05) seek(from);
    else if (restedAt === audio.currentTime && restedAt > from) audio.currentTime = Math.max(from, restedAt - 1);
    play();
  };
  audio.addEventListener('pause', () => (restedAt = audio.currentTime));
  audio.addEventListener('timeupdate', () => {
    if (to && !audio.paused && audio.currentTime >= to && audio.currentTime < to + 0.6) audio.pause();
  });
  if (from && audio.currentTime === 0) audio.addEventListener('loadedmetadata', () => audio.currentTime === 0 && seek(from), { once: true });

  const trouble = () => {
    if ($('.fault', section)) return;
    section.append(el('p', { class: 'fault' }, 'This browser cannot play the recording. Its format may have to be converted when it is taken in.'));
  };
  audio.addEventListener('error', trouble);
  if (audio.error) trouble();

  const speedTo = (rate) => {
    audio.playbackRate = rate;
    if (speed) speed.value = String(rate);
  };
  const faster = (step) => {
    const at = SPEEDS.indexOf(audio.playbackRate);
    speedTo(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (at < 0 ? 2 : at) + step))]);
  };

  let speed = null;
  const player = { audio, seek, toggle, section, from, to, now: () => audio.currentTime };
  onKeys('Player', [
    [['Space', 'KeyK'], 'Space k', 'Play or pause', toggle],
    [['KeyJ'], 'j', 'Back 5 seconds', () => seek(audio.currentTime - 5)],
    [['KeyL'], 'l', 'Forward 5 seconds', () => seek(audio.currentTime + 5)],
    [['Comma'], ',', 'Back 1 second', () => seek(audio.currentTime - 1)],
    [['Period'], '.', 'Forward 1 second', () => seek(audio.currentTime + 1)],
    [['BracketLeft'], '[', 'Slower', () => faster(-1)],
    [['BracketRight'], ']', 'Faster', () => faster(1)],
    [['F8'], 'F8', 'Play or pause, also while typing', toggle, true],
    [['F2'], 'F2', 'Back 3 seconds, also while typing', () => seek(audio.currentTime - 3), true],
    [['F9'], 'F9', 'Forward 3 seconds, also while typing', () => seek(audio.currentTime + 3), true],
  ]);
  for (const [action, handler] of [['play', toggle], ['pause', toggle], ['seekbackward', () => seek(audio.currentTime - 5)], ['seekforward', () => seek(audio.currentTime + 5)]]) {
    try {
      navigator.mediaSession?.setActionHandler(action, handler);
    } catch {
      // An action this browser does not know: its key is simply not there.
    }
  }
  if (section.dataset.peaks) dress();
  return player;

  async function dress() {
    const box = el('div', { class: 'wave', 'aria-hidden': 'true' });
    const playing = button('Play', toggle, { class: 'play' });
    const time = el('span', { class: 'clock' });
    const slider = el('input', { type: 'range', min: 0, max: duration(), step: 0.1, value: 0, 'aria-label': 'Position in the recording' });
    const [speedLabel, speedSelect] = picker('Speed', SPEEDS.map((s) => [new Intl.NumberFormat(language).format(s), s]), 1, speedTo);
    speed = speedSelect;
    let wave = null;
    const [zoomLabel] = picker('Zoom', ZOOMS, 0, (z) => wave?.zoom(z));
    const skip = el('input', { type: 'checkbox' });
    const controls = el('div', { class: 'controls' },
      button('\u22125 s', () => seek(audio.currentTime - 5), { 'aria-label': '\u22125 s: back 5 seconds' }), playing,
      button('+5 s', () => seek(audio.currentTime + 5), { 'aria-label': '+5 s: forward 5 seconds' }),
      time, slider, speedLabel, zoomLabel, el('label', {}, skip, 'Skip silence'));
    player.controls = controls;

    const show = () => {
      const at = audio.currentTime;
      time.textContent = `${clock(at)} / ${clock(duration())}`;
      slider.value = at;
      slider.setAttribute('aria-valuetext', `${spoken(at)} of ${clock(duration())}`);
    };
    const state = () => (playing.textContent = audio.paused ? 'Play' : 'Pause');
    slider.addEventListener('input', () => seek(Number(slider.value)));
    audio.addEventListener('timeupdate', show);
    audio.addEventListener('seeking', show);
    audio.addEventListener('loadedmetadata', show);
    audio.addEventListener('play', state);
    audio.addEventListener('pause', state);
    section.append(box, controls);
    section.classList.add('live');
    show();
    state();
    section.dispatchEvent(new CustomEvent('dressed'));

    try {
      const [answer, { drawWave }] = await Promise.all([fetch(section.dataset.peaks), import('./wave.js')]);
      if (!answer.ok) throw new Error(`peaks: ${answer.status}`);
      const peaks = readPeaks(await answer.arrayBuffer());
      const quiet = silences(peaks);
      audio.addEventListener('timeupdate', () => {
        const gap = skip.checked && !audio.paused && quiet.find((q) => audio.currentTime > q.start + 0.3 && audio.currentTime < q.end - 0.5);
        if (gap) seek(gap.end - 0.3);
      });
      const seen = new Set();
      const marks = $$('a.ev[data-t]').map((a) => ({ start: Number(a.dataset.t), end: Number(a.dataset.end ?? a.dataset.t) }))
        .filter((m) => !seen.has(m.start) && seen.add(m.start));
      const who = (section.dataset.channels ?? '').split(' ');
      wave = drawWave({
        box, audio, peaks, marks,
        duration: duration(),
        who,
        nonce: $('meta[name="csp-nonce"]')?.content,
        stretch: to ? { start: from, end: to } : null,
        onSeek: () => (restedAt = -1),
      });
      box.append(el('p', { class: 'lanes' }, ...who.map((side) => el('span', { class: side }, side))));
    } catch {
      // Without peaks nothing is drawn, and the browser's own player shows the whole file.
      box.remove();
      section.classList.remove('live');
    }
  }
}
