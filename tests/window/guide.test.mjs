// Set up Microsoft 365 in the real window: what each check proves of the six parts, and ticks that last.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { By, Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const TOKEN = "canary-of-an-api-token";
const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const kept = () => JSON.parse(readFileSync(join(folder, "incorta-mail-setup", "profiles.json"), "utf8")).profiles;
let window;

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

const clipboard = () => spawnSync("xclip", ["-selection", "clipboard", "-out"], { encoding: "utf8" }).stdout;

/** How parts 1 to 6 stand, as soon as they stand so. */
async function stands(...expected) {
  const standing = () =>
    window.browser.executeScript(() =>
      Array.from(document.querySelectorAll("[data-standing]"), (part) => part.dataset.standing).slice(0, 6),
    );
  const isSo = async () => (await standing()).join() === expected.join();
  await window.browser.wait(isSo, 20_000, `not ${expected}`).catch(async (error) => {
    throw new Error(`${error.message}, but ${await standing()}`);
  });
}

/** The head of a part. */
const head = (number) => window.find(By.css(`[data-part="${number}"] button[aria-expanded]`));
const isOpen = async (number) => (await (await head(number)).getAttribute("aria-expanded")) === "true";
const box = (step) => window.find(By.css(`[data-step="${step}"] input`));

async function check() {
  await window.press("Email settings");
  await window.press("Send test");
  await window.browser.wait(async () => (await window.text()).includes("Show conversation"), 20_000, "no result");
  await window.press("Set up Microsoft 365");
}

const proven = ["proven", "proven", "proven", "proven", "proven"];

test("before a check nothing is known, and the first part is open", async () => {
  window = await openWindow(folder);
  await window.press("Try it with a practice tenant");
  await window.press("Type them in for me");
  await window.filled("SMTP OAuth Client ID");
  await window.press("Set up Microsoft 365");
  await stands(...Array(6).fill("not_known"));
  assert.equal(await isOpen(1), true);
  assert.equal(await isOpen(4), false);
  await window.shows("0/5");
});

test("a healthy check proves parts 1 to 5", async () => {
  await check();
  await stands(...proven, "not_known");
  await window.shows("5/5");
});

test("a right that is taken away contradicts part 4, with the command that gives it back", async () => {
  await window.press("Practice tenant");
  await window.choose("FullAccess on the mailbox", "Not granted");
  await check();
  await stands("proven", "proven", "proven", "contradicted", "proven", "not_known");
  await window.shows("4/5");
  await window.shows("Contradicted: The application may not open the mailbox");
  await window.browser.wait(() => isOpen(4), 20_000, "part 4 is closed");
  const rights = await window.find(By.css('[data-step="full-access"]'));
  assert.match(await rights.getText(), /Add-MailboxPermission -Identity 'reports@contoso\.com' -User '[0-9a-f-]{36}'/);
  await window.picture("guide");
  await window.click(await rights.findElement(By.css("button")));
  await window.browser.wait(async () => clipboard().startsWith("Add-MailboxPermission"), 20_000, "no command copied");
});

test("a part opens by keyboard", async () => {
  await (await head(5)).sendKeys(Key.ENTER);
  await window.browser.wait(() => isOpen(5), 20_000, "part 5 stays closed");
  await (await head(5)).sendKeys(Key.ENTER);
  await window.browser.wait(async () => !(await isOpen(5)), 20_000, "part 5 stays open");
});

test("a tick is there again after a restart", async () => {
  await window.close();
  window = await openWindow(folder);
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  await window.press("Set up Microsoft 365");
  await stands(...Array(6).fill("not_known"));
  for (const step of ["register", "secret"]) {
    await window.click(await box(step));
    await window.browser.wait(() => kept()[0].ticked_steps.includes(step), 20_000, `${step} is not kept`);
  }
  await stands("ticked", ...Array(5).fill("not_known"));
  await window.close();
  window = await openWindow(folder);
  await window.press("Set up Microsoft 365");
  await stands("ticked", ...Array(5).fill("not_known"));
  await window.click(await head(1));
  assert.equal(await (await box("secret")).isSelected(), true);
  await window.screenshot("guide-ticked");
  await window.click(await box("secret"));
  await stands(...Array(6).fill("not_known"));
  await window.browser.wait(() => kept()[0].ticked_steps.join() === "register", 20_000, "the tick is still kept");
});

test("a secret near its end calls for its renewal, and a later end answers the call", async () => {
  await window.press("Email settings");
  await window.type("Client secret ends on", `2020-05-31${Key.ENTER}`);
  await window.press("Renew it");
  const renewal = () => window.find(By.css('[data-part="7"]'));
  await window.shows("The noted end date of the client secret has passed");
  await window.shows("Remove the old secret in Entra.");
  assert.deepEqual(await window.violations(), []);
  await (await renewal())
    .findElement(By.css("ol"))
    .then((list) => window.browser.executeScript((steps) => steps.scrollIntoView({ block: "end" }), list));
  await window.screenshot("renewal");
  await window.press("Enter the new secret");
  await window.type("Client secret ends on", `2099-05-31${Key.ENTER}`);
  await window.browser.wait(() => kept()[0].secret_expires_on === "2099-05-31", 20_000, "the day is not kept");
  await window.press("Set up Microsoft 365");
  await window.shows("Lasts until 2099-05-31");
});

test("a report is ordered from Incorta, and only its arrival is proof", async () => {
  const asked = [];
  const cluster = createServer((request, response) => {
    request.resume().on("end", () => {
      asked.push([request.url, request.headers.authorization]);
      response.writeHead(asked.length === 1 ? 401 : 200, { "Content-Type": "application/json" }).end("{}");
    });
  });
  // A test that fails must not wait for it.
  cluster.unref().listen(0, "127.0.0.1");
  await once(cluster, "listening");
  const guid = "79abe0db-67f6-4830-a9a7-2099e24b6541";
  await window.click(await head(6));
  await window.press("Order one through Incorta’s API");
  await window.type(
    "The dashboard’s address",
    `http://127.0.0.1:${cluster.address().port}/incorta/#/dashboard/${guid}`,
  );
  await window.type("Incorta tenant", "Sales EU");
  await window.type("Send to", "me@contoso.com");
  await window.type("API token", TOKEN);
  assert.deepEqual(await window.violations(), []);
  await window.press("Order the report");
  await window.shows("Incorta did not take the API token");
  assert.equal(await window.value("API token"), "");
  await window.type("API token", TOKEN);
  await window.press("Order the report");
  await window.shows("Incorta took the order");
  await window.screenshot("send-report");
  assert.ok(!(await window.html()).includes(TOKEN));
  const path = `/incorta/api/v2/Sales%20EU/dashboards/${guid}/send-report`;
  assert.deepEqual(asked, Array(2).fill([path, `Bearer ${TOKEN}`]));
  assert.deepEqual(kept()[0].ticked_steps, ["register"]);
  await window.press("It arrived");
  await window.browser.wait(() => kept()[0].ticked_steps.includes("report"), 20_000, "its arrival is not kept");
  cluster.close();
});

test("the access path is named, leads to where it is changed, and changes the steps", async () => {
  await window.press("Change it");
  const focused = () => window.browser.executeScript(() => document.activeElement?.id);
  await window.browser.wait(async () => (await focused()) === "fact-access-path", 20_000, "no focus");
  await window.choose("Access path", "RBAC for Applications");
  await window.press("Set up Microsoft 365");
  await stands("not_known", "not_needed", ...Array(4).fill("not_known"));
  await window.shows("Access path: RBAC for Applications");
  await window.shows("0/4");
});
