// The hand-over in the real window: a script saved, a request written, its reply sealed as the administrator's script
// seals it, opened, kept, and refused the second time; a reminder for the calendar.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { constants, createHash, publicEncrypt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { By, Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const SECRET = "canary-8Q~not-a-real-secret-of-anyone";
const CLIENT_ID = "5a0e1d92-84c7-4b6f-9a3d-1f2e7c8b6045";
const TENANT_ID = "3f1c1a52-7d0e-4a39-9c1d-0a6a6a2f9b11";
const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const read = (name) => JSON.parse(readFileSync(join(folder, "incorta-mail-setup", name), "utf8"));
let window;
let reply;

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
  const [profile] = profileIds;
  spawnSync("secret-tool", ["clear", "service", "incorta-mail-setup", "username", profile]);
});

const profileIds = [];

/** A path that the window shows. */
async function shownPath(ending) {
  const pattern = new RegExp(`/\\S+\\.${ending}`);
  await window.browser.wait(async () => pattern.test(await window.text()), 20_000, `no path to a .${ending}`);
  const [path] = (await window.text()).match(pattern);
  return path;
}

/** One file of a zip file (PKWARE APPNOTE 4.3: the central directory, then the local header). */
function fileOf(zip, wanted) {
  const bytes = readFileSync(zip);
  let at = bytes.indexOf("PK\x01\x02", 0, "latin1");
  while (at >= 0) {
    const [packed, nameLength, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    if (bytes.toString("utf8", at + 46, at + 46 + nameLength) === wanted) {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      return inflateRawSync(bytes.subarray(start, start + packed)).toString("utf8");
    }
    at = bytes.indexOf("PK\x01\x02", at + 46 + nameLength, "latin1");
  }
  throw new Error(`no ${wanted} in ${zip}`);
}

/** What the administrator's script prints: request, RSA-OAEP-SHA256 of the values, and eight bytes of their SHA-256. */
function sealed(request, pem) {
  const values = { v: 1, r: request, t: TENANT_ID, c: CLIENT_ID, o: CLIENT_ID, s: SECRET, e: "2099-05-31" };
  const key = { key: pem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
  const head = Buffer.concat([
    Buffer.from(request.replaceAll("-", ""), "hex"),
    publicEncrypt(key, Buffer.from(JSON.stringify(values))),
  ]);
  const sum = createHash("sha256").update(head).digest().subarray(0, 8);
  const lines = Buffer.concat([head, sum])
    .toString("base64")
    .match(/.{1,64}/g);
  return ["-----BEGIN INCORTA MAIL REPLY-----", ...lines, "-----END INCORTA MAIL REPLY-----"].join("\n");
}

async function openReply(text) {
  await window.press("Paste the reply");
  const box = await window.find(By.css("#reply-text"));
  await box.sendKeys(text);
  await window.press("Open the reply");
}

test("the scripts are shown for this profile, and saved", async () => {
  window = await openWindow(folder);
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  profileIds.push(read("profiles.json").profiles[0].id);
  await window.press("Set up Microsoft 365");
  await window.press("Show the script");
  await window.shows("'reports@fabrikam.example'");
  await window.screenshot("script");
  await window.press("Save");
  const saved = readFileSync(await shownPath("ps1"), "utf8");
  assert.match(saved, /Mailbox +=\s+'reports@fabrikam\.example'/);
  await window.closeDialog();
});

test("a request is written with the scripts and a key of its own", async () => {
  await window.press("Ask your Microsoft 365 admin");
  await (await window.find(By.css("#asked-by"))).sendKeys("BI team");
  await window.screenshot("ask");
  assert.deepEqual(await window.violations(), []);
  await window.press("Write the request");
  await window.shows("The request is written");
  const zip = await shownPath("zip");
  assert.equal(statSync(zip).mode & 0o777, 0o600);
  const [{ id }] = read("handovers.json").requests;
  const setup = fileOf(zip, "setup.ps1");
  assert.ok(setup.includes(id) && setup.includes("'reports@fabrikam.example'"));
  assert.ok(fileOf(zip, "README.html").includes("BI team"));
  assert.match(fileOf(zip, "verify.ps1"), /Verify|verif/);
  reply = sealed(id, fileOf(zip, "key.pem"));
  await window.screenshot("request");
  assert.deepEqual(await window.violations(), []);
  await window.closeDialog();
});

test("a damaged reply is refused in its own words", async () => {
  await openReply(reply.replace("-----END", "-----and"));
  await window.shows("The reply was not taken");
  assert.equal(read("profiles.json").profiles[0].settings.smtp_oauth_client_id, "");
  await window.screenshot("reply-refused");
  assert.deepEqual(await window.violations(), []);
  await window.press("Cancel");
});

test("the reply fills the profile, and its secret goes to the store alone", async () => {
  await window.keepAnswers();
  await openReply(reply);
  await window.shows("Taken. Filled in “fabrikam.example”");
  await window.screenshot("reply");
  assert.deepEqual(await window.violations(), []);
  const [profile] = read("profiles.json").profiles;
  assert.equal(profile.settings.smtp_oauth_client_id, CLIENT_ID);
  assert.equal(profile.settings.smtp_oauth_token_endpoint, `${TENANT_ID}/oauth2/v2.0/token`);
  assert.equal(profile.secret_expires_on, "2099-05-31");
  const lookUp = ["lookup", "service", "incorta-mail-setup", "username", profile.id];
  assert.equal(execFileSync("secret-tool", lookUp, { encoding: "utf8" }), SECRET);
  for (const answer of await window.answers()) assert.ok(!answer.includes(SECRET), answer);
  assert.ok(!(await window.html()).includes(SECRET));
  await window.press("Go to Email settings");
  assert.equal(await window.value("SMTP OAuth Client ID"), CLIENT_ID);
});

test("the end of the secret goes into a calendar file", async () => {
  await window.press("Save a reminder");
  assert.match(readFileSync(await shownPath("ics"), "utf8"), /DTSTART;VALUE=DATE:20990531/);
});

test("the same reply is not taken again", async () => {
  await window.press("Set up Microsoft 365");
  await openReply(reply);
  await window.shows("The reply was not taken");
  await window.shows("already");
});
