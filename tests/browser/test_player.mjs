// The player and the transcript: by pointer, by slider, by key.
import { check, until } from './lib.mjs';

const audio = (page, what) => page.evaluate((w) => document.querySelector('#player audio')[w], what);

async function open(bench, calls, address = '') {
  const page = await bench.page('evaluator');
  await page.goto(`${bench.base}/calls/${calls[0]}${address}`);
  await page.locator('.controls').waitFor();
  await page.waitForFunction(() => document.querySelector('#player audio').readyState >= 1);
  return page;
}

export const tests = {
  'the waveform is drawn from the server\'s peaks and hidden from readers': async (bench, calls) => {
    const page = await open(bench, calls);
    await page.waitForFunction(() => document.querySelector('.wave > div')?.shadowRoot?.querySelector('canvas'));
    const lanes = await page.evaluate(() => document.querySelector('.wave > div').shadowRoot.querySelectorAll('.canvases > div').length);
    const sides = (await page.locator('#player').getAttribute('data-channels')).trim().split(/\s+/).length;
    check(lanes === sides, `${lanes} lanes are drawn for ${sides} sides`);
    check(await page.locator('.wave[aria-hidden="true"]').count(), 'the waveform is not hidden from screen readers');
  },

  'slider, speed, zoom and the spoken position': async (bench, calls) => {
    const page = await open(bench, calls);
    const slider = page.locator('.controls input[type="range"]');
    await slider.focus();
    const half = Math.floor((await audio(page, 'duration')) / 2);
    await slider.evaluate((s, v) => ((s.value = v), s.dispatchEvent(new Event('input', { bubbles: true }))), half);
    await until('the slider seeks', async () => Math.abs((await audio(page, 'currentTime')) - half) < 0.6);
    check(/second|minute/.test(await slider.getAttribute('aria-valuetext')), 'the slider does not speak its position');
    await page.getByLabel('Speed').selectOption('1.5');
    check((await audio(page, 'playbackRate')) === 1.5, 'the speed does not change');
    await page.getByLabel('Zoom').selectOption('40');
  },

  'keys play, seek and change speed; F8 works while typing': async (bench, calls) => {
    const page = await open(bench, calls);
    await page.keyboard.press('k');
    await until('k plays', async () => !(await audio(page, 'paused')));
    await page.keyboard.press('k');
    await until('k pauses', async () => audio(page, 'paused'));
    const before = await audio(page, 'currentTime');
    await page.keyboard.press('l');
    await until('l goes 5 s on', async () => (await audio(page, 'currentTime')) > before + 4);
    await page.keyboard.press(']');
    check((await audio(page, 'playbackRate')) === 1.25, '] does not speed up');
    await page.keyboard.press('/');
    await page.keyboard.type('k j l 1');
    check(await audio(page, 'paused'), 'a key acted while somebody typed');
    check((await page.evaluate(() => document.activeElement.value)) === 'k j l 1', 'typed letters are lost');
    await page.keyboard.press('F8');
    await until('F8 plays while typing', async () => !(await audio(page, 'paused')));
  },

  'a Greek layout and a composing keyboard': async (bench, calls) => {
    const page = await open(bench, calls);
    const press = (init) => page.evaluate((i) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...i })), init);
    await press({ code: 'KeyK', key: '\u03ba', isComposing: true });
    check(await audio(page, 'paused'), 'a key acted while a word was being composed');
    await press({ code: 'KeyK', key: '\u03ba' });
    await until('the physical key counts', async () => !(await audio(page, 'paused')));
  },

  'single keys can be switched off': async (bench, calls) => {
    const page = await open(bench, calls);
    await page.getByRole('button', { name: /^Keys/ }).click();
    await page.getByLabel('Single-key shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    check(await audio(page, 'paused'), 'k acts although single keys are off');
    await page.reload();
    await page.locator('.controls').waitFor();
    await page.keyboard.press('k');
    check(await audio(page, 'paused'), 'the switch is forgotten');
    await page.evaluate(() => localStorage.clear());
  },

  'following stops when the reader scrolls, and comes back': async (bench, calls) => {
    const page = await open(bench, calls, '/evaluate');
    const follow = page.locator('.pane-head button');
    check((await follow.innerText()) === 'Follow audio', 'following is not on at first');
    await page.locator('#transcript .scroll').hover();
    await page.mouse.wheel(0, 200);
    await until('scrolling stops following', async () => (await follow.innerText()) === 'Jump to now');
    await follow.click();
    await until('a click brings it back', async () => (await follow.getAttribute('aria-pressed')) === 'true');
  },

  'find in transcript': async (bench, calls) => {
    const page = await open(bench, calls);
    const word = await page.evaluate(() => /\p{L}{4,}/u.exec(document.querySelector('.say').textContent)[0]);
    await page.getByLabel('Find in transcript').fill(word.toUpperCase());
    await until('hits are counted', async () => /[1-9]\d* found/.test(await page.locator('.pane-head [role="status"]').innerText()));
    check(await page.evaluate(() => CSS.highlights.get('found')?.size > 0), 'hits are not shown');
  },

  'without peaks the native player is shown': async (bench, calls) => {
    const page = await bench.page('evaluator');
    page.seen.allow.push(/status of 404/);
    await page.route('**/peaks', (route) => route.fulfill({ status: 404 }));
    await page.goto(`${bench.base}/calls/${calls[0]}`);
    await until('the native player is shown', () => page.locator('#player audio').isVisible());
    check(!(await page.locator('.wave').count()), 'an empty waveform stays');
  },
};
