// The processes behind a window, as Linux shows them: which there are, and what they were started with.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What `read` gives; null for a process or file that is gone meanwhile. */
function ifThere(read) {
  try {
    return read();
  } catch (problem) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(problem.code)) return null;
    throw problem;
  }
}

/** Every process that descends from this one, itself included. */
export function descendants(root) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    // The name in brackets may hold anything; what follows the last bracket is: state, parent.
    const stat = ifThere(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
    if (stat !== null) parents.set(Number(pid), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const belongs = (pid) => pid === root || (parents.has(pid) && belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
}

/** The program file of a process; null when it has ended. */
export const programOf = (pid) => ifThere(() => readlinkSync(`/proc/${pid}/exe`));

/** What a process was started with: arguments and environment. */
export const startedWith = (pid) =>
  ["cmdline", "environ"].map((name) => ifThere(() => readFileSync(`/proc/${pid}/${name}`, "latin1")) ?? "").join("\n");
