// npm start: installs what is missing, builds, and opens the window. Without a display it runs the same
// job in the terminal, on the practice tenant.
import { run } from "./commands.mjs";
import { forTheWindow } from "./prerequisites.mjs";

const hasDisplay = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;

forTheWindow();
if (hasDisplay) {
  run("npm", ["run", "--silent", "ui:build"]);
  run("cargo", ["run", "--locked", "--quiet", "--package", "incorta-mail-setup"]);
} else {
  console.log(
    "There is no display here, so no window can open. The same check runs in the terminal, on a practice tenant:\n",
  );
  run("cargo", ["run", "--locked", "--quiet", "--package", "incorta-mail", "--", "check", "--practice"]);
  console.log("\nFor your own tenant: cargo run --package incorta-mail -- check --help");
}
