// A window for weeks: opened again and again, and one that stays open (npm run test:long). Nothing piles up: no
// process, no file, no descriptor, no thread, no memory.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openWindow, PATIENCE_MS } from "../window.mjs";
import { closeWindows } from "./close.mjs";
import { files, held, processesWith } from "./processes.mjs";

/** How often each is done, and how often before anything is measured. */
const TIMES = Number(process.env.LONG_USE_TIMES ?? 200);
const WARM_UP = Math.ceil(TIMES / 10);
/** What memory may grow by, in kB: the window's process, and the page's, whose engine collects when it likes. */
const SLACK = { window: 16 * 1024, page: 96 * 1024 };
const SECTIONS = ["Set up Microsoft 365", "Copy to Incorta", "Practice tenant", "Email settings"];

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const temporary = mkdtempSync(join(tmpdir(), "incorta-mail-tmp-"));
// Whatever is opened below writes its temporary files here.
process.env.TMPDIR = temporary;

after(() => {
  for (const used of [folder, temporary]) rmSync(used, { recursive: true });
});

/** Waits until something is so; fails with what it was at last. */
async function becomes(what, actual, isSo) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = actual();
    if (isSo(found)) return found;
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(found)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const ours = () => [...processesWith("XDG_CONFIG_HOME", folder).values()];
const isOurs = (program) => program.endsWith("/incorta-mail-setup");

/** Closes a window as a person does; then nothing of it is left. */
async function close({ driver }) {
  await closeWindows(process.env.DISPLAY);
  await becomes("still open", ours, (programs) => !programs.some(isOurs));
  driver.kill();
  await becomes("still running", ours, (programs) => programs.length === 0);
}

/** The files that a window leaves: in its folder, among temporary ones, and as the webview's data. */
const left = () => ({
  kept: files(folder),
  temporary: Object.keys(files(temporary)).sort(),
  webview: Object.keys(files(join(process.env.XDG_DATA_HOME, "setup.incorta-mail"))).sort(),
});

test(`${TIMES} windows, one after the other, leave nothing behind`, async () => {
  let before;
  for (let time = 0; time < WARM_UP + TIMES; time += 1) {
    if (time === WARM_UP) before = left();
    const window = await openWindow(folder);
    await window.shows("Which mailbox does Incorta send from?");
    await close(window);
  }
  const then = left();
  console.log(`${TIMES} windows: ${JSON.stringify(before)} before, ${JSON.stringify(then)} after`);
  assert.deepEqual(then, before);
});

test(`one window, ${TIMES} times through all that it shows, holds as much as before`, async () => {
  spawnSync("secret-tool", ["clear", "service", "incorta-mail-setup", "username", "practice"]);
  const window = await openWindow(folder);
  try {
    await window.press("Try it with a practice tenant");
    await window.press("Type them in for me");
    await window.filled("SMTP OAuth Client ID");
    const processes = [...processesWith("XDG_CONFIG_HOME", folder)];
    const id = (is) => processes.find(([, program]) => is(program))[0];
    const isPage = (program) => program.endsWith("/WebKitWebProcess");
    const now = () => ({ window: held(id(isOurs)), page: held(id(isPage)) });

    const reference = async () => (await window.text()).match(/Incorta mail test \S+/)?.[0];
    let sent;
    const seen = [];
    for (let time = 0; time < WARM_UP + TIMES; time += 1) {
      if (time % 10 === 0) {
        const isSent = async () => ![undefined, sent].includes(await reference());
        await window.press("Send test");
        await window.browser.wait(isSent, PATIENCE_MS, "no other message was sent");
        sent = await reference();
      }
      await window.press("Show conversation");
      await window.closeDialog();
      await window.press("Show details");
      await window.closeDialog();
      for (const section of SECTIONS) await window.press(section);
      seen.push(now());
    }
    // As many as there ever were while it warmed up.
    const most = (of) => Math.max(...seen.slice(0, WARM_UP).map(of));
    const before = seen[WARM_UP - 1];
    const bounds = { descriptors: most((at) => at.window.descriptors), threads: most((at) => at.window.threads) };
    const level = ({ window: { descriptors, threads } }) =>
      descriptors <= bounds.descriptors && threads <= bounds.threads;
    const then = await becomes(`more than ${JSON.stringify(bounds)}`, now, level);
    console.log(`one window: ${JSON.stringify(before)} before, ${JSON.stringify(then)} after ${TIMES} times`);
    for (const name of ["window", "page"]) {
      const grown = then[name].memory - before[name].memory;
      assert.ok(grown <= SLACK[name], `the ${name}'s process has grown by ${grown} kB`);
    }
  } finally {
    await close(window);
  }
});
