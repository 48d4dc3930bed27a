// npm run fuzz [-- [TARGET…] [--seconds N]]: looks for input that breaks a property (src-tauri/core/src/fuzzing.rs), five
// minutes a target. With --runs N, as in npm test, it tries so many inputs, always the same ones. With --keep, what was
// found before and reaches code that no sample reaches becomes a sample.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { run } from "./commands.mjs";
import { forFuzzing } from "./prerequisites.mjs";

const FOLDER = "src-tauri/core/fuzz";
const FOUND = "target/fuzz/found";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "boolean" }, runs: { type: "string" }, seconds: { type: "string", default: "300" } },
});
const targets = readdirSync(`${FOLDER}/fuzz_targets`).map((file) => file.replace(".rs", ""));
const search = values.runs ? [`-runs=${values.runs}`, "-seed=1"] : [`-max_total_time=${values.seconds}`];
const merge = ["-set_cover_merge=1", "-use_counters=0"];
const limits = ["-max_len=4096", "-timeout=10", "-rss_limit_mb=1024", "-verbosity=0", "-print_final_stats=1"];
const env = { ...process.env, CARGO_TARGET_DIR: "target/fuzz" };

forFuzzing();
// cargo-fuzz cannot be told to keep to the lock file.
run("cargo", ["fetch", "--locked", "--manifest-path", `${FOLDER}/Cargo.toml`]);
// No sanitizer: it would need a nightly compiler, and the code has no unsafe block.
const build = ["--fuzz-dir", FOLDER, "--sanitizer", "none", "--codegen-units", "16"];
const fuzz = (command, ...args) => run("target/tools/bin/cargo-fuzz", [command, ...build, ...args], { env });
fuzz("build");
for (const target of positionals.length > 0 ? positionals : targets) {
  const [found, samples] = [`${FOUND}/${target}`, `${FOLDER}/corpus/${target}`];
  // What an earlier run found would change which inputs are tried.
  if (values.runs) rmSync(found, { recursive: true, force: true });
  mkdirSync(found, { recursive: true });
  console.log(`\n${target}`);
  if (values.keep) fuzz("run", target, samples, found, "--", ...merge, ...limits);
  else fuzz("run", target, found, samples, "--", ...search, ...limits);
}
