// npm run bindings: writes the window's types anew from the Rust ones.
import { run } from "./commands.mjs";

const env = { ...process.env, WRITE_BINDINGS: "1" };
run("cargo", ["test", "--locked", "--quiet", "--package", "incorta-mail-setup", "bindings"], { env });
