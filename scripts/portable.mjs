// npm run portable: builds the terminal twin for Linux systems that are older than this one. Rust links the C library of
// the computer it runs on; Zig, as a linker, knows the older ones.
import { resolve } from "node:path";
import { output, run, stop } from "./commands.mjs";

/** Every Linux with the GNU C library of the last ten years has this version or a later one. */
const GLIBC = "2.17";
const TARGET = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;
const TOOLS = "target/tools";

run("python3", ["-m", "venv", `${TOOLS}/zig`]);
run(`${TOOLS}/zig/bin/pip`, ["install", "--quiet", "ziglang==0.17.1"]);
run("cargo", ["install", "cargo-zigbuild", "--locked", "--version", "0.24.1", "--root", TOOLS]);
const zig = output(`${TOOLS}/zig/bin/python`, ["-c", "import ziglang, os; print(os.path.dirname(ziglang.__file__))"]);
if (zig === null) stop("Zig was installed and cannot be found.");
const env = { ...process.env, PATH: `${resolve(`${TOOLS}/bin`)}:${zig}:${process.env.PATH}` };
const target = ["--target", `${TARGET}.${GLIBC}`];
run("cargo", ["zigbuild", "--release", "--locked", "--package", "incorta-mail", ...target], { env });
console.log(`\ntarget/${TARGET}/release/incorta-mail needs glibc ${GLIBC} or later and nothing else.`);
