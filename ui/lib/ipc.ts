// Every command of the Rust shell as one typed function, and nothing else: no state, no words, no retries.
// The only file that may import @tauri-apps; the linter forbids it elsewhere.
import { Channel, invoke } from "@tauri-apps/api/core";
import type {
  Accepted,
  CheckEnded,
  CheckNews,
  CheckRequest,
  CommandError,
  CopyRow,
  Detail,
  EmailSettings,
  FailurePage,
  Field,
  Guide,
  Owner,
  PasteOutcome,
  Practice,
  Profile,
  ProfileFact,
  Report,
  ReportFormat,
  ReportOrder,
  RequestMade,
  ScriptKind,
  SecretStatus,
  SecretStored,
  SendReportOutcome,
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
/** Notes one thing of a profile besides its form. */
export const profileSetFact = (profileId: string, fact: ProfileFact) =>
  call<Profile>("profile_set_fact", { profileId, fact });
/** The profile's guide; `proof` is the last check's report, as long as it is about the profile as it is now. */
export const guide = (profileId: string, proof: Report | null) =>
  call<Guide>("guide", { profileId, report: proof && JSON.stringify(proof) });
export const script = (profileId: string, kind: ScriptKind) => call<string>("script", { profileId, kind });
/** Resolves to the file's path, as every command that saves. */
export const scriptSave = (profileId: string, kind: ScriptKind) => call<string>("script_save", { profileId, kind });
export const reminderSave = (profileId: string) => call<string>("reminder_save", { profileId });
/** `askedBy` names who asks, as the administrator knows them; may be empty. */
export const handoverRequest = (profileId: string, askedBy: string) =>
  call<RequestMade>("handover_request", { profileId, askedBy });
/** Fills the profile that the request was made for, which may be another one than is shown. */
export const handoverAccept = (text: string) => call<Accepted>("handover_accept", { text });
/** The API token passes through once. */
export const sendReport = (profileId: string, order: ReportOrder, token: string) =>
  call<SendReportOutcome>("send_report", { profileId, order, token });
export const daysLeft = (date: string) => call<number>("days_left", { date });

export const secretStatus = (profileId: string) => call<SecretStatus>("secret_status", { profileId });
export const secretStore = (profileId: string, secret: string) =>
  call<SecretStored>("secret_store", { profileId, secret });
export const secretForget = (profileId: string) => call<SecretStatus>("secret_forget", { profileId });
export const secretCopy = (profileId: string) => call<null>("secret_copy", { profileId });

/** Runs a check, or several until one passes; `onNews` hears of each stage while the promise is open. */
export function checkStart(request: CheckRequest, onNews: (news: CheckNews) => void): Promise<CheckEnded> {
  const events = new Channel<CheckNews>(onNews);
  return call<CheckEnded>("check_start", { request, events });
}
export const checkCancel = () => call<null>("check_cancel");

export const reportOpen = (text: string) => call<Report>("report_open", { text });
/** A report goes back as text, which Rust reads as it reads a file. */
export const reportDetails = (report: Report) => call<Detail[]>("report_details", { text: JSON.stringify(report) });
/** Puts a message to whoever must act on the clipboard. */
export const reportMessage = (report: Report, owner: Owner) =>
  call<null>("report_message", { text: JSON.stringify(report), owner });
export const reportSave = (report: Report, format: ReportFormat, mask: boolean) =>
  call<string>("report_save", { text: JSON.stringify(report), format, mask });
/** Null: the code is not in the catalogue. */
export const failurePage = (code: string) => call<FailurePage | null>("failure_page", { code });

export const copyText = (text: string) => call<null>("copy_text", { text });
export const copyAll = (settings: EmailSettings) => call<null>("copy_all", { settings });
export const openLink = (url: string) => call<null>("open_link", { url });

export const practiceStart = () => call<Practice>("practice_start");
export const practiceProfile = () => call<Profile>("practice_profile");
export const practiceSwitch = (id: string, value: string) => call<Practice>("practice_switch", { id, value });
export const practiceLook = () => call<Practice>("practice_look");
export const practiceFill = () => call<Profile>("practice_fill");
export const practiceCopySecret = () => call<null>("practice_copy_secret");
