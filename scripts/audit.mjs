// npm run audit: asks the advisory databases about every crate and package in use. Both are elsewhere: what could not be
// reached is said, and is no success.
import { spawnSync } from "node:child_process";
import { output } from "./commands.mjs";
import { forAuditing } from "./prerequisites.mjs";

const DENY = "target/tools/bin/cargo-deny";

/** Crates: true when there is no advisory, null when the database cannot be had. */
function crates() {
  if (output(DENY, ["fetch", "db"]) === null) return null;
  return spawnSync(DENY, ["--locked", "check", "advisories"], { stdio: "inherit" }).status === 0;
}

/** Packages that are part of the window, likewise. */
function packages() {
  const answer = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const { vulnerabilities } = JSON.parse(answer.stdout || "{}");
  if (vulnerabilities === undefined) return null;
  for (const [name, { severity, range }] of Object.entries(vulnerabilities))
    console.log(`${name} ${range}: ${severity}`);
  return answer.status === 0;
}

forAuditing();
const results = { Crates: crates(), Packages: packages() };
for (const [what, clean] of Object.entries(results)) {
  const words =
    clean === null ? "not checked, the database could not be reached" : clean ? "no advisory" : "advisories, see above";
  console.log(`${what}: ${words}`);
}
process.exitCode = Object.values(results).every((clean) => clean) ? 0 : 1;
