// npm run failures: writes docs/failures.md anew from the catalogue in the code.
import { run } from "./commands.mjs";

const env = { ...process.env, WRITE_FAILURES: "1" };
run("cargo", ["test", "--locked", "--quiet", "--package", "mail-setup-core", "page"], { env });
