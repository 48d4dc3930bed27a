// The page in its webview, as an attacker would use it: nothing loads from elsewhere, nothing inline runs, nothing but
// our own commands can be called, no argument does harm, no link and no navigation leads away.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Key } from "selenium-webdriver";
import { openWindow } from "./window.mjs";

const folder = mkdtempSync(join(tmpdir(), "incorta-mail-"));
const browserLog = join(folder, "browser.log");
/** Whatever reaches this server got out of the page. */
const reached = [];
const outside = createServer((request, response) => {
  reached.push(request.url);
  response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/html" }).end("<p>outside</p>");
});
let window;
let elsewhere;

before(async () => {
  outside.unref().listen(0, "127.0.0.1");
  await once(outside, "listening");
  elsewhere = `http://127.0.0.1:${outside.address().port}`;
  // Stands in for the system's browser, and notes what it is asked to open.
  const programs = join(folder, "programs");
  mkdirSync(programs);
  writeFileSync(join(programs, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" >>'${browserLog}'\n`, { mode: 0o755 });
  writeFileSync(browserLog, "");
  window = await openWindow(folder, { programs });
  await window.type("System Email Address", `reports@fabrikam.example${Key.ENTER}`);
  await window.shows("SMTP OAuth Client ID");
});

after(async () => {
  await window?.close();
  outside.close();
  rmSync(folder, { recursive: true });
});

/** Calls a command as any script in the page could; resolves to its answer or its refusal. */
const invoke = (command, args) =>
  window.browser.executeAsyncScript(
    (name, given, done) =>
      globalThis.__TAURI_INTERNALS__.invoke(name, given).then(
        (answer) => done({ answer }),
        (refusal) => done({ refusal }),
      ),
    command,
    args,
  );

/** The page answers, and is the page still. */
async function isWhole() {
  const { answer } = await invoke("start", {});
  assert.equal(answer.profiles[0].name, "fabrikam.example");
  await window.shows("SMTP OAuth Client ID");
}

test("scripts that stand in the page do not run", async () => {
  const ran = await window.browser.executeAsyncScript((done) => {
    const attempts = {
      inline: () => {
        const script = document.createElement("script");
        script.textContent = "globalThis.ranInline = true";
        document.body.append(script);
      },
      handler: () => {
        const box = document.createElement("div");
        box.innerHTML = '<img src="x" onerror="globalThis.ranHandler = true">';
        document.body.append(box);
      },
      address: () => {
        const link = document.createElement("a");
        link.href = "javascript:globalThis.ranAddress = true";
        document.body.append(link);
        link.click();
      },
      data: () => {
        const script = document.createElement("script");
        script.src = "data:text/javascript,globalThis.ranData = true";
        document.body.append(script);
      },
      timer: () => setTimeout("globalThis.ranTimer = true", 0),
    };
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      globalThis.violations.push(effectiveDirective),
    );
    for (const attempt of Object.values(attempts)) {
      try {
        attempt();
      } catch {
        // Refused at once: as it should be.
      }
    }
    const names = ["ranInline", "ranHandler", "ranAddress", "ranData", "ranTimer"];
    setTimeout(() => done(names.filter((name) => name in globalThis)), 500);
  });
  assert.deepEqual(ran, []);
  const refused = await window.browser.executeScript(() => [...new Set(globalThis.violations)]);
  for (const directive of ["script-src-elem", "script-src-attr"]) assert.ok(refused.includes(directive), `${refused}`);
});

test("nothing is loaded from elsewhere, and nothing is sent there", async () => {
  const ended = await window.browser.executeAsyncScript((base, done) => {
    const put = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
    put("img", { src: `${base}/image` });
    put("script", { src: `${base}/script` });
    put("link", { rel: "stylesheet", href: `${base}/style` });
    put("iframe", { src: `${base}/frame` });
    put("object", { data: `${base}/object` });
    put("video", { src: `${base}/video` });
    put("style", { textContent: `body { background: url(${base}/background) }` });
    document.body.style.backgroundImage = `url(${base}/inline-background)`;
    const form = Object.assign(document.createElement("form"), { action: `${base}/form`, method: "post" });
    document.body.append(form);
    form.submit();
    navigator.sendBeacon?.(`${base}/beacon`);
    const attempts = [
      () => fetch(`${base}/fetch`),
      () => new WebSocket(base.replace("http", "ws")),
      () => new Worker(`${base}/worker`),
      () => new EventSource(`${base}/events`),
    ].map((attempt) => Promise.resolve().then(attempt));
    Promise.allSettled(attempts).then((all) => setTimeout(() => done(all[0].status), 1000));
  }, elsewhere);
  assert.equal(ended, "rejected");
  assert.deepEqual(reached, []);
});

test("nothing of Tauri's own can be called, and no command of another name", async () => {
  assert.equal(await window.browser.executeScript(() => typeof globalThis.__TAURI__), "undefined");
  const commands = {
    "plugin:opener|open_url": { url: elsewhere },
    "plugin:opener|open_path": { path: "/etc/passwd" },
    "plugin:event|emit": { event: "tauri://close-requested", payload: null },
    "plugin:event|listen": { event: "x", target: { kind: "Any" }, handler: 1 },
    "plugin:window|close": { label: "main" },
    "plugin:window|set_title": { label: "main", value: "x" },
    "plugin:webview|create_webview_window": { options: { label: "second", url: elsewhere } },
    "plugin:webview|internal_toggle_devtools": {},
    "plugin:app|version": {},
    "plugin:path|resolve_directory": { directory: 21 },
    "plugin:resources|close": { rid: 1 },
    "plugin:menu|new": { kind: "Menu", options: {}, handler: 1 },
    "plugin:tray|new": { options: {} },
    "plugin:shell|execute": { program: "sh", args: ["-c", "true"] },
    "plugin:fs|read_text_file": { path: "/etc/passwd" },
    no_such_command: {},
  };
  for (const [command, args] of Object.entries(commands)) {
    const { refusal } = await invoke(command, args);
    assert.match(String(refusal), /not allowed|not found/, command);
  }
  assert.deepEqual(await window.browser.getAllWindowHandles().then((handles) => handles.length), 1);
});

/** Every command of the permission file, but those that end the test's own ground. */
const COMMANDS = readFileSync("src-tauri/permissions/main-window.toml", "utf8")
  .split("commands.allow = [")[1]
  .match(/"(\w+)"/g)
  .map((name) => name.slice(1, -1));

/** Every name that a command gives to an argument. */
const ARGUMENTS = readFileSync("ui/lib/ipc.ts", "utf8")
  .match(/call<[^(]*\("\w+", \{[^}]*\}/g)
  .flatMap((call) => call.slice(call.indexOf("{") + 1, -1).split(","))
  .map((argument) => argument.split(":")[0].trim())
  .filter((name, at, all) => name !== "" && all.indexOf(name) === at);

test("no argument does harm: each command answers or refuses, and nothing is changed", async () => {
  assert.ok(COMMANDS.length > 40 && ARGUMENTS.includes("profileId") && ARGUMENTS.includes("settings"));
  const profiles = join(folder, "incorta-mail-setup", "profiles.json");
  const kept = readFileSync(profiles, "utf8");
  const hostile = [
    null,
    true,
    -1,
    1e308,
    "",
    "../../../etc/passwd",
    "\u0000",
    [],
    [[[]]],
    {},
    { __proto__: null },
    "x".repeat(1 << 14),
  ];
  const unanswered = await window.browser.executeAsyncScript(
    (commands, names, values, done) => {
      const calls = commands.flatMap((command) =>
        [{}, ...values.map((value) => Object.fromEntries(names.map((name) => [name, value])))].map((args) => {
          const call = globalThis.__TAURI_INTERNALS__.invoke(command, args);
          const late = new Promise((resolve) => setTimeout(resolve, 15_000, command));
          return Promise.race([
            call.then(
              () => null,
              () => null,
            ),
            late,
          ]);
        }),
      );
      Promise.all(calls).then((all) => done([...new Set(all.filter((one) => one !== null))]));
    },
    COMMANDS,
    ARGUMENTS,
    hostile,
  );
  assert.deepEqual(unanswered, []);
  assert.equal(readFileSync(profiles, "utf8"), kept);
  assert.deepEqual(readdirSync(join(folder, "Downloads")), []);
  await isWhole();
});

test("links open in the system's browser, and only known ones", async () => {
  const hostile = [
    "http://entra.microsoft.com/",
    "https://entra.microsoft.com.evil.example/",
    "https://entra.microsoft.com@evil.example/",
    "https://evil.example/#entra.microsoft.com",
    "https://entra.microsoft.com:8443/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "mailto:someone@fabrikam.example",
    "--help",
    `${elsewhere}/`,
  ];
  for (const url of hostile) {
    const { refusal } = await invoke("open_link", { url });
    assert.equal(refusal?.code, "link_not_allowed", url);
  }
  await invoke("open_link", { url: "https://entra.microsoft.com/" });
  const opened = () => readFileSync(browserLog, "utf8");
  await window.browser.wait(() => opened() !== "", 20_000, "no browser was asked");
  assert.equal(opened(), "https://entra.microsoft.com/\n");
});

test("no navigation leads away, and no second window opens", async () => {
  const home = await window.browser.getCurrentUrl();
  const attempts = [
    (url) => globalThis.open(url),
    (url) => {
      const link = Object.assign(document.createElement("a"), { href: url, target: "_blank" });
      document.body.append(link);
      link.click();
    },
    (url) => {
      const meta = document.createElement("meta");
      meta.httpEquiv = "refresh";
      meta.content = `0; url=${url}`;
      document.head.append(meta);
    },
    (url) => {
      location.href = url;
    },
    () => {
      location.href = "file:///etc/hostname";
    },
    () => {
      location.href = "data:text/html,<p>elsewhere</p>";
    },
  ];
  for (const [number, attempt] of attempts.entries()) {
    await window.browser.executeScript(attempt, `${elsewhere}/navigation-${number}`);
    // Whatever was begun has its way until the page has answered a command.
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(await window.browser.getCurrentUrl(), home, `attempt ${number}`);
    await isWhole();
  }
  assert.deepEqual(reached, []);
  assert.equal((await window.browser.getAllWindowHandles()).length, 1);
});
