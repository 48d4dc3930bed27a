// npm run test:long: the tests that take minutes: marked #[ignore = "long: npm run test:long"], their names
// beginning with long_. Other ignored tests are the inner halves of ordinary ones and are not run from here.
import { run } from "./commands.mjs";
import { forTheTests } from "./prerequisites.mjs";

forTheTests();
const env = { ...process.env, INSTA_UPDATE: "no", NO_AT_BRIDGE: "1" };
// What such a test measured is worth reading: its output is shown.
run("cargo", ["test", "--locked", "--workspace", "--", "--ignored", "--nocapture", "long_"], { env });
