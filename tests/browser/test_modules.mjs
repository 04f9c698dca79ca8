// The parts of the browser files that need no browser.
import { merge, spelled } from '../../web/static/merge.js';
import { readPeaks, silences } from '../../web/static/peaks.js';
import { check } from './lib.mjs';

const CASES = [
  // base, mine, theirs, merged, conflicts
  [{}, { a: '1' }, {}, { a: '1' }, []],
  [{}, {}, { a: '1' }, { a: '1' }, []],
  [{ a: '1' }, { a: '1' }, { a: '2' }, { a: '2' }, []],
  [{ a: '1' }, { a: '2' }, { a: '1' }, { a: '2' }, []],
  [{ a: '1' }, { a: '2' }, { a: '3' }, { a: '2' }, [{ name: 'a', theirs: '3' }]],
  [{ a: '1' }, {}, { a: '1' }, {}, []],
  [{ a: '1' }, { a: '2' }, {}, { a: '2' }, [{ name: 'a', theirs: '' }]],
  [{ a: ['x'] }, { a: ['x'] }, { a: ['x', 'y'] }, { a: ['x', 'y'] }, []],
  [{}, { a: 'same' }, { a: 'same' }, { a: 'same' }, []],
];

function peaks(pairs, { version = 2, flags = 1, channels = 1 } = {}) {
  const view = new DataView(new ArrayBuffer(24 + pairs.length));
  [version, flags, 8000, 800, pairs.length / 2 / channels, channels].forEach((n, i) => view.setInt32(i * 4, n, true));
  pairs.forEach((n, i) => view.setInt8(24 + i, n));
  return view.buffer;
}

const fails = (work) => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

export const tests = {
  'three versions of a draft become one': async () => {
    for (const [base, mine, theirs, merged, conflicts] of CASES) {
      const is = merge(base, mine, theirs);
      const want = JSON.stringify({ fields: merged, conflicts });
      check(JSON.stringify(is) === want, `${JSON.stringify([base, mine, theirs])} became ${JSON.stringify(is)}, not ${want}`);
    }
  },

  'equal drafts are spelled alike': async () => {
    check(spelled({ b: '2', a: '1', c: '' }) === spelled({ a: '1', b: '2' }), 'order or empty fields make a difference');
    check(spelled({ a: '1' }) !== spelled({ a: '2' }), 'different drafts are spelled alike');
  },

  'peaks are read and silences found': async () => {
    const { channels, perSecond } = readPeaks(peaks([-64, 127, 0, 0], { channels: 2 }));
    check(channels.length === 2 && channels[0][0] === 1 && channels[1][0] === 0 && perSecond === 10, 'two channels are read wrong');
    const loud = Array(20).fill([-90, 90]).flat();
    const quiet = Array(40).fill([0, 1]).flat();
    const found = silences(readPeaks(peaks([...loud, ...quiet, ...loud])));
    check(JSON.stringify(found) === '[{"start":2,"end":6}]', `found ${JSON.stringify(found)}`);
  },

  'a broken peaks file is refused': async () => {
    for (const bytes of [new ArrayBuffer(0), new ArrayBuffer(23), peaks([1, 2], { version: 1 }), peaks([1, 2], { flags: 0 }), peaks([1, 2]).slice(0, 25)]) {
      check(fails(() => readPeaks(bytes)), `${bytes.byteLength} bytes are taken for peaks`);
    }
  },
};
