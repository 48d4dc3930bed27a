// How the window looks and reads: dark, light and narrow, each section without a WCAG 2.2 AA violation that
// axe can find and without anything cut off sideways.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

/** A report from the terminal twin, to open in the window. */
const { stdout: checked } = spawnSync(resolve("target/debug/incorta-mail"), [
  "check",
  "--practice",
  "full_access_missing",
  "--json",
]);

const overflow = (window) =>
  window.browser.executeScript(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const looks = {
  light: {},
  dark: { dark: true },
  // What 200 % zoom leaves of a window of 1280 by 800.
  narrow: { width: 640, height: 480 },
};

for (const [name, options] of Object.entries(looks)) {
  test(`every section reads well: ${name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
    const window = await openWindow(folder, options);
    try {
      assert.deepEqual(await window.violations(), []);
      await window.press("Try it with a practice tenant");
      await window.press("Type them in for me");
      await window.filled("SMTP OAuth Client ID");
      await window.press("Send test");
      await window.shows("Accepted by the practice tenant");
      const isDark = await window.browser.executeScript(() => matchMedia("(prefers-color-scheme: dark)").matches);
      assert.equal(isDark, options.dark === true);
      for (const section of ["Set up Microsoft 365", "Email settings", "Copy to Incorta", "Practice tenant"]) {
        await window.press(section);
        if (section === "Set up Microsoft 365") await window.screenshot(`guide-${name}`);
        assert.deepEqual(await window.violations(), [], section);
        assert.equal(await overflow(window), 0, section);
      }
      await window.press("Set up Microsoft 365");
      await window.press("Show the script");
      await window.shows("'reports@contoso.com'");
      assert.deepEqual(await window.violations(), [], "Scripts");
      await window.screenshot(`script-${name}`);
      await window.closeDialog();
      await window.press("Email settings");
      for (const [button, words] of [
        ["Show details", "Cipher suite"],
        ["Save report", "Mask e-mail addresses"],
      ]) {
        await window.press(button);
        await window.shows(words);
        assert.deepEqual(await window.violations(), [], button);
        assert.equal(await overflow(window), 0, button);
        await window.screenshot(`${words.split(" ")[0].toLowerCase()}-${name}`);
        await window.browser.actions().sendKeys(Key.ESCAPE).perform();
        await window.browser.wait(async () => !(await window.text()).includes(words), 20_000, `${button} stays open`);
      }
      const report = join(folder, "report.json");
      writeFileSync(report, checked);
      await (await window.labelled("Open a report…")).sendKeys(report);
      await window.shows("From a file, not from this window");
      assert.deepEqual(await window.violations(), [], "Report");
      assert.equal(await overflow(window), 0, "Report");
      await window.screenshot(`report-${name}`);
      await window.click(await window.find({ css: "button.code" }));
      await window.shows("What to do");
      assert.deepEqual(await window.violations(), [], "A failure's page");
      await window.closeDialog();
      await window.press("Email settings");
      if (options.dark) await window.picture("dark");
    } finally {
      await window.close();
      rmSync(folder, { recursive: true });
    }
  });
}
