// npm run screenshots: makes the documentation's pictures anew, from the end-to-end tests.
import { run } from "./commands.mjs";
import { END_TO_END } from "./end-to-end.mjs";
import { forTheTests } from "./prerequisites.mjs";

forTheTests();
run("npm", ["run", "--silent", "ui:build"]);
run("cargo", ["build", "--locked"]);
run(END_TO_END[0], END_TO_END.slice(1), { env: { ...process.env, SCREENSHOTS: "docs/screenshots" } });
