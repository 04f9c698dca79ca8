// A manager writes a scorecard, sees its faults, saves, tries it, backtests it, publishes it and goes back: with scripts and without.
import { answerAll, arrive, check, until, untilPageSays } from './lib.mjs';

const card = (version, words) => `return card {
  id = "browser", version = "${version}", title = "Browser card", weight = "question", pass = 50,
  applies = { channel = "voice", type = { "support" }, queue = { "nowhere" } },
  section "all" { title = "All", weight = 100,
    yes_no "greeting" { ask = "Greeted?", check = function(call)
      local hit = call.find { who = "agent", any = { "${words}" } }
      return hit and yes(hit) or no() end } },
  tests = { test "greets" { call { type = "support", queue = "nowhere", agent "My name is Eleni." }, expect = { greeting = "yes" } } },
}
`;

const main = (page) => page.locator('main').innerText();
const press = (page, label) => arrive(page, () => page.locator('main').getByRole('button', { name: label, exact: true }).click());
const go = (page, link) => arrive(page, () => link.first().click());
// The version of it that counts, whatever drafts other tests have left.
const supportLink = (page) => page.locator('main tbody tr', { hasText: 'Support call' }).filter({ hasText: 'published' }).locator('a').first();
const supportCard = (page) => go(page, supportLink(page));
// The text under the editor: without scripts the field itself.
const write = (page, text) => page.fill('textarea[name=text]', text);

export const tests = {
  // Same addresses, no scripts at all.
  'a card from text to published, and back, without scripts': async (t) => {
    const page = await t.page('manager', { javaScriptEnabled: false });
    const versions = [], names = [1, 2].map((n) => `${Date.now()}.${n}`);
    for (const version of names) {
      await page.goto(`${t.base}/cards/new`);
      await write(page, card(version, 'my name'));
      await press(page, 'Save as a draft');
      check(/\/cards\/\d+\/edit/.test(page.url()), `saving leads to the version, not to ${page.url()}`);
      check((await main(page)).includes('1 of 1 tests passed'), 'the check is shown');
      versions.push(page.url().match(/cards\/(\d+)/)[1]);
      if (versions.length === 2) {
        // What replaces a published version is backtested first.
        await page.goto(`${t.base}/cards/${versions[1]}/backtest`);
        check((await main(page)).includes('no backtest has shown'), 'a backtest is asked for');
        await press(page, 'Run a backtest');
        await untilPageSays(page, 'both versions fit', 30000);
        check(!(await main(page)).includes('second person'), 'nothing moved, so one person is enough');
      }
      await page.goto(`${t.base}/cards/${versions.at(-1)}`);
      await page.fill('[name=why]', `note ${version}`);
      await press(page, 'Publish');
      check((await main(page)).includes('published'), `version ${version} is published`);
    }
    await page.goto(`${t.base}/cards/${versions[1]}/diff?with=${versions[0]}`);
    check((await page.locator('.diff ins').first().innerText()).includes(`version = "${names[1]}"`), 'the lines that differ are shown');
    check((await page.locator('.diff b').allInnerTexts()).join() === 'Removed,Added', 'what became of them is said in words');
    for (const [width, beside] of [[1200, true], [800, false]]) {
      await page.setViewportSize({ width, height: 900 });
      const [was, is] = [await page.locator('.diff .changed .was').boundingBox(), await page.locator('.diff .changed .is').boundingBox()];
      check(beside ? was.y === is.y && was.x < is.x : was.x === is.x && was.y < is.y, `${width} px: ${beside ? 'beside' : 'above'} each other`);
    }
    await page.goto(`${t.base}/cards/${versions[1]}`);
    await page.fill('[name=why]', 'too strict');
    await press(page, 'Go back to the version before');
    check(page.url().includes(`/cards/${versions[0]}`), 'the version before is shown');
    check((await main(page)).includes('too strict'), 'the reason stands in the history');
    await page.fill('[name=why]', 'tidy');
    await press(page, 'Retire');
    check((await main(page)).includes('retired'), 'it is retired');
  },

  'faults and failing tests stand at their lines, and nothing typed is lost': async (t) => {
    const page = await t.page('manager', { javaScriptEnabled: false });
    await page.goto(`${t.base}/cards/new`);
    page.seen.allow.push(/422/);
    await write(page, 'return card {\n  id = "x", version = "1", title = "X",\n  oops = 1,\n  hm = 2,\n}\n');
    await press(page, 'Check');
    check((await page.locator('main a[href^="#L"]').count()) >= 2, 'each fault links to its line');
    check((await page.inputValue('textarea[name=text]')).includes('oops = 1'), 'the text stands in the form again');
    await page.locator('main a[href="#L3"]').first().click();
    check(await page.locator('#L3').isVisible(), 'the line with the fault is seen');
    await write(page, card('9', 'good day') + `-- ${Date.now()}\n`);
    await press(page, 'Save as a draft');
    await page.goto(page.url().replace(/\/edit.*/, ''));
    await page.fill('[name=why]', 'now');
    await press(page, 'Publish');
    check((await main(page)).includes('Its test "greets" fails'), 'the failing test is named');
    check((await page.inputValue('[name=why]')) === 'now', 'the note is kept');
  },

  'the text stands once on the page, and its lines can be reached': async (t) => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await t.page('manager', { javaScriptEnabled });
      await page.goto(`${t.base}/cards`);
      await supportCard(page);
      check(!(await page.locator('#L1').isVisible()), 'the text is folded');
      const link = page.locator('main table a[href^="#L"]').last();
      const line = await link.getAttribute('href');
      await link.click();
      await until('the line of the test', () => page.locator(line).isVisible());
      await go(page, page.getByRole('link', { name: 'Edit', exact: true }));
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      check(height < 4000, `the editor's page is ${height} px high`);
      await page.seen.clean();
    }
  },

  'the editor checks while one writes': async (t) => {
    const page = await t.page('manager');
    await page.goto(`${t.base}/cards/new`);
    await page.locator('.cm-content').click();
    const asked = page.waitForResponse((r) => r.url().endsWith('/cards/check'));
    await page.keyboard.press('Control+End');
    await page.keyboard.type('oops');
    const answer = await (await asked).json();
    check(answer.faults.length >= 1 && answer.faults[0].text, 'the answer names the fault');
    await until('a mark on a line', () => page.locator('.cm-lintRange-error, .cm-lint-marker-error, .cm-lint-marker').count());
  },

  'a card is tried on a call and seen as a form': async (t, calls) => {
    const page = await t.page('manager');
    await page.goto(`${t.base}/cards`);
    await supportCard(page);
    await go(page, page.getByRole('link', { name: 'See it as a form' }));
    check((await page.locator('fieldset.q').count()) > 3, 'the questions are drawn');
    await page.goBack();
    await go(page, page.getByRole('link', { name: 'Try it on a call' }));
    await page.fill('[name=call]', calls[0].id ?? calls[0]);
    await press(page, 'Try it');
    check(/\/try\/\w{12}$/.test(page.url()), `the call stands in the address: ${page.url()}`);
    check((await page.locator('table.answers tbody tr').count()) > 3, 'the answers are shown');
    await page.seen.clean();
  },

  'a question that is not asked is hidden, in the form and in its preview': async (t) => {
    const page = await t.page('manager');
    await page.goto(`${t.base}/cards/new`);
    const text = `return card { id = "asks", version = "1", title = "Asks", weight = "question", pass = 50,
      applies = { channel = "voice", queue = { "nowhere" } },
      section "a" { title = "A", weight = 50, yes_no "solved" { ask = "Solved?" },
        choice "how" { ask = "How far?", when = { solved = "no" }, option "partly" { label = "Partly", score = 1 }, option "x" { score = 0 } } },
      section "b" { title = "B", weight = 50, text "why" { ask = "Why?", when = { how = "x" } } } }`;
    await page.getByRole('button', { name: 'Simple editor' }).click();
    await write(page, `${text} -- ${Date.now()}`);
    await press(page, 'Save as a draft');
    const see = page.getByRole('link', { name: 'See it as a form' });
    check(await see.count(), `the card does not load: ${await main(page)}`);
    await go(page, see);
    const seen = async () => (await page.locator('.q').evaluateAll((all) => all.filter((q) => q.checkVisibility()).map((q) => q.dataset.q))).join();
    await until('only the first question is asked', async () => (await seen()) === 'solved');
    check(!(await page.getByRole('heading', { name: 'B', exact: true }).isVisible()), 'a section without questions shows its heading');
    await page.check('[name="a.solved"][value="no"]');
    check((await seen()) === 'solved,how', `after no there are ${await seen()}`);
    await page.check('[name="a.how"][value="x"]');
    check((await seen()) === 'solved,how,why', `after x there are ${await seen()}`);
    await page.check('[name="a.solved"][value="yes"]');
    check((await seen()) === 'solved', 'what hangs on a hidden question is hidden too');
    const plain = await t.page('manager', { javaScriptEnabled: false });
    await plain.goto(page.url());
    check((await plain.locator('.q:visible').count()) === 3, 'without scripts all questions are open');
    const form = await t.page('evaluator');
    await form.goto(`${t.base}/calls?type=retention`);
    await form.goto(`${t.base}${await form.locator('main table a[href^="/calls/"]').first().getAttribute('href')}/evaluate`);
    check(await form.locator('.q[data-when]').count(), 'the card of this call has no conditions');
    await until('only what is asked is counted', async () => (await form.locator('.tally').innerText()).includes(` of ${await form.locator('.q:not([hidden])').count()} answered`));
    check(await form.locator('.q[hidden]').count(), 'no question is hidden');
  },

  'a review is kept as a test of the card, which may not forget it': async (t, calls) => {
    const evaluator = await t.page('evaluator');
    await evaluator.goto(`${t.base}/calls/${calls[2]}/evaluate`);
    await answerAll(evaluator, 1);
    await evaluator.fill('#summary', 'Not as the card heard it.');
    await arrive(evaluator, () => evaluator.click('button[value="submit"]'));
    check(evaluator.url().includes('/reviews/'), `submitting leads to the review, not to ${evaluator.url()}`);
    check(!(await evaluator.getByRole('button', { name: 'Keep as a test of the card' }).count()), 'an evaluator changes no card');
    const name = `heard by a person ${Date.now()}`;
    for (const javaScriptEnabled of [true, false]) {
      const page = await t.page('manager', { javaScriptEnabled });
      await page.goto(evaluator.url());
      check((await main(page)).includes("every word that was said and the agent's name"), 'nothing says what the test copies');
      await page.fill('[name=name]', `${name} ${javaScriptEnabled}`);
      await press(page, 'Keep as a test of the card');
      check(/\/cards\/\d+\/edit/.test(page.url()), `the test leads to a draft, not to ${page.url()}`);
      check((await page.inputValue('textarea[name=text]')).includes(`test "${name} ${javaScriptEnabled}"`), 'the test stands in the text of a draft');
      check((await main(page)).includes(`${name} ${javaScriptEnabled}`), 'it was run, and stands among the tests');
      await page.goto(page.url().replace(/\/edit.*/, ''));
      check((await main(page)).match(/\b(draft|checked)\b/), 'nothing is published by it');
    }
  },

  'a trend goes on over a reworded question and breaks at a rescored one': async (t) => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await t.page('manager', { javaScriptEnabled });
      const stretches = () => page.locator('.chart polyline.line').count();
      await page.goto(`${t.base}/cards`);
      await supportCard(page);
      await go(page, page.getByRole('link', { name: 'anything_else', exact: true }));
      check((await stretches()) === 1, 'the reworded question is one line');
      check((await page.locator('.chart').innerText()).includes('The line goes on: version'), 'the new version is marked');
      await page.selectOption('[name=question]', 'solved');
      await press(page, 'Draw');
      check(page.url().includes('question=solved'), `what is drawn stands in the address: ${page.url()}`);
      check((await stretches()) === 2, 'the rescored question is two lines');
      check((await page.locator('.chart .mark.break').count()) === 1, 'the break is marked');
      const rows = (await (await page.request.get(`${page.url().replace(/\?/, '.json?').replace(/#.*/, '')}`)).json()).rows;
      check((await page.locator('.chart .point').count()) === rows.length, 'a point for each row of the table');
      await page.selectOption('[name=by]', 'people');
      await press(page, 'Draw');
      await page.seen.clean();
    }
  },

  'a backtest runs beside the pages and its numbers stay': async (t) => {
    const page = await t.page('manager');
    await page.goto(`${t.base}/cards`);
    const source = await supportLink(page).getAttribute('href');
    await page.goto(`${t.base}${source}/edit`);
    const text = await page.inputValue('textarea[name=text]');
    const plain = await t.page('manager', { javaScriptEnabled: false });
    await plain.goto(`${t.base}${source}/edit`);
    await write(plain, text.replace(/version = "[^"]*"/, `version = "t${Date.now()}"`).replace(/pass = \d+/, 'pass = 95'));
    await press(plain, 'Save as a draft');
    const draft = plain.url().match(/(.*\/cards\/\d+)/)[1];
    await page.goto(`${draft}/backtest`);
    await press(page, 'Run a backtest');
    await until('the result', async () => (await main(page)).includes('both versions fit'), 30000);
    check((await page.locator('main a[href^="/calls/"]').count()) > 0, 'calls that move are linked');
    check((await main(page)).includes('needs a second person'), 'the limit is named');
    page.seen.allow.push(/409/);
    await page.goto(draft);
    await page.fill('[name=why]', 'stricter');
    await press(page, 'Publish');
    check((await main(page)).includes('somebody else must publish it'), 'the one who drafted it may not publish it');
  },
};
