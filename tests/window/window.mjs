// The real window: WebKitGTK driven through tauri-driver. One driver and one window at a time; the
// display, the session bus and the unlocked credential store come from outside (scripts/test.mjs).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { Builder, By, Capabilities, error, Key, until } from "selenium-webdriver";
import { descendants, programOf } from "./processes.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const application = resolve("target/debug/incorta-mail-setup");
const driverProgram = process.env.TAURI_DRIVER ?? resolve("target/tools/bin/tauri-driver");

/** How long anything on the screen may take. */
export const PATIENCE_MS = 20_000;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function answers(address) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await fetch(address);
      return;
    } catch (problem) {
      if (Date.now() > end) throw problem;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/**
 * Opens the application with a configuration folder of its own, and below it a folder for downloads. `programs` is a
 * folder whose programs come before the system's, `environment` is added to this process's own.
 */
export async function openWindow(
  configFolder,
  { width = 1280, height = 800, dark = false, programs, environment = {} } = {},
) {
  mkdirSync(join(configFolder, "Downloads"), { recursive: true });
  writeFileSync(join(configFolder, "user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${configFolder}/Downloads"\n`);
  const [port, nativePort] = [await freePort(), await freePort()];
  const driver = spawn(driverProgram, ["--port", `${port}`, "--native-port", `${nativePort}`], {
    env: {
      ...process.env,
      XDG_CONFIG_HOME: configFolder,
      GTK_THEME: dark ? "Adwaita:dark" : "Adwaita",
      ...environment,
      ...(programs && { PATH: `${programs}:${process.env.PATH}` }),
    },
    // A process of the webview may outlive its window a while; it must not hold this one's output open.
    stdio: "ignore",
  });
  const server = `http://127.0.0.1:${port}/`;
  try {
    await answers(`${server}status`);
    const capabilities = new Capabilities();
    capabilities.setBrowserName("wry");
    capabilities.set("tauri:options", { application });
    const browser = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    await browser.manage().window().setRect({ width, height });
    return new Window(browser, driver);
  } catch (problem) {
    driver.kill();
    throw problem;
  }
}

class Window {
  constructor(browser, driver) {
    this.browser = browser;
    this.driver = driver;
  }

  /** From now on keeps what the page hears: answers of commands (Tauri's IPC goes through fetch) and events. */
  keepAnswers() {
    return this.browser.executeScript(() => {
      const original = globalThis.fetch;
      globalThis.keptAnswers = [];
      globalThis.fetch = async (...request) => {
        const response = await original(...request);
        globalThis.keptAnswers.push(await response.clone().text());
        return response;
      };
      const { callbacks } = globalThis.__TAURI_INTERNALS__;
      callbacks.get = (id) => {
        const callback = Map.prototype.get.call(callbacks, id);
        return (
          callback &&
          ((heard) => {
            globalThis.keptAnswers.push(JSON.stringify(heard));
            return callback(heard);
          })
        );
      };
    });
  }

  /** What the page heard since `keepAnswers`. */
  answers() {
    return this.browser.executeScript(() => globalThis.keptAnswers);
  }

  async close() {
    await this.browser.quit();
    // The driver has answered and ends the program only then; one that is killed first leaves it running.
    const runs = (pid) => programOf(pid)?.startsWith(realpathSync(application));
    for (const end = Date.now() + PATIENCE_MS; descendants(this.driver.pid).some(runs) && Date.now() < end; ) {
      await new Promise((done) => setTimeout(done, 20));
    }
    this.driver.kill();
    await once(this.driver, "exit");
  }

  /** The first visible element that fits, as soon as there is one. */
  async find(locator) {
    const element = await this.browser.wait(until.elementLocated(locator), PATIENCE_MS, `no ${locator}`);
    return this.browser.wait(until.elementIsVisible(element), PATIENCE_MS, `not visible: ${locator}`);
  }

  /** A control by its label's exact text or its accessible name. */
  async labelled(name) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await this.browser.executeScript((wanted) => {
        const text = (node) => node?.textContent?.replace(/\s+/g, " ").trim();
        const named = (control) =>
          control.getAttribute("aria-label") ??
          (control.getAttribute("aria-labelledby") ?? "")
            .split(" ")
            .map((id) => text(document.getElementById(id)))
            .join(" ")
            .trim();
        const controls = [...document.querySelectorAll("input, textarea, button, [role=switch], [role=combobox]")];
        return controls.find(
          (control) => named(control) === wanted || [...(control.labels ?? [])].some((label) => text(label) === wanted),
        );
      }, name);
      if (found) return found;
      if (Date.now() > end) throw new Error(`no control is labelled "${name}"`);
    }
  }

  button(name) {
    return this.find(By.xpath(`//button[normalize-space(.)="${name}" or @aria-label="${name}"]`));
  }

  async press(name) {
    await this.click(await this.button(name));
  }

  /** Clicks as soon as nothing lies over the element, such as a dialog that is closing. */
  async click(element) {
    const clicked = async () => {
      try {
        await element.click();
        return true;
      } catch (problem) {
        if (problem instanceof error.ElementClickInterceptedError) return false;
        throw problem;
      }
    };
    await this.browser.wait(clicked, PATIENCE_MS, "something lies over the element");
  }

  async pressStartingWith(beginning) {
    await this.click(await this.find(By.xpath(`//button[starts-with(@aria-label, "${beginning}")]`)));
  }

  /** Picks an entry of the open menu, and waits until the menu is gone. */
  async pick(entry) {
    const found = await this.find(By.xpath(`//*[@role="menuitem" and starts-with(normalize-space(.), "${entry}")]`));
    await this.click(found);
    await this.browser.wait(until.stalenessOf(found), PATIENCE_MS, "the menu did not close");
  }

  /** Turns a switch in the open menu, which stays open, and waits until it is on. */
  async turnOn(label) {
    const found = await this.find(By.xpath(`//*[@role="menuitemcheckbox" and normalize-space(.)="${label}"]`));
    await this.click(found);
    const isOn = async () => (await found.getAttribute("aria-checked")) === "true";
    await this.browser.wait(isOn, PATIENCE_MS, `"${label}" is not on`);
  }

  /** Replaces a text box's text, key by key. */
  async type(label, text) {
    const box = await this.labelled(label);
    await box.clear();
    await box.sendKeys(text);
  }

  /** The text in a box. */
  async value(label) {
    return (await this.labelled(label)).getProperty("value");
  }

  /** Chooses by words: among a group's radio buttons, or from a drop down list. Waits until it is in force. */
  async choose(label, choice) {
    const radio = By.xpath(
      `//*[@role="radiogroup" and @aria-labelledby=//*[normalize-space(.)="${label}"]/@id]//*[@role="radio" and normalize-space(.)="${choice}"]`,
    );
    const [found] = await this.browser.findElements(radio);
    const list = found ?? (await this.labelled(label));
    await this.click(list);
    if (!found) await this.click(await this.find(By.xpath(`//*[@role="option" and normalize-space(.)="${choice}"]`)));
    const isChosen = async () =>
      found
        ? (await found.getAttribute("aria-checked")) === "true"
        : (await list.getProperty("innerText")).trim() === choice;
    await this.browser.wait(isChosen, PATIENCE_MS, `"${choice}" is not chosen for "${label}"`);
  }

  /** Waits until a box is filled in, e.g. by the practice tenant. */
  async filled(label) {
    await this.browser.wait(async () => (await this.value(label)) !== "", PATIENCE_MS, `"${label}" stays empty`);
  }

  /** Closes the open dialog from the keyboard and waits until it is gone. */
  async closeDialog() {
    const dialog = await this.find(By.css('[role="dialog"]'));
    const focused = async () => this.browser.executeScript((box) => box.contains(document.activeElement), dialog);
    await this.browser.wait(focused, PATIENCE_MS, "the dialog did not take the focus");
    await this.browser.actions().sendKeys(Key.ESCAPE).perform();
    await this.browser.wait(until.stalenessOf(dialog), PATIENCE_MS, "the dialog did not close");
  }

  /** Waits until the page shows a text. */
  async shows(text) {
    const there = async () => (await this.text()).includes(text);
    await this.browser.wait(there, PATIENCE_MS, `the window does not show "${text}"`).catch(async (error) => {
      throw new Error(`${error.message}; it shows:\n${await this.text()}`);
    });
  }

  text() {
    // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered counts
    return this.browser.executeScript(() => document.body.innerText);
  }

  html() {
    return this.browser.executeScript(() => {
      const values = [...document.querySelectorAll("input, textarea")].map((box) => box.value);
      return document.documentElement.outerHTML + values.join("\n");
    });
  }

  /** What axe finds against WCAG 2.2 AA on the page as it is. */
  async violations() {
    await this.browser.executeScript(axe);
    return this.browser.executeAsyncScript((done) => {
      const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
      const told = ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`;
      globalThis.axe.run(document, rules).then(
        (result) => done(result.violations.map(told)),
        (problem) => done([String(problem)]),
      );
    });
  }

  /** Stage → outcome, as drawn. */
  stages() {
    return this.browser.executeScript(() =>
      Object.fromEntries(
        [...document.querySelectorAll("[data-stage]")].map((row) => [row.dataset.stage, row.dataset.outcome]),
      ),
    );
  }

  /** Takes a picture to look at. */
  async screenshot(name, folder = "target/screenshots") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}.png`, await this.browser.takeScreenshot(), "base64");
  }

  /** Takes a picture for the documentation, without passing messages; `npm run screenshots` keeps it there. */
  async picture(name) {
    const dismissed = () =>
      this.browser.executeScript(() => {
        const buttons = [...document.querySelectorAll('[role="status"] button[aria-label="Dismiss"]')];
        for (const button of buttons) button.click();
        return buttons.length === 0;
      });
    await this.browser.wait(dismissed, PATIENCE_MS, "messages stay");
    await this.screenshot(name, process.env.SCREENSHOTS);
  }
}
