// The types that cross between the window and the Rust shell.
// ---------- settings
export type Field =
  | "protocol" | "smtp_host" | "smtp_port" | "system_email_address"
  | "email_host_requires_authentication" | "senders_username_auth"
  | "smtp_oauth_enabled" | "smtp_oauth_client_id" | "smtp_oauth_client_secret"
  | "smtp_oauth_token_endpoint" | "smtp_oauth_scope";
/** Raw text as typed. The port is a number when the text is a plain number, else the text. */
export type EmailSettings = {
  protocol: string; smtp_host: string; smtp_port: number | string; system_email_address: string;
  email_host_requires_authentication: boolean; senders_username_auth: boolean;
  smtp_oauth_enabled: boolean; smtp_oauth_client_id: string; smtp_oauth_token_endpoint: string; smtp_oauth_scope: string;
};
export type Group = "smtp_server_settings" | "oauth_configuration";
export type Control = "toggle" | "drop_down_list" | "text_box" | "secret_text_box";
/** One row of the form; in Incorta's order. `options` for drop down lists only. */
export type FieldDefinition = { field: Field; group: Group; label: string; control: Control; hint: string | null; options: string[] };
export type IssueSeverity = "error" | "warning";
/** `value` replaces the field's text ("true"/"false" for a toggle). */
export type Suggestion = { label: string; value: string };
export type Issue = { field: Field; severity: IssueSeverity; code: string; text: string; suggestion: Suggestion | null };
/** `shown`: the fields visible now (some depend on a toggle). `ready`: no error, a check may start (secret aside). `incomplete`: required fields that are merely empty (show no red before the user tried to check or left the field). */
export type Validation = { issues: Issue[]; shown: Field[]; ready: boolean };
/** A row of Copy to Incorta; `value` null for the secret. Toggles: "Enabled"/"Disabled". */
export type CopyRow = { field: Field; label: string; control: Control; value: string | null };
export type FieldChange = { field: Field; value: string; note: string };
/** Empty `changes` and null `secret_status`: nothing special, insert the pasted text as usual. */
export type PasteOutcome = { changes: FieldChange[]; secret_status: SecretStatus | null };
export type Cloud = "global" | "us_gov_gcc_high" | "us_gov_dod" | "china";
export type TenantDiscovery =
  | { state: "found"; domain: string; tenant_id: string; token_endpoint: string; cloud: Cloud; cloud_name: string; incorta_reaches: boolean }
  | { state: "not_found"; domain: string }
  | { state: "unreachable" };          // offline: stay quiet

// ---------- profiles
export type AccessPath = "classic" | "rbac";
export type Profile = {
  id: string; name: string; settings: EmailSettings; access_path: AccessPath;
  secret_expires_on: string | null; last_change_at: string | null; created_at: string; changed_at: string;
};
export type SecretStatus = "not_stored" | "stored" | "kept_for_this_run" | "store_locked" | "store_unavailable";
/** `notice`: things to say once at the start, e.g. that a broken profiles file was set aside. */
export type StartNotice = { code: "profiles_set_aside"; path: string; reason: string };
export type Start = {
  version: string; fields: FieldDefinition[]; profiles: Profile[]; selected: string | null;
  secret_store_name: string /* "Secret Service" | "Keychain" | "Credential Manager" */; notices: StartNotice[];
  practice_profile_id: string /* reserved id of the practice tenant's profile, kept in memory only */;
};

// ---------- check and report (schema 1)
export type Stage = "settings" | "token" | "claims" | "resolve" | "connect" | "greeting" | "starttls" | "sign_in" | "sender" | "recipient" | "message";
export type Depth = "token" | "connection" | "sign_in" | "message";
export type StageOutcome = "passed" | "warned" | "failed" | "skipped" | "cancelled";
export type Outcome = "passed" | "warned" | "failed" | "cancelled";
export type StageRecord = { stage: Stage; outcome: StageOutcome; start_ms: number; duration_ms: number; summary: string; evidence: Record<string, unknown> };
export type Owner = "incorta_admin" | "entra_admin" | "exchange_admin" | "network_admin" | "microsoft";
export type FixKind = "portal" | "powershell" | "incorta" | "network" | "wait";
export type Fix = { kind: FixKind; text: string; command: string | null; url: string | null };
export type Finding = { code: string; severity: "error" | "warning" | "info"; confidence: "certain" | "likely" | "possible"; part: number; owner: Owner; title: string; explanation: string; fixes: Fix[] };
export type TranscriptLine = { at_ms: number; direction: "sent" | "received"; line: string };
export type Report = {
  schema: number; outcome: Outcome; profile: string; started_at: string; duration_ms: number; depth: Depth;
  settings: EmailSettings; stages: StageRecord[]; findings: Finding[]; transcript: TranscriptLine[];
  message_id: string | null; reference: string | null;
};
export type CheckEvent =
  | { event: "stage_started"; stage: Stage; at_ms: number }
  | { event: "stage_finished"; record: StageRecord }
  | { event: "transcript"; line: TranscriptLine };
export type CheckRequest = { profile_id: string; recipients: string[]; depth: Depth };

// ---------- practice tenant
export type PracticeChoice = { value: string; label: string };
/** A switch an administrator would flip, e.g. id "service_principal", choices registered / wrong_object / missing. Two choices: draw a toggle-like segmented control; more: a drop down. The first choice is the healthy one. */
export type PracticeSwitch = { id: string; part: number; label: string; choices: PracticeChoice[]; value: string };
export type PracticeMail = { id: string; received_at: string; from: string; to: string[]; subject: string; text: string };
export type Practice = {
  values: { mailbox: string; client_id: string; tenant_id: string; object_id: string };
  switches: PracticeSwitch[]; inbox: PracticeMail[];
};

// ---------- errors: every rejected command gives one of these
export type CommandError =
  | { code: "invalid_request"; reason: string }
  | { code: "profile_not_found" }
  | { code: "profiles_not_read"; path: string; reason: string }
  | { code: "profiles_not_written"; path: string; reason: string }
  | { code: "secret_empty" }
  | { code: "secret_too_long"; limit: number }
  | { code: "secret_not_stored" }                 // copy or check without a secret
  | { code: "store_locked" }
  | { code: "store_failed"; reason: string }
  | { code: "clipboard_unavailable"; reason: string }
  | { code: "settings_invalid"; issues: Issue[] }
  | { code: "check_running" }
  | { code: "practice_failed"; reason: string }
  | { code: "link_not_allowed"; url: string };

