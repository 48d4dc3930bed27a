// A report that the terminal twin wrote, opened in the real window: what it shows, what it refuses, and that
// nothing of a hostile file gets further than its text.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const program = resolve("target/debug/incorta-mail");
let window;
let report;

/** A file of this test, written anew. */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const openFile = async (path) => (await window.labelled("Open a report…")).sendKeys(path);

before(async () => {
  // Exit code 1: the check failed, as it should.
  const ended = spawnSync(program, ["check", "--practice", "full_access_missing", "--json"], { encoding: "utf8" });
  assert.equal(ended.status, 1, ended.stderr);
  report = ended.stdout;
  window = await openWindow(folder);
});

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

test("a report is opened on the first page, before there is any profile", async () => {
  await window.shows("Which mailbox does Incorta send from?");
  await openFile(file("first.json", report));
  await window.shows("From a file, not from this window");
  await window.press("Close report");
  await window.shows("Which mailbox does Incorta send from?");
});

test("its header says which file, whose profile, when, and how it ended", async () => {
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  await openFile(file("server.json", report));
  await window.shows("From a file, not from this window");
  const { profile, started_at, settings } = JSON.parse(report);
  const facts = await (await window.find({ css: "main dl" })).getText();
  for (const fact of ["server.json", profile, settings.system_email_address, "Send a test message", "Failed after"]) {
    assert.ok(facts.includes(fact), `${fact} is not in:\n${facts}`);
  }
  const local = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(started_at));
  assert.ok(facts.includes(`${new Date(started_at).getFullYear()} at ${local}`), facts);
});

test("its finding stands there with part, owner and command, its stages and its conversation", async () => {
  const card = await window.find({ css: '[data-finding="full_access_missing"]' });
  const words = await card.getText();
  assert.match(words, /The application may not open the mailbox/);
  assert.match(words, /Part 4/);
  assert.match(words, /Exchange administrator/);
  assert.match(words, /Add-MailboxPermission -Identity 'reports@contoso\.com'/);
  const stages = await window.stages();
  assert.equal(stages.message, "failed");
  assert.equal(stages.recipient, "passed");
  await window.screenshot("report");
  await window.press("Show conversation");
  await window.shows("AUTH XOAUTH2 [");
  await window.shows("430 4.2.0 STOREDRV");
  await window.closeDialog();
});

test("an opened report has details, and is saved again as it is", async () => {
  await window.press("Show details");
  await window.shows("Cipher suite");
  await window.closeDialog();
  await window.press("Save report");
  await window.pick("JSON");
  const downloads = join(folder, "Downloads");
  await window.browser.wait(() => readdirSync(downloads).length === 1, 20_000, "not saved");
  const [name] = readdirSync(downloads);
  assert.deepEqual(JSON.parse(readFileSync(join(downloads, name), "utf8")), JSON.parse(report));
});

test("a file that is no report is named with the reason, and the open report stays", async () => {
  await openFile(file("notes.txt", "Mail does not go out.\nSince Monday."));
  await window.shows("This file is not a report");
  await window.shows("notes.txt: It is not JSON from line 1, column 1 on.");
  await openFile(file("other.json", '{"name": "incorta"}'));
  await window.shows("other.json: At “schema”: It is missing.");
  await openFile(file("newer.json", report.replace('"schema": 1', '"schema": 2')));
  await window.shows("newer.json: It has schema 2");
  await openFile(file("large.json", " ".repeat(5 * 1024 * 1024)));
  await window.shows("large.json: At most 4 MiB are read.");
  await window.screenshot("report-refused");
  assert.ok((await window.text()).includes("server.json"));
});

test("text of a hostile file is shown as text, and its links are not offered", async () => {
  const hostile = JSON.parse(report);
  hostile.profile = "<img src=x onerror=alert(1)>\u202etxt";
  hostile.findings[0].title = "Run this\u001b[2J";
  hostile.findings[0].fixes[0].command = "Get-Mailbox\nRemove-Mailbox *";
  hostile.findings[0].fixes[0].url = "https://example.com/";
  await openFile(file("hostile.json", JSON.stringify(hostile)));
  await window.shows("<img src=x onerror=alert(1)>\\u{202e}txt");
  await window.shows("Run this\\u{1b}[2J");
  await window.shows("Get-Mailbox\\u{a}Remove-Mailbox *");
  assert.equal((await window.text()).includes("example.com"), false);
});

test("the largest report that is read opens, too", async () => {
  const heavy = JSON.parse(report);
  const [finding] = heavy.findings;
  const [fix] = finding.fixes;
  // Commands of many parameters would be the most to draw.
  const command = `Get-Mailbox${" -a b".repeat(400)}`;
  heavy.findings = Array.from({ length: 100 }, (_, number) => ({
    ...finding,
    title: `Finding ${number}`,
    fixes: Array.from({ length: 16 }, () => ({ ...fix, command })),
  }));
  heavy.transcript = Array.from({ length: 5000 }, (_, number) => ({ at_ms: number, direction: "sent", line: "NOOP" }));
  const text = JSON.stringify(heavy);
  assert.ok(text.length > 3 * 1024 * 1024 && text.length < 4 * 1024 * 1024, `${text.length}`);
  await openFile(file("heavy.json", text));
  await window.shows("heavy.json");
  await window.shows("Finding 99");
  const drawn = await window.browser.executeScript(() => document.querySelectorAll("*").length);
  assert.ok(drawn < 50_000, `${drawn} elements`);
  await window.press("Show conversation");
  await window.shows("4999 ms");
  await window.closeDialog();
});

test("a dropped file is opened, wherever it falls", async () => {
  await window.press("Email settings");
  await window.browser.executeScript((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "dropped.json"));
    document
      .querySelector("h1")
      .dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, report);
  await window.shows("dropped.json");
});

test("a closed report is gone, and the keyboard goes on where it was opened", async () => {
  await (await window.button("Close report")).sendKeys(Key.ENTER);
  await window.shows("SMTP OAuth Client ID");
  assert.equal((await window.text()).includes("dropped.json"), false);
  const focused = () => window.browser.executeScript(() => document.activeElement.labels?.[0].textContent.trim());
  await window.browser.wait(async () => (await focused()) === "Open a report…", 20_000, "the focus is elsewhere");
});
