// Whatever a server or a file says is text and nothing else: markup in every string of a report, and in what a mail
// server says while the window talks to it, becomes no element, runs nothing, loads nothing, in no view and no file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { JSDOM } from "jsdom";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const MARKUP =
  '</pre></title></textarea>--><img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>' +
  "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><a href=\"javascript:globalThis.ran=1\">a</a>" +
  "[b](javascript:alert(1)) ![c](http://127.0.0.1:9/c) `d` {@html e} \u202e\u200b\u001b[31m";
/** What shows that it stands there as text. */
const SHOWN = '<img src=x onerror="globalThis.ran=1">';
/** Elements that markup could make, and this page never has. */
const FOREIGN = "img, iframe, object, embed, video, a[href], [onerror], [srcdoc], body script, body style";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const downloads = join(folder, "Downloads");
let window;

before(async () => {
  window = await openWindow(folder);
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
  await window.browser.executeScript(() => {
    globalThis.refused = [];
    addEventListener("securitypolicyviolation", ({ blockedURI }) => globalThis.refused.push(blockedURI));
  });
});

after(async () => {
  await window?.close();
  rmSync(folder, { recursive: true });
});

/** Nothing of it became more than text. */
async function isInert(place) {
  const found = await window.browser.executeScript(
    (foreign) => ({
      ran: "ran" in globalThis,
      refused: globalThis.refused,
      elements: Array.from(document.querySelectorAll(foreign), ({ outerHTML }) => outerHTML),
    }),
    FOREIGN,
  );
  assert.deepEqual(found, { ran: false, refused: [], elements: [] }, place);
}

/** The report with markup in every string that a report may hold at will; what names a kind stays. */
async function poisoned(state) {
  const { stdout } = spawnSync(resolve("target/debug/incorta-mail"), ["check", "--practice", state, "--json"]);
  const [report, count] = await window.browser.executeAsyncScript(
    (text, markup, done) => {
      const whole = JSON.parse(text);
      const leaves = (value) =>
        Object.entries(value ?? {}).flatMap(([name, inner]) =>
          typeof inner === "string" ? [[value, name]] : typeof inner === "object" ? leaves(inner) : [],
        );
      const read = () =>
        globalThis.__TAURI_INTERNALS__.invoke("report_open", { text: JSON.stringify(whole) }).then(
          (answer) => leaves(answer).length,
          () => 0,
        );
      const poison = async () => {
        const expected = await read();
        let changed = 0;
        for (const [owner, name] of leaves(whole)) {
          const before = owner[name];
          owner[name] = markup;
          // A link to elsewhere is taken out of a report: one text fewer is left.
          if ((await read()) === expected || name === "url") changed += 1;
          else owner[name] = before;
        }
        return [JSON.stringify(whole), changed];
      };
      poison().then(done);
    },
    stdout.toString(),
    MARKUP,
  );
  assert.ok(count > 60, `only ${count} texts of ${state} were changed`);
  return report;
}

async function saved(format, ending) {
  const isThere = () => readdirSync(downloads).some((name) => name.endsWith(ending));
  await window.press("Save report");
  await window.pick(format);
  await window.browser.wait(isThere, 20_000, `no ${ending}`);
  const [name] = readdirSync(downloads).filter((one) => one.endsWith(ending));
  const text = readFileSync(join(downloads, name), "utf8");
  rmSync(join(downloads, name));
  return text;
}

for (const state of ["full_access_missing", "secret_expired", "certificate_untrusted", "send_as_missing"]) {
  test(`markup in every text of a report stays text: ${state}`, async () => {
    const path = join(folder, `${state}.json`);
    writeFileSync(path, await poisoned(state));
    await (await window.labelled("Open a report…")).sendKeys(path);
    await window.shows(`${state}.json`);
    await window.shows(SHOWN);
    await isInert("report");
    for (const view of ["Show details", "Show conversation"]) {
      await window.press(view);
      await window.find({ css: '[role="dialog"]' });
      await isInert(view);
      await window.closeDialog();
    }
    const page = new JSDOM(await saved("HTML", ".html"), { runScripts: "dangerously" }).window;
    assert.equal("ran" in page, false);
    assert.deepEqual(Array.from(page.document.querySelectorAll(FOREIGN), String), []);
    assert.ok(page.document.body.textContent.includes(SHOWN));
    // What stands in code, fenced or between backquotes, is text by itself (CommonMark 0.31, sections 4.5 and 6.1).
    const markdown = (await saved("Markdown", ".md")).replace(/```[\s\S]*?```|``.*?``/g, "");
    assert.doesNotMatch(markdown, /(^|[^\\])<(img|script|iframe|a)\b/);
    assert.doesNotMatch(markdown, /(^|[^\\])\]\((javascript|http:)/);
    await window.press("Close report");
  });
}

test("markup in what a mail server says stays text while the window listens", async () => {
  const server = createServer((connection) => {
    connection.on("error", () => {});
    connection.write(`220 ${MARKUP}\r\n`);
    connection.on("data", () => connection.write(`250-${MARKUP}\r\n250 ${MARKUP}\r\n`));
  });
  // A test that fails must not wait for it.
  server.unref().listen(0, "127.0.0.1");
  await once(server, "listening");
  await window.type("SMTP Host", "127.0.0.1");
  await window.type("Port", `${server.address().port}`);
  await window.type("SMTP OAuth Client ID", "5a0e1d92-84c7-4b6f-9a3d-1f2e7c8b6045");
  await window.type("SMTP OAuth Token Endpoint", "3f1c1a52-7d0e-4a39-9c1d-0a6a6a2f9b11/oauth2/v2.0/token");
  await window.type("SMTP OAuth Client Secret", `not-a-secret-of-anyone${Key.ENTER}`);
  await window.shows("Stored");
  await window.press("More ways to check");
  await window.pick("Connection only");
  await window.shows("Show conversation");
  await isInert("check");
  await window.press("Show conversation");
  await window.shows(SHOWN);
  await isInert("conversation");
  await window.closeDialog();
  server.close();
});
