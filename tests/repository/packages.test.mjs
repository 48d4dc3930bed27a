// What holds of the npm packages, by the lock file alone: each is bound to its contents, and what becomes part of the
// window may be given away and runs nothing when it is installed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const LICENSES = ["Apache-2.0", "Apache-2.0 OR MIT", "ISC", "MIT", "OFL-1.1"];
/** Packages whose manifest names no license; the file LICENSE in them does. */
const BY_THEIR_FILE = { "svelte-toolbelt": "MIT License" };

const { lockfileVersion, packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const { "": ours, ...others } = packages;
const entries = Object.entries(others);
const production = entries.filter(([, { dev }]) => !dev);
const name = (path) => path.split("node_modules/").at(-1);

test("every package is bound to one version and its contents, wherever it is fetched from", () => {
  assert.equal(lockfileVersion, 3);
  for (const [path, { version, integrity, resolved, link }] of entries) {
    assert.match(version ?? "", /^\d+\.\d+\.\d+/, path);
    assert.match(integrity ?? "", /^sha512-/, path);
    assert.equal(resolved ?? link, undefined, path);
  }
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  assert.deepEqual([ours.dependencies, ours.devDependencies], [manifest.dependencies, manifest.devDependencies]);
});

test("every package of the window has a license that lets it be given away", () => {
  assert.ok(production.length > 20);
  for (const [path, { license }] of production) {
    const file = BY_THEIR_FILE[name(path)];
    if (file) assert.ok(readFileSync(`${path}/LICENSE`, "utf8").includes(file), path);
    else assert.ok(LICENSES.includes(license), `${path}: ${license}`);
  }
});

test("no package of the window runs a script when it is installed", () => {
  const run = production.filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(run, []);
});
