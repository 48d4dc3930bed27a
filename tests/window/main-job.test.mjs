// The main job in the real window, against the practice tenant: three values typed, the secret stored, a
// test message sent, faults named, every value copied; and nowhere does the secret show.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const STAGES = [
  "token",
  "claims",
  "resolve",
  "connect",
  "greeting",
  "starttls",
  "sign_in",
  "sender",
  "recipient",
  "message",
];
const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
let window;
let secret;

before(async () => {
  // Other tests of this session may have stored one.
  spawnSync("secret-tool", ["clear", "service", "incorta-mail-setup", "username", "practice"]);
  window = await openWindow(folder);
  await window.keepAnswers();
});

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

/** What is on the X clipboard; nothing when nobody owns it. */
const clipboard = () => spawnSync("xclip", ["-selection", "clipboard", "-out"], { encoding: "utf8" }).stdout;
const storedSecret = () =>
  execFileSync("secret-tool", ["lookup", "service", "incorta-mail-setup", "username", "practice"], {
    encoding: "utf8",
  });

async function sendTest() {
  await window.press("Send test");
  await window.browser.wait(async () => (await window.text()).includes("Show conversation"), 20_000, "no result");
}

async function flip(label, choice) {
  await window.press("Practice tenant");
  await window.choose(label, choice);
  await window.press("Email settings");
}

test("the first start offers the practice tenant and its values", async () => {
  await window.shows("Which mailbox does Incorta send from?");
  await window.press("Try it with a practice tenant");
  await window.shows("What your Microsoft 365 administrator gives you");
  await window.press("Copy the secret");
  await window.shows("Practice secret copied");
  secret = clipboard();
  assert.ok(secret.length > 20);
});

test("three typed values and Send test: every stage passes, the mail arrives", async () => {
  await window.press("Practice tenant");
  await window.shows("What your Microsoft 365 administrator gives you");
  const values = await window.text();
  const [clientId] = values.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/);

  await window.press("Email settings");
  await window.type("System Email Address", `reports@contoso.com${Key.TAB}`);
  await window.shows("Tenant found: contoso.com");
  await window.type("SMTP OAuth Client ID", clientId);
  await window.type("SMTP OAuth Client Secret", secret);
  await window.press("Store");
  await window.shows("Stored in the system keyring");
  assert.equal(storedSecret(), secret);
  assert.match(await window.value("SMTP OAuth Token Endpoint"), /^[0-9a-f-]{36}\/oauth2\/v2\.0\/token$/);

  await sendTest();
  await window.shows("Accepted by the practice tenant");
  assert.deepEqual(await window.stages(), Object.fromEntries(STAGES.map((stage) => [stage, "passed"])));
  await window.picture("accepted");

  const [reference] = (await window.text()).match(/Incorta mail test \S+/);
  await window.press("Practice tenant");
  await window.shows(reference);
});

test("the conversation is shown without the token", async () => {
  await window.press("Email settings");
  await window.press("Show conversation");
  await window.shows("AUTH XOAUTH2 [");
  await window.shows("bytes redacted]");
  await window.closeDialog();
});

test("all eleven values are copied, the secret through the clipboard alone", async () => {
  await window.press("Copy to Incorta");
  await window.shows("CMC");
  const labels = {
    "SMTP Host": "smtp.office365.com",
    Port: "587",
    "System Email Address": "reports@contoso.com",
    "SMTP OAuth Client ID": /^[0-9a-f-]{36}$/,
    "SMTP OAuth Token Endpoint": /^[0-9a-f-]{36}\/oauth2\/v2\.0\/token$/,
    "SMTP OAuth Scope": "https://outlook.office365.com/.default",
    "SMTP OAuth Client Secret": secret,
  };
  for (const [label, expected] of Object.entries(labels)) {
    await window.press(`Copy ${label}`);
    await window.button(`Copied ${label}`);
    if (expected instanceof RegExp) assert.match(clipboard(), expected);
    else assert.equal(clipboard(), expected);
  }
  const toggles = [
    "Email Server Protocol",
    "Email Host Requires Authentication",
    "Sender's Username Auth",
    "SMTP OAuth Enabled",
  ];
  for (const label of toggles) await window.press(`Done ${label}`);
  const ticked = () => window.browser.executeScript(() => document.querySelectorAll('li[data-ticked="true"]').length);
  await window.browser.wait(async () => (await ticked()) === 11, 20_000, "not all eleven rows are ticked");
  await window.picture("copy");
  await window.press("Set up Microsoft 365");
  await window.find({ css: '[data-step="copy"] input:checked' });
  await window.press("Copy to Incorta");
  await window.press("Copy all but the secret");
  await window.browser.wait(async () => clipboard().includes("SMTP OAuth Scope: https://"), 20_000, "nothing copied");
  assert.ok(!clipboard().includes(secret));
});

test("a fault in the tenant is named, with part, owner and command", async () => {
  await flip("FullAccess on the mailbox", "Not granted");
  await sendTest();
  await window.shows("The application may not open the mailbox");
  const card = await window.find({ css: '[data-finding="full_access_missing"]' });
  const words = await card.getText();
  assert.match(words, /Part 4/);
  assert.match(words, /Exchange administrator/);
  assert.match(words, /Add-MailboxPermission -Identity 'reports@contoso\.com'/);
  assert.equal((await window.stages()).message, "failed");
  await window.picture("finding");
  await window.press("Copy command");
  await window.browser.wait(async () => clipboard().startsWith("Add-MailboxPermission"), 20_000, "no command copied");
});

test("the message to whoever must act holds the command, and no secret", async () => {
  await window.press("Copy message for Exchange administrator");
  await window.browser.wait(async () => clipboard().startsWith("Subject: "), 20_000, "no message copied");
  const message = clipboard();
  assert.match(message, /Add-MailboxPermission -Identity 'reports@contoso\.com'/);
  assert.match(message, /430 4\.2\.0/);
  assert.ok(!message.includes(secret) && !message.includes("eyJ"), message);
});

test("the details name addresses, certificates and replies", async () => {
  await window.press("Show details");
  await window.shows("Cipher suite");
  await window.shows("issued by O=Practice tenant");
  await window.press("Copy details");
  await window.browser.wait(async () => clipboard().startsWith("Token\n  Endpoint: https://"), 20_000, "not copied");
  await window.closeDialog();
});

test("a finding's code opens what the catalogue says of it", async () => {
  await window.click(await window.find({ css: '[data-finding="full_access_missing"] button.code' }));
  await window.find({ xpath: '//*[@role="dialog"]//h3[normalize-space(.)="Seen"]' });
  await window.shows("mapiexceptionlogonfailed");
  await window.closeDialog();
});

test("reports are saved beside each other, private, and masked where that is wanted", async () => {
  const downloads = join(folder, "Downloads");
  const saved = (count) => window.browser.wait(() => readdirSync(downloads).length === count, 20_000, "not saved");
  await window.press("Save report");
  await window.pick("JSON");
  await saved(1);
  await window.press("Save report");
  await window.turnOn("Mask e-mail addresses");
  await window.pick("JSON");
  await saved(2);
  const [first, second] = readdirSync(downloads).sort((one, other) => one.length - other.length);
  assert.match(first, /^incorta-mail-check-\d{8}-\d{4}\.json$/);
  assert.equal(second, first.replace(".json", "-2.json"));
  assert.equal(JSON.parse(readFileSync(join(downloads, first), "utf8")).findings[0].code, "full_access_missing");
  assert.ok(readFileSync(join(downloads, first), "utf8").includes("reports@contoso.com"));
  assert.ok(!readFileSync(join(downloads, second), "utf8").includes("reports@contoso.com"));
  for (const name of [first, second]) assert.equal(statSync(join(downloads, name)).mode & 0o777, 0o600);
  await window.shows(join(downloads, second));
});

test("a check is repeated until the change has come through", async () => {
  await window.press("More ways to check");
  await window.pick("Keep trying until it passes");
  await window.shows("Not yet: The application may not open the mailbox. Next check at ");
  await flip("FullAccess on the mailbox", "Granted");
  // The next check comes 30 seconds after the first.
  await window.browser.wait(async () => (await window.text()).includes("passed the check"), 60_000, "did not pass");
  await window.shows("Accepted by the practice tenant");
});

test("a check that is repeated stops at once", async () => {
  await flip("FullAccess on the mailbox", "Not granted");
  await window.press("More ways to check");
  await window.pick("Keep trying until it passes");
  await window.shows("Not yet:");
  const begun = Date.now();
  await window.press("Stop");
  await window.button("Send test");
  assert.ok(Date.now() - begun < 10_000, "the next check was waited for");
});

test("a silent server can be stopped at once", async () => {
  await flip("Network to the SMTP server", "Never greets");
  await window.press("Send test");
  await window.press("Stop");
  await window.shows("Stopped");
});

test("the secret and the token are in no page, no answer to it, and no file", async () => {
  for (const section of ["Set up Microsoft 365", "Email settings", "Copy to Incorta", "Practice tenant"]) {
    await window.press(section);
    assert.ok(!(await window.html()).includes(secret), section);
  }
  const answers = await window.answers();
  assert.ok(
    answers.some((answer) => answer.includes('"transcript"')),
    "no report among the answers",
  );
  for (const answer of answers) {
    assert.ok(!answer.includes(secret), answer);
    // A token is a JWT: it begins with the base64 of {"
    assert.ok(!answer.includes("eyJ"), answer);
  }
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  for (const file of files.filter((name) => statSync(name).isFile())) {
    assert.ok(!readFileSync(file, "latin1").includes(secret), file);
  }
});

test("the secret leaves the clipboard again", async () => {
  await window.press("Copy to Incorta");
  await window.press("Copied SMTP OAuth Client Secret");
  await window.browser.wait(() => clipboard() === secret, 20_000, "not copied");
  await window.browser.wait(() => clipboard() !== secret, 60_000, "still on the clipboard");
});

test("forgetting the secret takes it out of the store", async () => {
  await window.press("Email settings");
  await window.press("Forget the client secret");
  await window.press("Forget for good the client secret");
  await window.labelled("SMTP OAuth Client Secret");
  assert.throws(storedSecret);
});
