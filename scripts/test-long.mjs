// npm run test:long: the tests that take minutes. Those in Rust are marked #[ignore = "long: npm run test:long"], their
// names beginning with long_; other ignored tests are the inner halves of ordinary ones and are not run from here. The
// window's is tests/window/long/opens.mjs.
import { run } from "./commands.mjs";
import { endToEnd } from "./end-to-end.mjs";
import { forTheTests } from "./prerequisites.mjs";

forTheTests();
const env = { ...process.env, INSTA_UPDATE: "no", NO_AT_BRIDGE: "1" };
// What such a test measured is worth reading: its output is shown.
run("cargo", ["test", "--locked", "--workspace", "--", "--ignored", "--nocapture", "long_"], { env });
run("npm", ["run", "--silent", "ui:build"]);
run("cargo", ["build", "--locked", "--workspace"]);
const [program, ...args] = endToEnd("tests/window/long/opens.mjs", 60);
run(program, args, { env });
