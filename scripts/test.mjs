// npm test: installs what the tests need and runs everything. The first step that fails ends it.
import { run } from "./commands.mjs";
import { END_TO_END } from "./end-to-end.mjs";
import { forTheTests } from "./prerequisites.mjs";

const STEPS = {
  "Rust: format": ["cargo", "fmt", "--all", "--check"],
  "Rust: format of the fuzz targets": ["cargo", "fmt", "--manifest-path", "src-tauri/core/fuzz/Cargo.toml", "--check"],
  "Supply chain: crates": ["target/tools/bin/cargo-deny", "--locked", "check", "bans", "licenses", "sources"],
  "Supply chain: packages, lock files, promises": ["node", "--test", "tests/repository/"],
  "Window: types, format, lints": ["npm", "run", "--silent", "ui:check"],
  "Window: unit tests": ["npm", "run", "--silent", "ui:test"],
  "Window: build": ["npm", "run", "--silent", "ui:build"],
  "Rust: lints": ["cargo", "clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"],
  "Rust: build": ["cargo", "build", "--locked", "--workspace"],
  "Rust: tests (bindings, Dovecot, smtp-server, practice tenant, terminal twin, credential store)": [
    "cargo",
    "test",
    "--locked",
    "--workspace",
  ],
  "Rust: fuzz targets": ["node", "scripts/fuzz.mjs", "--runs", "2000"],
  "Window: end to end": END_TO_END,
};

forTheTests();
// A snapshot that differs is a failure, never a file written in passing.
const env = { ...process.env, INSTA_UPDATE: "no", NO_AT_BRIDGE: "1" };
for (const [name, [program, ...args]] of Object.entries(STEPS)) {
  const begun = Date.now();
  console.log(`\n== ${name}`);
  run(program, args, { env });
  console.log(`== ${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
}
