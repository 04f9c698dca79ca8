// Files from the browser, with and without scripts; parts that wait.
import { arrive, check, until, untilPageSays } from './lib.mjs';

const json = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });
const call = (key) => ({ earshot: 1, source: 'browser-test', key, channel: 'voice', type: 'support' });

async function send(page, base, files) {
  await page.goto(`${base}/imports`);
  await page.setInputFiles('input[type=file]', files);
  await page.click('form[enctype] button');
  await page.waitForSelector('h1:has-text("What became of your files")');
  return page.textContent('main');
}

async function sendBoth(page, base, mark) {
  const fine = await send(page, base, [json('fine.json', call(`${mark}-1`))]);
  check(/1 taken, 0 refused/.test(fine), `a good file was not taken: ${fine}`);
  page.seen.allow.push(/422/);
  const both = await send(page, base, [json('fine.json', call(`${mark}-1`)), json('broken.json', '{"earshot":1,')]);
  check(/broken\.json[^]*not valid JSON/.test(both), `the reason is not said: ${both}`);
  await page.goto(`${base}/imports?verdict=refused`);
  check(await page.locator('td:has-text("broken.json")').count(), 'the refused file is not listed');
}

export const tests = {
  'files are sent with their progress, and each is named': async (bench) => {
    await sendBoth(await bench.page('manager'), bench.base, 'script');
  },
  'files are sent without scripts': async (bench) => {
    await sendBoth(await bench.page('manager', { javaScriptEnabled: false }), bench.base, 'plain');
  },
  'the focus is on what came of it': async (bench) => {
    const page = await bench.page('manager');
    await send(page, bench.base, [json('focus.json', call('focus-1'))]);
    check(await until('focus on main', () => page.evaluate(() => document.activeElement?.id === 'main')), 'the focus is elsewhere');
    check(/What became|Upload/.test(await page.title()), 'the title stayed');
  },
  'a part waits until a person joins it': async (bench) => {
    const page = await bench.page('manager');
    const vtt = { name: 'x_GUID_1_AGENT_nobody-here_DT_2026-03-01T10-00-00_M.vtt', mimeType: 'text/vtt', buffer: Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Waiting words.\n') };
    await send(page, bench.base, [json('for-part.json', call('part-1')), vtt]);
    await page.goto(`${bench.base}/calls?from=2026-01-01`);
    await page.goto(`${bench.base}/waiting`);
    await arrive(page, () => page.click('a:has-text("AGENT_nobody-here")'));
    await arrive(page, () => page.click('button:has-text("Make it a call of its own")'));
    check(/call of its own/.test(await page.textContent('main')), 'it still waits');
  },
  'a call that is sent is scored without any command': async (bench) => {
    const page = await bench.page('manager');
    const turn = (side, start_ms, text) => ({ who: side, start_ms, end_ms: start_ms + 3000, text });
    const spoken = { ...call('scored-1'), turns: [turn('agent', 0, 'Thank you for calling, how may I help you with your quokkameter?'), turn('customer', 4000, 'It broke.')] };
    check(/1 taken/.test(await send(page, bench.base, [json('spoken.json', spoken)])), 'the call was not taken');
    await page.goto(`${bench.base}/calls?q=quokkameter`);
    await arrive(page, () => page.click('tbody a[href^="/calls/"]'));
    const sheets = () => page.locator('table:has(th:has-text("Scorecard"))');
    await untilPageSays(page, '>Scorecard</th>', 20000);
    check(/Card/.test(await sheets().textContent()), 'the sheet is not a card\'s');
    check(!/waits to be scored/.test(await page.textContent('main')), 'it is scored and still waits');
    await page.goto(`${bench.base}/imports`);
    check(/No call waits to be scored/.test(await page.textContent('main')), 'the imports page does not say that all is done');
  },
  'a token is made, shown once, used and revoked': async (bench) => {
    const page = await bench.page('admin');
    await page.goto(`${bench.base}/tokens`);
    await page.fill('input[name=name]', 'browser-test');
    await arrive(page, () => page.click('button:has-text("Make a token")'));
    const token = (await page.textContent('main')).match(/earshot_[\w-]+/)?.[0];
    check(token, 'the token is not shown');
    const push = (key) => page.request.post(`${bench.base}/api/calls`, { headers: { Authorization: `Bearer ${token}` }, data: call(key) });
    check((await push('token-1')).status() === 200, 'the token does not hold');
    await page.goto(`${bench.base}/tokens`);
    check(!(await page.textContent('main')).includes(token), 'the token is shown twice');
    await page.selectOption('select[name=name]', 'browser-test');
    await arrive(page, () => page.click('button:has-text("Revoke it")'));
    check(/may push no more/.test(await page.textContent('body')), 'nothing says that it was revoked');
    check((await push('token-2')).status() === 401, 'a revoked token still holds');
  },
  'a setting that is wrong is said at its field': async (bench) => {
    const page = await bench.page('manager');
    page.seen.allow.push(/422/);
    await page.goto(`${bench.base}/settings`);
    await page.fill('input[name=files_zone]', 'Athens');
    await arrive(page, () => page.click('button:has-text("Change")'));
    check(/no zone like/.test(await page.textContent('main form')), 'the fault is not said');
    await page.fill('input[name=files_zone]', '');
    await arrive(page, () => page.click('button:has-text("Change")'));
    check(/The settings are changed/.test(await page.textContent('body')), 'it is not said that they are changed');
  },
};
