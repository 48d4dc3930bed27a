// Places and canaries: two client secrets and the tokens that one of them buys, in every form, looked for in all that
// the window and its processes show, hear, say and write, while they are typed, stored, used, copied and forgotten.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Key } from "selenium-webdriver";
import { assertHoldsNone } from "./canaries.mjs";
import { descendants, programOf, startedWith } from "./processes.mjs";
import { openWindow, PATIENCE_MS } from "./window.mjs";

/** With a character for each way of escaping. */
const TYPED = 'cA~nary+s/ec%ret with "every" & <form>\'\\=1';
const root = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const folder = join(root, "config");
const secrets = { "typed secret": TYPED };
/** What processes were started with, by process. */
const started = new Map();
let window;
let watching;

before(async () => {
  const folders = {
    TMPDIR: "tmp",
    XDG_DATA_HOME: "data",
    XDG_CACHE_HOME: "cache",
    XDG_STATE_HOME: "state",
    HOME: "home",
  };
  const environment = Object.fromEntries(Object.entries(folders).map(([name, below]) => [name, join(root, below)]));
  for (const path of [folder, ...Object.values(environment)]) mkdirSync(path);
  window = await openWindow(folder, { environment });
  await window.keepAnswers();
  // A process may live for a moment only.
  watching = setInterval(() => {
    for (const pid of descendants(window.driver.pid)) started.set(`${pid} ${programOf(pid)}`, startedWith(pid));
  }, 20);
});

after(async () => {
  clearInterval(watching);
  await window?.close();
  rmSync(root, { recursive: true, maxRetries: 5 });
  spawnSync("secret-tool", ["clear", "service", "incorta-mail-setup"]);
});

/** What is on the X clipboard; null when its owner does not answer. */
function clipboard() {
  const { stdout, error } = spawnSync("xclip", ["-selection", "clipboard", "-out"], {
    encoding: "utf8",
    timeout: 1000,
  });
  return error === undefined ? stdout : null;
}

/** Every file that the window may write to, also while it is written. */
function files() {
  const below = readdirSync(root, { recursive: true }).map((name) => join(root, name));
  return below.flatMap((path) => {
    const status = statSync(path, { throwIfNoEntry: false });
    return status?.isFile() ? [[path, readFileSync(path, "latin1")]] : [];
  });
}

/** Looks in every place; the secret's own box is the one exception while it is typed in. */
async function nothingHolds(step) {
  assertHoldsNone(secrets, `the page, ${step}`, await window.html());
  assertHoldsNone(secrets, `what the page heard, ${step}`, (await window.answers()).join("\n"));
  for (const [path, text] of files()) assertHoldsNone(secrets, `${path}, ${step}`, text);
  for (const [process, text] of started) assertHoldsNone(secrets, `the start of ${process}, ${step}`, text);
  const title = await window.browser.getTitle();
  assertHoldsNone(secrets, `title and address, ${step}`, `${title}\n${await window.browser.getCurrentUrl()}`);
  const storage = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]);
  assertHoldsNone(secrets, `the page's storage, ${step}`, await window.browser.executeScript(storage));
}

test("a typed secret goes into the store, and nowhere else", async () => {
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  await window.type("SMTP OAuth Client Secret", TYPED);
  await window.press("Store");
  await window.shows("Stored in the system keyring");
  const [{ id }] = JSON.parse(readFileSync(join(folder, "incorta-mail-setup", "profiles.json"), "utf8")).profiles;
  const lookUp = ["lookup", "service", "incorta-mail-setup", "username", id];
  assert.equal(execFileSync("secret-tool", lookUp, { encoding: "utf8" }), TYPED);
  await nothingHolds("once it is stored");
});

test("nor does a pasted block leave the secret in it anywhere", async () => {
  await window.browser.executeScript(
    (box, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    await window.labelled("SMTP OAuth Client ID"),
    `Application (client) ID: 3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346\nClient secret: ${TYPED}`,
  );
  const filled = async () => (await window.value("SMTP OAuth Client ID")) === "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346";
  await window.browser.wait(filled, 20_000, "the block was not read");
  await nothingHolds("once a block was pasted");
});

test("a check uses secret and token, and shows neither", async () => {
  await window.press("Practice tenant");
  await window.press("Copy the secret");
  await window.shows("Practice secret copied");
  secrets["practice secret"] = clipboard();
  assert.ok(secrets["practice secret"].length > 20);
  await window.press("Type them in for me");
  await window.filled("SMTP OAuth Client ID");
  await nothingHolds("once the practice tenant typed its values");
  await window.press("Send test");
  await window.shows("Accepted by the practice tenant");
  // The tokens of the practice tenant are JSON Web Tokens, and so begin alike, in XOAUTH2's response, too.
  secrets["beginning of a token"] = "eyJhbGci";
  secrets["beginning of a sign-in"] = "user=reports@contoso.com\u0001auth=Bearer ";
  const heard = (await window.answers()).join("\n");
  assert.ok(heard.includes('"event":"stage_finished"') && heard.includes("bytes redacted]"), "no events were heard");
  await nothingHolds("after a check");
  for (const [button, words] of [
    ["Show conversation", "AUTH XOAUTH2 ["],
    ["Show details", "Cipher suite"],
  ]) {
    await window.press(button);
    await window.shows(words);
    await nothingHolds(words);
    await window.closeDialog();
  }
  for (const [count, format] of ["JSON", "Markdown", "HTML"].entries()) {
    await window.press("Save report");
    await window.pick(format);
    const saved = () => readdirSync(join(folder, "Downloads")).length === count + 1;
    await window.browser.wait(saved, 20_000, `no report in ${format}`);
  }
  await nothingHolds("once reports were saved");
});

test("a copied secret passes through the clipboard alone, and leaves it", async () => {
  await window.press("Copy to Incorta");
  await window.press("Copy SMTP OAuth Client Secret");
  await window.browser.wait(() => clipboard() === secrets["practice secret"], 20_000, "not copied");
  for (const section of ["Set up Microsoft 365", "Email settings", "Copy to Incorta", "Practice tenant"]) {
    await window.press(section);
    await nothingHolds(section);
  }
  await window.browser.wait(() => clipboard() !== secrets["practice secret"], 60_000, "still on the clipboard");
});

test("a secret on the clipboard goes with the window", async () => {
  await window.press("Copy to Incorta");
  await window.press("Copied SMTP OAuth Client Secret");
  await window.browser.wait(() => clipboard() === secrets["practice secret"], 20_000, "not copied");
  clearInterval(watching);
  await window.close();
  window = undefined;
  // A process of the webview outlives the window by a moment, and holds its connection to the display open.
  let left = null;
  for (const end = Date.now() + PATIENCE_MS; left === null && Date.now() < end; ) left = clipboard();
  assert.equal(left, "");
  assert.deepEqual([...started.keys()].filter((name) => name.includes("incorta-mail-setup")).length, 1);
  for (const [path, text] of files()) assertHoldsNone(secrets, `${path}, in the end`, text);
});
