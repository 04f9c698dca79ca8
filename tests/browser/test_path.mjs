// The main job from beginning to end, with scripts and without.
import { answerAll, arrive, check, until } from './lib.mjs';

const now = (page) => page.evaluate(() => document.querySelector('#player audio').currentTime);

async function reviewPage(page, said) {
  check(page.url().includes('/reviews/'), `submitting leads to the review, not to ${page.url()}`);
  check(await page.locator('table.answers').count(), 'the review page has no answers');
  const columns = await page.locator('table.answers').first().locator('thead th').count();
  check(columns === 3, `the answers stand in ${columns - 1} columns, not in two (person and card)`);
  check((await page.locator('.scores .score').count()) >= 2, 'the review page does not show both scores');
  check(await page.locator('table.derivation tbody tr').count(), 'the review page does not say how the score came about');
  check((await page.locator('main').innerText()).includes(said), 'the summary is not on the review page');
}

async function library(page, title) {
  await arrive(page, () => page.locator('nav a', { hasText: /Library|Exemplars/ }).first().click());
  await arrive(page, () => page.locator('.cards a, .table a').filter({ hasText: title }).first().click());
  check((await page.locator('h1').innerText()).includes(title), 'the exemplar does not open from the library');
  check(await page.locator('#player audio').count(), 'the exemplar has no recording');
}

export const tests = {
  'review a call from sign-in to review page, save a stretch, find it': async (bench, calls) => {
    const page = await bench.page('evaluator');
    await page.goto(`${bench.base}/calls/${calls[0]}`);
    await page.locator('.controls .play').click();
    await until('the recording plays', async () => (await now(page)) > 0.3);

    const turns = page.locator('.turn[data-start]');
    const turn = turns.nth(Math.min(3, (await turns.count()) - 1));
    const start = Number(await turn.getAttribute('data-start'));
    await turn.locator('a.t').click();
    await until('the recording follows a click on a line', async () => Math.abs((await now(page)) - start) < 1.5);
    await until('the line is marked as current', async () => (await turn.getAttribute('aria-current')) === 'true');

    await page.goto(`${bench.base}/calls/${calls[0]}/evaluate`);
    await answerAll(page);
    const said = `Calm opening, clear close. ${Date.now()}`;
    await page.fill('#summary', said);
    await until('the draft is saved', async () => /^Saved/.test(await page.locator('#save').innerText()));
    check(/\d/.test(await page.locator('#score').innerText()), 'no score is shown while answering');
    await arrive(page, () => page.click('button[value="submit"]'));
    await reviewPage(page, said);

    const title = `Names the way out ${Date.now()}`;
    await page.goto(`${bench.base}/calls/${calls[0]}`);
    await arrive(page, () => page.locator('a[href$="/exemplar"]').first().click());
    await page.fill('[name="title"]', title);
    await page.fill('[name="why"]', 'Says what happens next, and when.');
    await page.evaluate(() => (document.querySelector('#player audio').currentTime = 1));
    await page.getByRole('button', { name: 'Start = now' }).click();
    await page.evaluate(() => (document.querySelector('#player audio').currentTime = 4));
    await page.getByRole('button', { name: 'End = now' }).click();
    check(/^0:01/.test(await page.inputValue('[name="from"]')) && /^0:04/.test(await page.inputValue('[name="to"]')), 'the buttons do not fill in the stretch');
    await arrive(page, () => page.locator('form[data-clip] button:not([type="button"])').first().click());
    await library(page, title);
  },

  'the same without scripts': async (bench, calls) => {
    const page = await bench.page('evaluator', { javaScriptEnabled: false });
    const id = calls[1 % calls.length];
    await page.goto(`${bench.base}/calls/${id}`);
    check(await page.locator('#player audio[controls]').isVisible(), 'the native player is not there');
    const link = page.locator('.turn a.t').nth(2);
    const t = /[?&]t=([\d.]+)/.exec(await link.getAttribute('href'))[1];
    await arrive(page, () => link.click());
    check((await page.locator('#player audio').getAttribute('src')).endsWith(`#t=${t}`), 'a line of the transcript does not lead to its time');

    await page.goto(`${bench.base}/calls/${id}/evaluate`);
    await page.fill('#summary', 'Kept as a draft.');
    await arrive(page, () => page.click('button[value="draft"]'));
    await page.goto(`${bench.base}/calls/${id}/evaluate`);
    check((await page.inputValue('#summary')) === 'Kept as a draft.', 'the draft is not kept');

    page.seen.allow.push(/status of 4\d\d/);
    await arrive(page, () => page.click('button[value="submit"]'));
    const links = page.locator('#errors a');
    check(await links.count(), 'an empty form is not answered with a list of what is missing');
    check((await page.title()).startsWith('Error: '), 'the title does not say that there is an error');
    check((await page.inputValue('#summary')) === 'Kept as a draft.', 'what was typed is gone after an error');
    for (const l of await links.all()) {
      const target = (await l.getAttribute('href')).slice(1);
      check(await page.locator(`[id="${target}"]`).count(), `the error link to ${target} leads nowhere`);
    }
    const words = (s) => s.replace(/^Error:\s*/, '').trim();
    const inline = (await page.locator('.evaluate .error').allInnerTexts()).map(words);
    for (const text of await links.allInnerTexts()) check(inline.some((line) => words(text).includes(line)), `"${text}" is not said beside its question`);

    await answerAll(page);
    await page.fill('#summary', 'Done without scripts.');
    await arrive(page, () => page.click('button[value="submit"]'));
    await reviewPage(page, 'Done without scripts.');

    const title = `Slow and clear ${Date.now()}`;
    await page.goto(`${bench.base}/calls/${id}`);
    await arrive(page, () => page.locator('a[href$="/exemplar"]').first().click());
    await page.fill('[name="title"]', title);
    await page.fill('[name="why"]', 'Every step is named before it is taken.');
    await page.fill('[name="from"]', '0:01');
    await page.fill('[name="to"]', '0:03');
    await arrive(page, () => page.locator('form[data-clip] button').first().click());
    await library(page, title);
  },

  'signing in with a wrong password says so and keeps the name': async (bench) => {
    const page = await bench.page();
    page.seen.allow.push(/status of 4\d\d/);
    await page.goto(`${bench.base}/sign-in`);
    await page.fill('input[name="login"]', bench.signins.evaluator.login);
    await page.fill('input[name="password"]', 'not the password at all');
    await arrive(page, () => page.click('main form button'));
    check(await page.locator('#errors').count(), 'there is no error summary');
    check(!(await page.locator('form[action="/sign-out"]').count()), 'a wrong password signs in');
  },

  'signing out leaves nothing in the browser, but for text that waits': async (bench) => {
    const page = await bench.page();
    for (const waits of [true, false]) {
      await bench.signIn(page, 'agent');
      await page.evaluate((w) => (w ? localStorage.setItem('earshot.draft.1|/drafts/X|1', '{"ts":1,"fields":{}}') : localStorage.clear()), waits);
      await page.evaluate(() => localStorage.setItem('earshot.1.keys', 'off'));
      await page.reload({ waitUntil: 'networkidle' });
      const answered = page.waitForResponse((r) => new URL(r.url()).pathname === '/sign-out');
      await arrive(page, () => page.click('form[action="/sign-out"] button'));
      const header = (await (await answered).allHeaders())['clear-site-data'] ?? '';
      check(header.includes('"storage"') === !waits, waits ? 'text that waits is thrown away' : 'nothing is cleared');
      check(/sign-in/.test(page.url()), `signing out leads to the sign-in, not to ${page.url()}`);
      const left = await page.evaluate(() => localStorage.length);
      check(waits ? left === 2 : left === 0, `${left} settings are left in the browser`);
    }
  },
};
