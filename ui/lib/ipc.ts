// Every command of the Rust shell as one typed function, and nothing else: no state, no words, no retries.
// The only file that may import @tauri-apps; the linter forbids it elsewhere.
import { Channel, invoke } from "@tauri-apps/api/core";
import type {
  CheckEvent,
  CheckRequest,
  CommandError,
  CopyRow,
  EmailSettings,
  Field,
  PasteOutcome,
  Practice,
  Profile,
  Report,
  SecretStatus,
  SecretStored,
  Start,
  TenantDiscovery,
  Validation,
} from "./bindings";

/** What every function here rejects with: the shell's closed error, typed. */
export class CommandFailure extends Error {
  constructor(readonly error: CommandError) {
    super(error.code);
    this.name = "CommandFailure";
  }
}

/** A rejection that is no `CommandError` comes from the bridge itself, e.g. a refused or unknown command. */
function asCommandError(reason: unknown): CommandError {
  if (typeof reason === "object" && reason !== null && "code" in reason) return reason as CommandError;
  return { code: "invalid_request", reason: String(reason) };
}

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    throw new CommandFailure(asCommandError(reason));
  }
}

export const start = () => call<Start>("start");

export const validate = (settings: EmailSettings) => call<Validation>("validate", { settings });
export const paste = (profileId: string, field: Field, text: string) =>
  call<PasteOutcome>("paste", { profileId, field, text });
export const discoverTenant = (profileId: string, address: string) =>
  call<TenantDiscovery>("discover_tenant", { profileId, address });
export const copyRows = (settings: EmailSettings) => call<CopyRow[]>("copy_rows", { settings });

export const profilesList = () => call<Profile[]>("profiles_list");
export const profileCreate = (name: string, address: string) => call<Profile>("profile_create", { name, address });
export const profileRename = (profileId: string, name: string) => call<Profile>("profile_rename", { profileId, name });
export const profileDuplicate = (profileId: string) => call<Profile>("profile_duplicate", { profileId });
export const profileRemove = (profileId: string) => call<null>("profile_remove", { profileId });
export const profileRestore = (profileId: string) => call<Profile>("profile_restore", { profileId });
export const profileSelect = (profileId: string) => call<null>("profile_select", { profileId });
/** Writes the fields in which `settings` differs from `base`, and answers with all that is kept now. */
export const profileSave = (profileId: string, base: EmailSettings, settings: EmailSettings) =>
  call<Profile>("profile_save", { profileId, base, settings });

export const secretStatus = (profileId: string) => call<SecretStatus>("secret_status", { profileId });
export const secretStore = (profileId: string, secret: string) =>
  call<SecretStored>("secret_store", { profileId, secret });
export const secretForget = (profileId: string) => call<SecretStatus>("secret_forget", { profileId });
export const secretCopy = (profileId: string) => call<null>("secret_copy", { profileId });

/** Runs a check; `onEvent` hears of each stage while the promise is open. */
export function checkStart(request: CheckRequest, onEvent: (event: CheckEvent) => void): Promise<Report> {
  const events = new Channel<CheckEvent>(onEvent);
  return call<Report>("check_start", { request, events });
}
export const checkCancel = () => call<null>("check_cancel");
export const reportOpen = (text: string) => call<Report>("report_open", { text });

export const copyText = (text: string) => call<null>("copy_text", { text });
export const copyAll = (settings: EmailSettings) => call<null>("copy_all", { settings });
export const openLink = (url: string) => call<null>("open_link", { url });

export const practiceStart = () => call<Practice>("practice_start");
export const practiceProfile = () => call<Profile>("practice_profile");
export const practiceSwitch = (id: string, value: string) => call<Practice>("practice_switch", { id, value });
export const practiceLook = () => call<Practice>("practice_look");
export const practiceFill = () => call<Profile>("practice_fill");
export const practiceCopySecret = () => call<null>("practice_copy_secret");
