// Running other programs: output goes straight to the terminal, a failure ends the script with its code.
import { spawnSync } from "node:child_process";

/** Runs a program; ends this one when it fails. */
export function run(program, args, options = {}) {
  const ended = spawnSync(program, args, { stdio: "inherit", shell: needsShell(program), ...options });
  if (ended.error) stop(`${program} could not be started: ${ended.error.message}`);
  if (ended.status !== 0) process.exit(ended.status ?? 1);
}

/** What a program prints, or null when it fails or is missing. */
export function output(program, args) {
  const ended = spawnSync(program, args, { encoding: "utf8", shell: needsShell(program) });
  return ended.status === 0 ? ended.stdout.trim() : null;
}

/** Says why and ends with exit code 1. */
export function stop(reason) {
  console.error(reason);
  process.exit(1);
}

/** npm is a batch file on Windows, which only a shell starts. */
function needsShell(program) {
  return process.platform === "win32" && program === "npm";
}
