// What every browser test uses: a watched page, a sign-in, the project's calls.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
export const FLAGS = [
  '--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=no-user-gesture-required', '--mute-audio', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export class Failure extends Error {}
export function check(truth, sentence) {
  if (!truth) throw new Failure(sentence);
}

export async function until(sentence, probe, ms = 8000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await probe();
    if (found) return found;
    check(Date.now() < end, `${sentence}: not within ${ms / 1000} s`);
    await rest(50);
  }
}

// What `act` does leads to another page: goes on when that one stands. A click alone is done while it still arrives.
export const arrive = (page, act) => Promise.all([page.waitForEvent('load'), act()]);

// Asks for the page again, beside the browser, until it says `words`; then shows it.
export async function untilPageSays(page, words, ms) {
  await until(`the page says "${words}"`, async () => (await (await page.request.get(page.url())).text()).includes(words), ms);
  await page.goto(page.url());
}

// Runs in the page before its own scripts.
function collect() {
  window.violations = [];
  addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
}

// A page that remembers what must not happen. `allow`: patterns of console errors that the test brings about itself.
export async function watch(page, base) {
  const bad = [];
  const statics = new Map();
  const seen = { bad, statics, allow: [] };
  await page.addInitScript(collect);
  page.on('pageerror', (e) => bad.push(`script error: ${e.message}`));
  page.on('console', (m) => m.type() === 'error' && bad.push(`console: ${m.text()} ${m.location().url}`));
  page.on('request', (r) => new URL(r.url()).origin !== new URL(base).origin && bad.push(`foreign request: ${r.url()}`));
  page.on('response', async (r) => {
    if (new URL(r.url()).pathname.startsWith('/static/')) statics.set(r.url(), await r.body().catch(() => Buffer.alloc(0)));
  });
  seen.clean = async () => {
    const violations = await page.evaluate(() => window.violations ?? []).catch(() => []);
    const left = [...bad, ...violations.map((v) => `policy: ${v}`)].filter((line) => !seen.allow.some((a) => a.test(line)));
    check(!left.length, left.join('; '));
  };
  return seen;
}

// Pages of one test: opened with t.page(), closed and checked at its end.
export class Bench {
  constructor(browser, base, signins) {
    Object.assign(this, { browser, base, signins, open: [], sessions: {} });
  }

  // The same server and sessions for tests that run at the same time.
  beside() {
    return Object.assign(new Bench(this.browser, this.base, this.signins), { sessions: this.sessions, shots: this.shots });
  }

  async page(role, options = {}) {
    const storageState = role && (await (this.sessions[role] ??= this.session(role)));
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, storageState: storageState || undefined, ...options });
    const page = await context.newPage();
    const seen = await watch(page, this.base);
    this.open.push({ context, page, seen });
    page.seen = seen;
    page.setDefaultTimeout(10000);
    return page;
  }

  // Signs in once a role: the server takes its time over each password, by intent.
  async session(role) {
    const context = await this.browser.newContext();
    try {
      await this.signIn(await context.newPage(), role);
      return await context.storageState();
    } finally {
      await context.close();
    }
  }

  async signIn(page, role) {
    const { login, password } = this.signins[role];
    await page.goto(`${this.base}/sign-in`);
    await page.fill('input[name="login"]', login);
    await page.fill('input[name="password"]', password);
    await arrive(page, () => page.click('main form button'));
    check(await page.locator('form[action="/sign-out"]').count(), `${role} "${login}" is not signed in`);
  }

  async close(verify) {
    const open = this.open.splice(0);
    try {
      if (verify) for (const { seen } of open) await seen.clean();
    } finally {
      for (const { context } of open) await context.close();
    }
  }

  // Ids of calls that have a recording, a transcript with times and a card, those that nobody has begun to
  // review first.
  async findCalls(page, wanted) {
    const found = [];
    const used = [];
    const tried = new Set();
    let next = `${this.base}/calls?channel=voice`;
    for (let pages = 0; next && pages < 20 && found.length < wanted; pages++) {
      const html = await (await page.request.get(next)).text();
      for (const [, id] of html.matchAll(/href="\/calls\/([0-9A-Za-z]+)["?#]/g)) {
        if (tried.has(id) || found.length >= wanted) continue;
        tried.add(id);
        const call = await (await page.request.get(`${this.base}/calls/${id}`)).text();
        if (!call.includes('id="player"') || !/<li id="u\d+"[^>]*data-start/.test(call)) continue;
        const form = await page.request.get(`${this.base}/calls/${id}/evaluate`);
        if (form.ok()) (/name="rev" value="0".*name="key" value="0"/.test(await form.text()) ? found : used).push(id);
      }
      const link = html.match(/<a[^>]*rel="next"[^>]*>/)?.[0].match(/href="([^"]+)"/)?.[1];
      next = link && new URL(link.replaceAll('&amp;', '&'), next).href;
    }
    found.push(...used);
    check(found.length >= wanted, `only ${found.length} calls have a recording, a transcript and a card`);
    return found.slice(0, wanted);
  }
}

// A browser of its own that can be killed, as a power cut would.
export async function killable(profile) {
  await rm(join(profile, 'DevToolsActivePort'), { force: true });
  const child = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { detached: true, stdio: 'ignore' });
  const file = join(profile, 'DevToolsActivePort');
  await until('Chromium starts', () => existsSync(file), 20000);
  const [port] = (await until('Chromium names its port', () => readFile(file, 'utf8'), 5000)).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const kill = async () => {
    process.kill(-child.pid, 'SIGKILL');
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve()));
    await browser.close().catch(() => {});
  };
  return { browser, context: browser.contexts()[0], kill };
}

export const newProfile = () => mkdtemp(join(tmpdir(), 'earshot-browser-'));

// Answers every question with its option number `pick` (the last where there are fewer), notes where they are asked for.
export async function answerAll(page, pick = 0) {
  for (const q of await page.locator('form.evaluate .q').all()) {
    if (await q.isHidden()) continue; // not asked
    const kind = await q.getAttribute('data-kind');
    const inputs = q.locator('.opts .opt:not(.na) input');
    if (kind === 'choice' || kind === 'multi') await inputs.nth(Math.min(pick, (await inputs.count()) - 1)).check();
    else await q.locator(`[name="a.${await q.getAttribute('data-q')}"]`).fill({ number: '1', date: '2026-10-05' }[kind] ?? 'As heard');
    if (await q.getAttribute('data-note')) {
      const note = q.locator('.note');
      if ((await note.getAttribute('open')) === null) await note.locator('summary').click();
      await note.locator('textarea').fill('Heard it so.');
    }
  }
}
