// The drawn waveform. The only file that knows wavesurfer; loaded after the page is usable.
// It is a picture with a pointer: everything it does can be done by the labelled controls.
import WaveSurfer from 'wavesurfer.js';
import Regions from 'wavesurfer.js/dist/plugins/regions.esm.js';
import Timeline from 'wavesurfer.js/dist/plugins/timeline.esm.js';
import { clock } from './dom.js';

function colours(box) {
  const style = getComputedStyle(box);
  const probe = box.ownerDocument.createElement('i');
  box.append(probe);
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const all = {
    agent: [colour('--blue'), colour('--agent-done')],
    customer: [colour('--customer'), colour('--customer-done')],
    cursor: colour('--cursor'),
    mixed: [colour('--soft'), colour('--ink')],
    ring: colour('--ring'),
    font: style.fontFamily,
  };
  probe.remove();
  return all;
}

const wash = (colour, alpha) => colour.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`);

// who: the side on each channel, or "mixed". marks: [{ start, end, text }]. stretch: { start, end } or null.
export function drawWave({ box, audio, peaks, duration, who, nonce, marks, stretch, onSeek }) {
  const lanes = (c) => {
    const height = Math.floor((box.clientHeight - 26) / peaks.channels.length);
    return peaks.channels.map((_, i) => {
      const [waveColor, progressColor] = c[who[i]] ?? c.mixed;
      return { waveColor, progressColor, height };
    });
  };
  let c = colours(box);
  const regions = Regions.create();
  const timeline = (font) => Timeline.create({ height: 20, secondaryLabelOpacity: 1, formatTimeCallback: clock, style: { fontSize: '11px', fontFamily: font, color: 'var(--soft)' } });
  const wave = WaveSurfer.create({
    container: box,
    media: audio,
    peaks: peaks.channels,
    duration,
    splitChannels: lanes(c),
    height: Math.floor((box.clientHeight - 26) / peaks.channels.length),
    cursorColor: c.cursor,
    cursorWidth: 2,
    normalize: true,
    cspNonce: nonce,
    autoCenter: true,
    hideScrollbar: false,
    plugins: [regions, timeline(c.font)],
  });
  const paintMarks = () => {
    regions.clearRegions();
    if (stretch) regions.addRegion({ ...stretch, drag: false, resize: false, color: wash(c.ring, 0.15) });
    for (const mark of marks) {
      regions.addRegion({ start: mark.start, end: Math.max(mark.end, mark.start + 0.4), drag: false, resize: false, color: wash(c.ring, 0.25) });
    }
  };
  wave.on('decode', paintMarks);
  wave.on('interaction', onSeek);
  const repaint = () => {
    c = colours(box);
    wave.setOptions({ splitChannels: lanes(c), cursorColor: c.cursor });
    paintMarks();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  return { zoom: (pixelsPerSecond) => wave.zoom(pixelsPerSecond) };
}
