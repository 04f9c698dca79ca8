// Writing scorecards: what is wrong stands on its line, nothing typed is lost, and all of it works without scripts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { arrive, check, until } from './lib.mjs';

const card = (end) => readFile(join(import.meta.dirname, `../cards/five_faults.${end}`), 'utf8');
const five = () => card('lua');
const expected = async () => (await card('txt')).trim().split('\n').map((line) => line.split(':')[0]);

// Reaches into the editor, which stands in a shadow root.
const inside = (page, work, argument) => page.evaluate(`(${work})(document.querySelector('.code').shadowRoot, ${JSON.stringify(argument ?? null)})`);

async function open(bench, address = '/cards/new') {
  const page = await bench.page('manager');
  await page.goto(bench.base + address);
  await page.waitForFunction(() => document.querySelector('.code')?.shadowRoot?.querySelector('.cm-content'));
  return page;
}

// In place of all that is there, as if pasted.
async function type(page, text) {
  await inside(page, (root) => root.querySelector('.cm-content').focus());
  await page.keyboard.press('Control+a');
  await inside(page, (root, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', words);
    root.querySelector('.cm-content').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
}

const problems = (page) => page.locator('.problems li').allInnerTexts();
const lines = (texts) => texts.map((t) => /^Line (\d+)/.exec(t)?.[1]).filter(Boolean);

export const tests = {
  'five faults stand on their lines, and F8 goes from one to the next': async (bench) => {
    const page = await open(bench);
    await type(page, await five());
    const found = await expected();
    check(found.length >= 5, 'the card has fewer than five faults');
    await until(`problems are listed for lines ${found}`, async () => JSON.stringify(lines(await problems(page))) === JSON.stringify(found));
    const marks = await inside(page, (root) => [...root.querySelectorAll('.cm-lintRange-error')].map((m) => [m.textContent, getComputedStyle(m).textDecorationLine, getComputedStyle(m).backgroundImage]));
    check(marks.length >= found.length && marks.every(([, line, image]) => line === 'underline' && image === 'none'), `marks are not underlines: ${JSON.stringify(marks)}`);
    const signs = await inside(page, (root) => [...root.querySelectorAll('.cm-lint-marker-error')].map((m) => getComputedStyle(m, '::before').content));
    check(signs.length === new Set(found).size && signs.every((s) => s === '"!"'), `the lines are not marked by a text: ${JSON.stringify(signs)}`);
    const at = () => inside(page, (root) => root.querySelector('.cm-activeLineGutter')?.textContent);
    await page.keyboard.press('Control+Home');
    const visited = [];
    for (const _ of new Set(found)) {
      await page.keyboard.press('F8');
      visited.push(await at());
    }
    check(JSON.stringify(visited) === JSON.stringify([...new Set(found)]), `F8 went to lines ${visited}, the problems are on ${found}`);
    await page.locator('.problems a').last().click();
    check((await at()) === found.at(-1), 'a line link does not lead into the text');
    await page.screenshot({ path: join(bench.shots, 'card-five-faults.png') });
  },

  'a failing test has its line, its mark and F8; what the check says stands in one place': async (bench) => {
    const page = await open(bench);
    const text = (await page.inputValue('textarea.source')).replace('greeting = "yes"', 'greeting = "no"');
    const line = String(text.split('\n').findIndex((l) => l.includes('test "greets')) + 1);
    await type(page, text);
    const found = page.locator('.problems .found');
    await until('the failing test counts as a problem', async () => (await found.innerText()) === '1 problem. 0 of 1 tests passed.');
    const [said] = await problems(page);
    check(said?.startsWith(`Line ${line}: Test \u201cgreets within 15 s\u201d failed. `), `the failing test is listed as: ${said}`);
    await until('its line is marked', () => inside(page, (root) => root.querySelectorAll('.cm-lint-marker-error').length === 1));
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    const at = await inside(page, (root) => root.querySelector('.cm-activeLineGutter')?.textContent);
    check(at === line, `F8 went to line ${at}, the test stands on ${line}`);
    const main = await page.locator('main').innerText();
    check(!/Not checked yet|No faults|No tests|It loads/.test(main), 'the page says something else about the text elsewhere');
    await page.screenshot({ path: join(bench.shots, 'card-failing-test.png') });
  },

  'five faults without scripts': async (bench) => {
    const page = await bench.page('manager', { javaScriptEnabled: false });
    page.seen.allow.push(/status of 422/);
    await page.goto(`${bench.base}/cards/new`);
    const text = await five();
    await page.fill('textarea.source', text);
    await arrive(page, () => page.click('button[value="check"]'));
    check((await page.inputValue('textarea.source')).trim() === text.trim(), 'the text is not in its field any more');
    const links = await page.locator('main table a[href^="#L"]').all();
    const found = await expected();
    check(links.length === found.length, `${links.length} of ${found.length} faults have a line`);
    for (const link of links) {
      const target = (await link.getAttribute('href')).slice(1);
      check(target === `L${(await link.innerText()).trim()}` && (await page.locator(`[id="${target}"]`).count()), `the link to ${target} leads nowhere`);
    }
  },

  'keys: Tab stays, Esc then Tab leaves, single keys rest while typing': async (bench) => {
    const page = await open(bench);
    await type(page, 'return card {\nx');
    await page.keyboard.press('Tab');
    check(await page.evaluate(() => document.activeElement.matches('.code')), 'Tab leaves the text');
    await page.keyboard.type('?n1/');
    check((await page.inputValue('textarea.source')).includes('?n1/') && !(await page.locator('dialog[open]').count()), 'a key acted while somebody typed');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    check(!(await page.evaluate(() => document.activeElement.matches('.code'))), 'Esc, then Tab, does not leave the text');
    const described = await inside(page, (root) => root.getElementById(root.querySelector('.cm-content').getAttribute('aria-describedby'))?.textContent);
    check(/Esc, then Tab/.test(described), 'nothing visible says how to leave');
  },

  'what was typed is there after closing; saving keeps it and empties the journal': async (bench) => {
    const page = await open(bench);
    const text = (await page.inputValue('textarea.source')).replace('my-card', `kept-${Date.now()}`) + '-- typed and not saved';
    await type(page, text);
    await until('the state says it is not saved', async () => /^Not saved yet/.test(await page.locator('#save').innerText()));
    await page.goto('about:blank');
    await page.goto(`${bench.base}/cards/new`);
    await until('the text is back', async () => (await page.inputValue('textarea.source')) === text);
    await page.getByRole('button', { name: 'Simple editor' }).click();
    check((await page.locator('textarea.source').isVisible()) && (await page.inputValue('textarea.source')) === text, 'the simple editor does not hold the text');
    await page.locator('textarea.source').press('End');
    await page.getByRole('button', { name: 'Full editor' }).click();
    await arrive(page, () => page.keyboard.press('Control+s'));
    check(/\/cards\/\d+\/edit/.test(page.url()), `saving leads to the draft, not to ${page.url()}`);
    check((await page.inputValue('textarea.source')) === text, 'the saved text is another one');
    check(await page.evaluate(() => !Object.keys(localStorage).some((k) => k.startsWith('earshot.draft.'))), 'the journal stays after saving');
  },
};
