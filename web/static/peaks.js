// Peaks as audiowaveform writes them: .dat version 2, 8 bit, min and max of each channel in turn.

// -> { channels: [Float32Array of 0..1], perSecond } or an error with a sentence.
export function readPeaks(bytes) {
  const view = new DataView(bytes);
  if (view.byteLength < 24 || view.getInt32(0, true) !== 2 || !(view.getUint32(4, true) & 1)) throw new Error('peaks: not an 8 bit .dat of version 2');
  const rate = view.getInt32(8, true);
  const perPixel = view.getInt32(12, true);
  const length = view.getUint32(16, true);
  const count = view.getInt32(20, true);
  if (count < 1 || perPixel < 1 || view.byteLength < 24 + length * count * 2) throw new Error('peaks: the file is cut short');
  const data = new Int8Array(bytes, 24);
  const channels = Array.from({ length: count }, () => new Float32Array(length));
  for (let i = 0, at = 0; i < length; i++) {
    for (let c = 0; c < count; c++, at += 2) channels[c][i] = Math.min(1, Math.max(-data[at], data[at + 1]) / 127);
  }
  return { channels, perSecond: rate / perPixel };
}

// Stretches in which no channel says anything for longer than `shortest` seconds.
export function silences({ channels, perSecond }, shortest = 1.5, level = 0.03) {
  const found = [];
  let from = 0;
  const length = channels[0].length;
  for (let i = 0; i <= length; i++) {
    if (i < length && channels.every((c) => c[i] < level)) continue;
    if ((i - from) / perSecond >= shortest) found.push({ start: from / perSecond, end: i / perSecond });
    from = i + 1;
  }
  return found;
}
