// What processes hold, as Linux tells it.
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";

/** The answer, or null when the process has gone meanwhile. */
function ask(question) {
  try {
    return question();
  } catch (problem) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(problem.code)) return null;
    throw problem;
  }
}

/** The processes with this entry in their environment: id → program. */
export function processesWith(variable, value) {
  const entry = `${variable}=${value}`;
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = ids
    .filter((id) => ask(() => readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(entry)))
    .map((id) => [id, ask(() => readlinkSync(`/proc/${id}/exe`))]);
  // One that is ending has no program any more.
  return new Map(found.filter(([, program]) => program));
}

/** Memory in kB, descriptors and threads of a process. */
export function held(id) {
  const status = readFileSync(`/proc/${id}/status`, "utf8");
  const number = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]);
  return { memory: number("VmRSS"), descriptors: readdirSync(`/proc/${id}/fd`).length, threads: number("Threads") };
}

/** Every file below a folder with its size. */
export function files(folder) {
  const names = readdirSync(folder, { recursive: true });
  const found = names.map((name) => [name, ask(() => statSync(join(folder, name)))]);
  return Object.fromEntries(found.filter(([, info]) => info?.isFile()).map(([name, info]) => [name, info.size]));
}
