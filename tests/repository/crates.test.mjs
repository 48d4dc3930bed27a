// What holds of the Rust crates as a whole: no unsafe code, and lock files that bind. deny.toml holds the rest.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FUZZ = "src-tauri/core/fuzz";

function cargo(...args) {
  const ended = spawnSync("cargo", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  assert.equal(ended.status, 0, ended.stderr);
  return ended.stdout;
}

/** The part of a manifest under a heading. */
function section(manifest, heading) {
  const text = readFileSync(manifest, "utf8");
  return text.split(`\n[${heading}]\n`)[1]?.split("\n[")[0] ?? "";
}

test("no crate of ours may hold unsafe code", () => {
  const { packages } = JSON.parse(cargo("metadata", "--locked", "--no-deps", "--format-version", "1"));
  assert.ok(packages.length >= 5);
  for (const { name, manifest_path } of packages)
    assert.match(section(manifest_path, "lints"), /^workspace = true$/m, `${name} has lints of its own`);
  assert.match(section("Cargo.toml", "workspace.lints.rust"), /^unsafe_code = "forbid"$/m);
  assert.match(section(`${FUZZ}/Cargo.toml`, "lints.rust"), /^unsafe_code = "forbid"$/m);
});

test("the fuzz targets are built with the product's versions", () => {
  const packages = (lock) => {
    const entries = readFileSync(lock, "utf8").matchAll(/\[\[package\]\]\nname = "(.+)"\nversion = "(.+)"/g);
    return new Set([...entries].map(([, name, version]) => `${name} ${version}`));
  };
  cargo("metadata", "--locked", "--format-version", "1", "--manifest-path", `${FUZZ}/Cargo.toml`);
  const product = packages("Cargo.lock");
  const others = [...packages(`${FUZZ}/Cargo.lock`)].filter((entry) => !product.has(entry));
  assert.deepEqual(
    others.map((entry) => entry.split(" ")[0]),
    ["arbitrary", "libfuzzer-sys", "mail-setup-fuzz"],
  );
});

test("every command that builds keeps to the lock file", () => {
  for (const script of readdirSync("scripts")) {
    const calls = readFileSync(`scripts/${script}`, "utf8").matchAll(/"cargo",\s*\[?([^\]]*)\]/g);
    for (const [call, words] of calls)
      if (!/"fmt"|"--version"/.test(words)) assert.match(words, /"--locked"/, `${script}: ${call}`);
  }
});
