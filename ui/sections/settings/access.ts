// How the application gets its rights, in the window's words.
import type { AccessPath } from "../../lib/bindings";

export const ACCESS_PATH_NAMES: Record<AccessPath, string> = {
  classic: "API permission and mailbox rights",
  rbac: "RBAC for Applications",
};

export const ACCESS_PATHS: AccessPath[] = ["classic", "rbac"];

/** The drop down list that changes it. */
export const ACCESS_PATH_CONTROL = "fact-access-path";
