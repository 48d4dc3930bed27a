// What must be on this computer, and how it gets there. On Debian and its kin the missing packages are
// installed where that needs no password; elsewhere the line to run is printed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { output, run, stop } from "./commands.mjs";

/** To build and open the window (Tauri's prerequisites for Debian). */
const WINDOW = ["build-essential", "libwebkit2gtk-4.1-dev", "pkg-config"];

/** To drive it without a display, the servers the tests talk to, and what reads systemd's units. */
const TESTS = [
  "at-spi2-core",
  "dbus-daemon",
  "dovecot-core",
  "dovecot-submissiond",
  "gnome-keyring",
  "libglib2.0-bin",
  "libsecret-tools",
  "openssl",
  "strace",
  "systemd",
  "webkit2gtk-driver",
  "xclip",
  "xvfb",
];

/** Built from source into target/tools, each at one version with its own lock file. */
const TOOLS = { "cargo-deny": "0.20.2", "cargo-fuzz": "0.13.2", "tauri-driver": "2.1.0" };

/** Everything `npm start` needs. */
export function forTheWindow() {
  toolchains();
  systemPackages(WINDOW);
  npmPackages();
}

/** Everything `npm test` needs. */
export function forTheTests() {
  toolchains();
  if (process.platform !== "linux") stop("npm test drives the window under Linux only: run it there.");
  systemPackages([...WINDOW, ...TESTS]);
  npmPackages();
  Object.keys(TOOLS).forEach(tool);
}

/** Everything `npm run fuzz` needs. */
export function forFuzzing() {
  toolchains();
  tool("cargo-fuzz");
}

/** Everything `npm run audit` needs. */
export function forAuditing() {
  toolchains();
  tool("cargo-deny");
}

function toolchains() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
  if (!output("cargo", ["--version"]))
    stop("Rust is missing: install it from https://rustup.rs and open a new terminal.");
}

function systemPackages(packages) {
  if (process.platform !== "linux") {
    console.log("Tauri's prerequisites must be installed: https://v2.tauri.app/start/prerequisites/");
    return;
  }
  if (!output("dpkg-query", ["--version"])) {
    console.log(`This is no Debian: install what these packages stand for, if it is missing: ${packages.join(" ")}`);
    return;
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholder
  const installed = (name) => output("dpkg-query", ["-W", "-f=${Status}", name]) === "install ok installed";
  const missing = packages.filter((name) => !installed(name));
  if (missing.length === 0) return;
  const isRoot = process.getuid() === 0;
  const apt = (...args) => [...(isRoot ? [] : ["sudo"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  const install = apt("install", "-y", "--no-install-recommends", ...missing);
  if (!isRoot && output("sudo", ["-n", "true"]) === null) {
    stop(`Some Debian packages are missing. Run this line, then try again:\n\n  ${install.join(" ")}\n`);
  }
  console.log(`Installing Debian packages: ${missing.join(" ")}`);
  for (const [program, ...args] of [apt("update", "-q"), install]) run(program, args);
}

/** Installs anew when the lock file is another than the one installed from. */
function npmPackages() {
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  const mark = "node_modules/.installed-from";
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  // Not `npm ci`: it demands the packages of every platform, and some registries carry only a few.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
  writeFileSync(mark, lock);
}

function tool(name) {
  const installed = "target/tools/.crates.toml";
  if (existsSync(installed) && readFileSync(installed, "utf8").includes(`"${name} ${TOOLS[name]} `)) return;
  mkdirSync("target/tools", { recursive: true });
  run("cargo", ["install", name, "--locked", "--version", TOOLS[name], "--root", "target/tools"]);
}
