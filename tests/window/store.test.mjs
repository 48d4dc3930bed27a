// A credential store that keeps its answer back, as one does that asks for its password: the window opens all the
// same, says so, and goes on when the store does.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openWindow, PATIENCE_MS } from "./window.mjs";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const file = join(folder, "incorta-mail-setup", "profiles.json");
const kept = () => JSON.parse(readFileSync(file, "utf8")).profiles;
const store = Number(owner("org.freedesktop.secrets").match(/uint32 (\d+)/)[1]);
let window;

function owner(name) {
  const bus = ["call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/", "--method"];
  return execFileSync("gdbus", [...bus, "org.freedesktop.DBus.GetConnectionUnixProcessID", name], { encoding: "utf8" });
}

after(async () => {
  process.kill(store, "SIGCONT");
  await window?.close();
  rmSync(folder, { recursive: true });
});

// Whatever else may wait for a store that stands still must not hold up the tests for good.
const limit = { timeout: 120_000 };

test("the window opens while the store keeps its answer back, and says what it waits for", limit, async () => {
  const made = { settings: {}, created_at: "2026-11-23T09:14:00Z", changed_at: "2026-11-23T09:14:00Z" };
  const profiles = [
    { ...made, id: "kept", name: "Production" },
    // Its secret is to be forgotten at this start.
    { ...made, id: "deleted", name: "Test", removed_at: "2026-11-23T09:14:00Z" },
  ];
  mkdirSync(join(folder, "incorta-mail-setup"));
  writeFileSync(file, JSON.stringify({ version: 1, profiles }));
  process.kill(store, "SIGSTOP");
  window = await openWindow(folder);
  await window.shows("Waiting for the system keyring: it may be asking for its password.");
  await window.type("SMTP Host", "smtp.office365.us");
  await window.browser.wait(
    () => kept()[0].settings.smtp_host?.endsWith(".us"),
    PATIENCE_MS,
    "what is typed is not saved meanwhile",
  );
  assert.equal(kept().length, 2);

  process.kill(store, "SIGCONT");
  await window.browser.wait(() => kept().length === 1, PATIENCE_MS, "the deleted profile is not purged");
  await window.shows("Store");
  assert.doesNotMatch(await window.text(), /Waiting for the system keyring/);
});
