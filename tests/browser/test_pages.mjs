// Every page: rules of accessibility, targets, contrast, narrow screens, sizes; and pictures to look at.
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { arrive, check, Failure, until } from './lib.mjs';

// Under Node's ES modules the package's default export is the whole CommonJS module.
const { AxeBuilder } = createRequire(import.meta.url)('@axe-core/playwright');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const KB = 1024;

// name -> [role, address, kind]; a kind has a budget of scripts.
async function addresses(bench, calls) {
  const list = [
    ['sign-in', null, '/sign-in'], ['home', 'evaluator', '/'], ['calls', 'evaluator', '/calls'], ['calls-search', 'evaluator', '/calls?q=bill'],
    ['call', 'evaluator', `/calls/${calls[0]}`, 'player'], ['evaluate', 'evaluator', `/calls/${calls.at(-1)}/evaluate`, 'player'],
    ['exemplars', 'evaluator', '/exemplars'], ['card-new', 'manager', '/cards/new', 'editor'], ['issues', 'manager', '/issues'], ['cards', 'manager', '/cards'], ['card-words', 'manager', '/cards/words'], ['help', 'evaluator', '/help'],
    ['imports', 'manager', '/imports'], ['settings', 'manager', '/settings'], ['tokens', 'admin', '/tokens'], ['waiting', 'manager', '/waiting'],
  ];
  const behind = [
    ['exemplar', 'evaluator', '/exemplars', /^\/exemplars\/\d/, 'player'], ['issue', 'manager', '/issues', /^\/issues\//], ['card', 'manager', '/cards', /^\/cards\/\d/],
    ['exemplar-new', 'evaluator', `/calls/${calls[0]}`, /\/exemplar$/, 'player'], ['review', 'evaluator', `/calls/${calls[0]}`, /^\/reviews\//, 'player'],
  ];
  for (const [name, role, from, pattern, kind] of behind) {
    const page = await bench.page(bench.signins[role] ? role : 'evaluator');
    await page.goto(bench.base + from);
    const links = await page.evaluate(() => [...document.querySelectorAll('main a')].map((l) => l.getAttribute('href')));
    const found = links.find((l) => pattern.test(l));
    check(found, `no link to a page like ${pattern} on ${from}`);
    list.push([name, role, found, kind]);
  }
  // The card that has two versions: its chart with a break in it, and what differs between them.
  const page = await bench.page('manager');
  await page.goto(`${bench.base}/cards`);
  await arrive(page, () => page.locator('main tbody tr', { hasText: 'Support call' }).filter({ hasText: 'published' }).locator('a').first().click());
  list.push(['card-trend', 'manager', `${new URL(page.url()).pathname}?question=solved`], ['card-diff', 'manager', await page.locator('main a[href*="/diff?"]').first().getAttribute('href')]);
  return list;
}

// Two pages of the list at a time, each in a tab of its own.
async function eachPage(bench, calls, look) {
  const faults = [];
  const rest = await addresses(bench, calls);
  const lane = async () => {
    const pages = new Map();
    for (let next; (next = rest.shift()); ) {
      const [name, wanted, address, kind] = next;
      const role = wanted && !bench.signins[wanted] ? 'evaluator' : wanted;
      if (!pages.has(role)) pages.set(role, await bench.page(role));
      const page = pages.get(role);
      page.seen.statics.clear();
      try {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.emulateMedia({ colorScheme: 'light' });
        const answer = await page.goto(bench.base + address);
        check(answer.status() === 200, `status ${answer.status()}`);
        if (kind === 'player') await page.waitForFunction(() => document.querySelector('.wave > div')?.shadowRoot?.querySelector('canvas'));
        if (kind === 'editor') await page.waitForFunction(() => document.querySelector('.code')?.shadowRoot?.querySelector('.cm-content'));
        await look(page, name, kind, answer);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        faults.push(`${name}: ${error.message}`);
      }
    }
  };
  await Promise.all([lane(), lane()]);
  check(!faults.length, faults.join('\n      '));
}

// `only`: names of the rules that count, where not all do.
async function axe(page, only) {
  await page.seen.clean();
  const builder = new AxeBuilder({ page });
  const { violations } = await (only ? builder.withRules(only) : builder.withTags(TAGS)).analyze();
  page.seen.bad.length = 0; // axe puts a style of its own into the page, which the policy refuses
  await page.evaluate(() => (window.violations.length = 0));
  check(!violations.length, violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].target} ${v.nodes[0].failureSummary?.split('\n')[1] ?? ''}`).join('; '));
}

// 1.4.11, which axe does not test: borders of fields and the focus ring against what lies around them.
function weakBorders() {
  const rgb = (text) => (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = (node) => {
    for (let n = node.parentElement; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of document.querySelectorAll('input:not([type="hidden"], [type="radio"], [type="checkbox"], [type="range"]), select, textarea, button, .button, .opt')) {
    if (!node.checkVisibility() || node.closest('.sr')) continue;
    const style = getComputedStyle(node);
    const worst = ratio(rgb(style.borderTopColor), ground(node));
    if (worst < 3) found.push(`${node.tagName} ${node.name || node.textContent.slice(0, 20)} ${worst.toFixed(2)}`);
  }
  const probe = document.createElement('i');
  document.body.append(probe);
  for (const [name, over] of [['--ring', '--paper'], ['--ring', '--ground'], ['--blue', '--paper'], ['--customer', '--paper'], ['--cursor', '--paper']]) {
    probe.style.cssText = `color: var(${name}); background-color: var(${over})`;
    const style = getComputedStyle(probe);
    const is = ratio(rgb(style.color), rgb(style.backgroundColor));
    if (is < 3) found.push(`${name} on ${over} ${is.toFixed(2)}`);
  }
  probe.remove();
  return found;
}

// 2.5.8: at least 24 by 24 px, but links inside a sentence.
function smallTargets() {
  const found = [];
  for (const node of document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')) {
    if (!node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || node.matches('.skip')) continue;
    const target = node.matches('input') && node.closest('label') ? node.closest('label') : node;
    const labelled = node.matches('[type="checkbox"], [type="radio"]') && node.labels?.length ? [...node.labels].some((l) => l.getBoundingClientRect().height >= 24) : false;
    const { width, height } = target.getBoundingClientRect();
    if (!width || (width >= 23.95 && height >= 23.95) || labelled) continue;
    const sentence = node.matches('a') && getComputedStyle(node).display === 'inline' && node.parentElement.textContent.trim().length > node.textContent.trim().length + 3;
    if (!sentence) found.push(`${node.tagName} "${(node.textContent || node.name).trim().slice(0, 25)}" ${width.toFixed(0)}x${height.toFixed(0)}`);
  }
  return found.slice(0, 6);
}

// 1.4.12, by a sheet that the page's policy has no say in.
function spaced() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
  document.adoptedStyleSheets = [sheet];
}

// As sent with gzip.
async function sizes(page, kind, answer) {
  const size = (end) => [...page.seen.statics].filter(([url]) => new URL(url).pathname.endsWith(end)).reduce((s, [, body]) => s + gzipSync(body).length, 0);
  const [scripts, style, html] = [size('.js'), size('.css'), gzipSync(await answer.body()).length];
  const most = { player: 30, editor: 130 }[kind] ?? 8;
  check(scripts > 0, 'no script is loaded');
  check(scripts <= most * KB, `${scripts} bytes of script, at most ${most} kB`);
  check(style > 0 && style <= 8 * KB, `${style} bytes of style, at most 8 kB`);
  check(html <= 60 * KB, `${html} bytes of page, at most 60 kB`);
}

const picture = (bench, page, name) => page.screenshot({ path: join(bench.shots, `${name}.png`) });

export const tests = {
  'all pages: axe, one h1, borders, targets, sizes; light, dark, 390 and 320 px, wide text spacing': async (bench, calls) => {
    await eachPage(bench, calls, async (page, name, kind, answer) => {
      check((await page.locator('h1').count()) === 1, 'not exactly one h1');
      check(/ - Earshot$/.test(await page.title()), `the title is "${await page.title()}"`);
      check(!(await page.locator('.fault').count()) || name === 'card', 'a block or value is missing');
      for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme });
        await picture(bench, page, `${name}-${scheme}-1440`);
        const weak = await page.evaluate(weakBorders);
        check(!weak.length, `${scheme}: contrast under 3:1: ${weak.join(', ')}`);
        await axe(page, scheme === 'dark' && ['color-contrast']);
      }
      await sizes(page, kind, answer);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 });
        const small = await page.evaluate(smallTargets);
        check(!small.length, `${width} px: targets under 24 px: ${small.join(', ')}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await picture(bench, page, `${name}-light-390`);
      await page.setViewportSize({ width: 320, height: 800 });
      const wide = () => page.evaluate(() => document.scrollingElement.scrollWidth);
      check((await wide()) <= 320, `the page is ${await wide()} px wide`);
      await page.evaluate(spaced);
      check((await wide()) <= 320, `with wide text spacing the page is ${await wide()} px wide`);
    });
  },

  'a form with errors: axe, the summary has the focus, its links reach the fields': async (bench, calls) => {
    for (const colorScheme of ['light', 'dark']) {
      const page = await bench.page('evaluator', { colorScheme });
      page.seen.allow.push(/status of 4\d\d/);
      await page.goto(`${bench.base}/calls/${calls.at(-1)}/evaluate`);
      await page.waitForFunction(() => document.querySelector('.q.now'));
      await page.evaluate(() => {
        for (const input of document.querySelectorAll('.opts input')) input.checked = false;
        document.querySelector('.opts input').dispatchEvent(new Event('input', { bubbles: true }));
      });
      await arrive(page, () => page.click('button[value="submit"]'));
      await until('the summary has the focus', () => page.evaluate(() => document.activeElement.id === 'errors'));
      await picture(bench, page, `evaluate-errors-${colorScheme}-1440`);
      await axe(page);
      const link = page.locator('#errors a').last();
      const target = (await link.getAttribute('href')).slice(1);
      await link.click();
      check(await page.evaluate((id) => document.activeElement.id === id, target), 'the link does not focus its field');
    }
  },

  'the whole form by keyboard': async (bench, calls) => {
    const page = await bench.page('evaluator');
    await page.goto(`${bench.base}/calls/${calls[0]}/evaluate`);
    await page.waitForFunction(() => document.querySelector('.q.now'));
    const count = await page.locator('.q').count();
    for (let i = 0; i < count; i++) {
      const kind = await page.locator('.q.now').getAttribute('data-kind');
      if (kind === 'choice') await page.keyboard.press('1');
      else if (kind === 'multi') await page.keyboard.press('0');
      if (i + 1 < count) await page.keyboard.press('n');
      if (await page.evaluate(() => document.activeElement.matches('textarea, input:not([type="radio"], [type="checkbox"])'))) await page.keyboard.press('Escape');
    }
    const kinds = await page.locator('.q:is([data-kind="choice"], [data-kind="multi"])').count();
    const answered = await page.locator('.q:is([data-kind="choice"], [data-kind="multi"]):has(.opts :checked)').count();
    check(answered === kinds, `${answered} of ${kinds} questions have an answer`);
    await page.keyboard.press('p');
    await page.keyboard.press('o');
    check(await page.evaluate(() => document.activeElement.matches('.note textarea')), 'o does not open the note');
    await page.keyboard.type('1 2 n p');
    check((await page.evaluate(() => document.activeElement.value)).endsWith('1 2 n p'), 'letters typed into the note are lost');
    await page.keyboard.press('Control+s');
    await until('Ctrl+S saves', async () => /^Saved/.test(await page.locator('#save').innerText()));
  },

  'the focus is never covered by a bar': async (bench, calls) => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      const page = await bench.page('evaluator', { viewport });
      await page.goto(`${bench.base}/calls/${calls.at(-1)}/evaluate`);
      await page.locator('.q').first().locator('input, textarea').first().focus();
      const covered = [];
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const hidden = await page.evaluate(() => {
          const node = document.activeElement;
          if (!node || node === document.body) return null;
          const { left, top, width, height } = node.getBoundingClientRect();
          const at = document.elementFromPoint(left + width / 2, top + height / 2);
          return at && (node.contains(at) || at.contains(node)) ? null : `${node.tagName} ${node.name || node.textContent.slice(0, 20)}`;
        });
        if (hidden) covered.push(hidden);
      }
      check(!covered.length, `covered at ${viewport.width} px: ${[...new Set(covered)].slice(0, 5).join(', ')}`);
    }
  },

  'forced colours and print keep their marks': async (bench, calls) => {
    const forced = await bench.page('evaluator', { forcedColors: 'active' });
    await forced.goto(`${bench.base}/calls/${calls.at(-1)}/evaluate`);
    await forced.waitForFunction(() => document.querySelector('.q.now'));
    check(await forced.evaluate(() => getComputedStyle(document.querySelector('.q.now')).outlineStyle === 'solid'), 'the current question has no mark');
    await picture(bench, forced, 'evaluate-forced-1440');
    const page = await bench.page('evaluator');
    await page.goto(`${bench.base}/calls/${calls[0]}`);
    await page.emulateMedia({ media: 'print' });
    check(!(await page.locator('.player').isVisible()), 'the player is printed');
    check(await page.evaluate(() => document.querySelector('#transcript .scroll').scrollHeight <= document.querySelector('#transcript .scroll').clientHeight + 2), 'the transcript is cut off in print');
  },

  'tables can be had as CSV and JSON': async (bench) => {
    const page = await bench.page('evaluator');
    const csv = await page.request.get(`${bench.base}/calls.csv`);
    check(csv.ok() && /text\/csv/.test(csv.headers()['content-type']), `/calls.csv answers ${csv.status()} ${csv.headers()['content-type']}`);
    const json = await page.request.get(`${bench.base}/calls.json`);
    check(json.ok() && Array.isArray((await json.json()).rows), `/calls.json answers ${json.status()}`);
  },
};
