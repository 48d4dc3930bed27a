// Profiles in the real window: made, judged, renamed, copied, deleted and restored, kept over a restart;
// a broken file is set aside, one of a newer release is left alone.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const file = join(folder, "incorta-mail-setup", "profiles.json");
const kept = () => JSON.parse(readFileSync(file, "utf8")).profiles;
let window;

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

/** The file is written a moment after the last key. */
async function keptIs(expected) {
  await window.browser.wait(() => expected(kept()), 20_000, "the profiles' file is not as expected");
}

async function fromMenu(entry) {
  await window.pressStartingWith("Profile ");
  await window.pick(entry);
}

test("the sender mailbox makes a profile named after its domain", async () => {
  window = await openWindow(folder);
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  assert.equal(kept()[0].name, "fabrikam.example");
  assert.equal(kept()[0].settings.system_email_address, "reports@fabrikam.example");
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "incorta-mail-setup")).mode & 0o777, 0o700);
});

test("an issue stands at its field and one click mends it", async () => {
  await window.type("SMTP Host", `smtp.gmail.com${Key.TAB}`);
  await window.shows("Exchange Online takes mail at smtp.office365.com");
  await window.press("Use smtp.office365.com");
  await window.browser.wait(
    async () => (await window.value("SMTP Host")) === "smtp.office365.com",
    20_000,
    "not mended",
  );
  await window.type("SMTP OAuth Client ID", `not an ID${Key.TAB}`);
  await window.shows("This is not an application ID");
  await keptIs(([profile]) => profile.settings.smtp_oauth_client_id === "not an ID");
});

test("a form with errors is not sent to the network", async () => {
  await window.press("Send test");
  await window.shows("Type the tenant’s endpoint");
  assert.equal((await window.text()).includes("Show conversation"), false);
});

test("a toggle hides the fields that depend on it", async () => {
  await (await window.labelled("SMTP OAuth Enabled")).click();
  await window.shows("Enable this and fill in the fields below it");
  assert.equal((await window.text()).includes("SMTP OAuth Client ID"), false);
  await (await window.labelled("SMTP OAuth Enabled")).click();
  await window.shows("SMTP OAuth Client ID");
});

test("rename, duplicate, delete, undo", async () => {
  await fromMenu("Rename");
  await window.type("Profile name", `Production${Key.ENTER}`);
  await keptIs(([profile]) => profile.name === "Production");
  await fromMenu("Duplicate");
  await keptIs((profiles) => profiles.length === 2 && profiles[1].name === "Production copy");
  await window.shows("Production copy");
  await fromMenu("Delete");
  await keptIs((profiles) => profiles[1].removed_at !== undefined);
  await window.press("Undo");
  await keptIs((profiles) => profiles[1].removed_at === undefined);
});

test("profiles are there again after a restart, the one used last in front", async () => {
  await window.close();
  window = await openWindow(folder);
  await window.shows("Production copy");
  assert.equal(await window.value("System Email Address"), "reports@fabrikam.example");
});

test("a broken file is set aside, named, and never overwritten", async () => {
  await window.close();
  writeFileSync(file, '{"version": 1, "profiles": [{"id": ');
  window = await openWindow(folder);
  await window.shows("profiles.set-aside-");
  const aside = readdirSync(join(folder, "incorta-mail-setup")).find((name) => name.startsWith("profiles.set-aside-"));
  assert.equal(readFileSync(join(folder, "incorta-mail-setup", aside), "utf8"), '{"version": 1, "profiles": [{"id": ');
});

test("a file of a newer release is told of and left alone", async () => {
  await window.close();
  const newer = '{"version": 2, "profiles": {}}';
  writeFileSync(file, newer);
  window = await openWindow(folder);
  await window.shows("A newer release was here before");
  await window.shows("Update Incorta Mail Setup.");
  assert.equal(readFileSync(file, "utf8"), newer);
});
