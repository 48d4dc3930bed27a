// The real window beside another process that changes the same profiles: neither loses the other's change.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const file = join(folder, "incorta-mail-setup", "profiles.json");
const kept = () => JSON.parse(readFileSync(file, "utf8")).profiles;
let window;

before(async () => {
  window = await openWindow(folder);
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
});

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

/** Changes the file from this process, whole, as the terminal twin does. */
function elsewhere(change) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  change(document.profiles);
  writeFileSync(`${file}.new`, JSON.stringify(document));
  renameSync(`${file}.new`, file);
}

/** The window gets the focus again; on a display without a window manager nothing else gives it. */
const focus = () => window.browser.executeScript(() => globalThis.dispatchEvent(new Event("focus")));

/** The file is written a moment after the last key. */
const keptIs = (expected) =>
  window.browser.wait(() => expected(kept()), 20_000, "the profiles' file is not as expected");

const holds = (label, text) =>
  window.browser.wait(async () => (await window.value(label)) === text, 20_000, `"${label}" does not hold "${text}"`);

test("both the window's and the other process's field survive a save", async () => {
  await window.filled("SMTP Host");
  elsewhere(([profile]) => {
    profile.settings.smtp_host = "mail.fabrikam.example";
  });
  await window.type("SMTP OAuth Client ID", "typed here");
  await keptIs(([profile]) => profile.settings.smtp_oauth_client_id === "typed here");
  assert.equal(kept()[0].settings.smtp_host, "mail.fabrikam.example");
  await holds("SMTP Host", "mail.fabrikam.example");
  assert.equal(await window.value("SMTP OAuth Client ID"), "typed here");
  // The rules have seen what came in.
  await window.shows("Exchange Online takes mail at smtp.office365.com");
});

test("what is noted of a profile is written beside the other process's change", async () => {
  const field = await window.labelled("Client secret ends on");
  elsewhere(([profile]) => {
    profile.access_path = "rbac";
  });
  await field.sendKeys(`2031-12-18${Key.TAB}`);
  await keptIs(([profile]) => profile.secret_expires_on === "2031-12-18");
  await window.shows("days left.");
  await window.shows("RBAC for Applications");
  await window.press("Changed just now");
  await keptIs(([profile]) => profile.last_change_at !== null);
  assert.equal(kept()[0].access_path, "rbac");
  await window.choose("Access path", "API permission and mailbox rights");
  await keptIs(([profile]) => profile.access_path === "classic");
  assert.equal(kept()[0].secret_expires_on, "2031-12-18");
});

test("with the focus come new names, new profiles and new values", async () => {
  elsewhere((profiles) => {
    const [first] = profiles;
    first.name = "Renamed elsewhere";
    first.settings.smtp_port = 2525;
    profiles.push({ ...first, id: "11111111-2222-4333-8444-555555555555", name: "Made elsewhere" });
  });
  await focus();
  await holds("Port", "2525");
  await window.shows("Renamed elsewhere");
  await window.pressStartingWith("Profile ");
  await window.shows("Made elsewhere");
  await window.browser.actions().sendKeys(Key.ESCAPE).perform();
});

test("a profile deleted elsewhere gives way and can be brought back", async () => {
  elsewhere(([first]) => {
    first.removed_at = new Date().toISOString();
  });
  await focus();
  await window.shows("“Renamed elsewhere” was deleted elsewhere");
  await window.shows("Made elsewhere");
  await window.press("Bring it back");
  await keptIs(([first]) => first.removed_at === undefined);
  await window.shows("Renamed elsewhere");
});

test("what is typed into a deleted profile is not lost", async () => {
  await holds("SMTP OAuth Client ID", "typed here");
  elsewhere(([first]) => {
    first.removed_at = new Date().toISOString();
  });
  await window.type("SMTP OAuth Client ID", "typed later");
  await window.shows("What you typed is still here, but not saved.");
  await window.press("Bring it back");
  await keptIs(([first]) => first.removed_at === undefined && first.settings.smtp_oauth_client_id === "typed later");
  assert.equal(kept()[0].settings.smtp_port, 2525);
});
