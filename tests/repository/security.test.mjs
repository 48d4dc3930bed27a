// SECURITY.md names a test for each threat, as `file: test`. Each is there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const [, model] = readFileSync("SECURITY.md", "utf8").split("\n## Threat model\n");
const rows = model
  .split("\n## ")[0]
  .split("\n")
  .filter((line) => /^\| [^|]/.test(line));
const named = /`([\w./-]+\.(?:rs|mjs|ts|toml)): ([^`]+)`/g;

test("every test that the threat model names is there", () => {
  const names = rows.flatMap((row) => [...row.matchAll(named)]);
  assert.ok(names.length >= 20, `${names.length}`);
  for (const [, file, name] of names) {
    const text = readFileSync(file, "utf8");
    const defined = file.endsWith(".rs") ? `fn ${name}(` : name;
    assert.ok(text.includes(defined), `${file} has no ${name}`);
  }
});

test("every threat has a test", () => {
  const [, ...threats] = rows;
  assert.ok(threats.length >= 12, `${threats.length}`);
  for (const row of threats) assert.ok([...row.matchAll(named)].length > 0, row);
});
