// Written from the Rust types by `npm run bindings`; a test holds both against each other.

export type Field = "protocol" | "smtp_host" | "smtp_port" | "system_email_address" | "email_host_requires_authentication" | "senders_username_auth" | "smtp_oauth_enabled" | "smtp_oauth_client_id" | "smtp_oauth_client_secret" | "smtp_oauth_token_endpoint" | "smtp_oauth_scope";

export type EmailSettings = { 
/**
 * *Email Server Protocol*.
 */
protocol: string, 
/**
 * *SMTP Host*.
 */
smtp_host: string, 
/**
 * *Port*: a number in JSON when the text is one, else the text.
 */
smtp_port: number | string, 
/**
 * *System Email Address*: the sender mailbox.
 */
system_email_address: string, 
/**
 * *Email Host Requires Authentication*.
 */
email_host_requires_authentication: boolean, 
/**
 * *Sender's Username Auth*.
 */
senders_username_auth: boolean, 
/**
 * *SMTP OAuth Enabled*.
 */
smtp_oauth_enabled: boolean, 
/**
 * *SMTP OAuth Client ID*.
 */
smtp_oauth_client_id: string, 
/**
 * *SMTP OAuth Token Endpoint*, relative to Incorta's login host.
 */
smtp_oauth_token_endpoint: string, 
/**
 * *SMTP OAuth Scope*.
 */
smtp_oauth_scope: string, };

export type Group = "smtp_server_settings" | "oauth_configuration";

export type Control = "toggle" | "drop_down_list" | "text_box" | "secret_text_box";

export type FieldDefinition = { 
/**
 * Which row.
 */
field: Field, 
/**
 * Its group.
 */
group: Group, 
/**
 * Incorta's label.
 */
label: string, 
/**
 * Incorta's control.
 */
control: Control, 
/**
 * A line of help below the control.
 */
hint: string | null, 
/**
 * Choices of a drop down list; else empty.
 */
options: Array<string>, };

export type IssueSeverity = "error" | "warning";

export type IssueCode = "required" | "control_characters" | "protocol_not_smtp" | "host_malformed" | "host_other" | "port_malformed" | "port_other" | "address_malformed" | "address_several" | "address_other_tenant" | "authentication_disabled" | "senders_username_enabled" | "oauth_disabled" | "oauth_fields_missing" | "client_id_malformed" | "client_id_is_tenant_id" | "secret_is_secret_id" | "endpoint_malformed" | "endpoint_only_tenant" | "endpoint_not_relative" | "endpoint_foreign_host" | "endpoint_other_cloud" | "endpoint_v1" | "endpoint_not_specific" | "scope_malformed" | "scope_graph" | "scope_not_default" | "scope_other_cloud" | "scope_other";

export type Suggestion = { 
/**
 * What the button says.
 */
label: string, 
/**
 * The field's new text; `true` or `false` for a toggle.
 */
value: string, };

export type Issue = { 
/**
 * Where.
 */
field: Field, 
/**
 * How bad.
 */
severity: IssueSeverity, 
/**
 * Which.
 */
code: IssueCode, 
/**
 * In words.
 */
text: string, 
/**
 * The way out, when there is a single one.
 */
suggestion: Suggestion | null, };

export type CopyRow = { 
/**
 * Which row of the Email screen.
 */
field: Field, 
/**
 * Incorta's label.
 */
label: string, 
/**
 * Incorta's control.
 */
control: Control, 
/**
 * The text to paste, or `Enabled`/`Disabled`; `None` for the secret.
 */
value: string | null, };

export type AccessPath = "classic" | "rbac";

export type FieldChange = { 
/**
 * Which field.
 */
field: Field, 
/**
 * Its new text.
 */
value: string, 
/**
 * What was done, for people.
 */
note: string, };

export type Cloud = "global" | "us_gov_gcc_high" | "us_gov_dod" | "china";

export type TenantDiscovery = { "state": "found", 
/**
 * The domain asked for.
 */
domain: string, 
/**
 * Directory (tenant) ID.
 */
tenant_id: string, 
/**
 * The token endpoint as Incorta wants it.
 */
token_endpoint: string, 
/**
 * Where the tenant lives.
 */
cloud: Cloud, 
/**
 * The cloud in words.
 */
cloud_name: string, 
/**
 * Whether Incorta's fixed login host serves that cloud.
 */
incorta_reaches: boolean, } | { "state": "not_found", 
/**
 * The domain asked for.
 */
domain: string, } | { "state": "unreachable" };

export type EnterpriseApplication = { 
/**
 * The application's client ID: the Object ID stands for this application and for no other.
 */
client_id: string, 
/**
 * Its Object ID.
 */
object_id: string, };

export type Profile = { 
/**
 * Stable identifier; also the secret's name in the credential store.
 */
id: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * The form as typed.
 */
settings: EmailSettings, 
/**
 * How the application gets its rights.
 */
access_path: AccessPath, 
/**
 * Last day of the client secret, `YYYY-MM-DD`.
 */
secret_expires_on: string | null, 
/**
 * When the user last said that something was changed in Microsoft 365.
 */
last_change_at: string | null, 
/**
 * The enterprise application, as an administrator's reply named it.
 */
enterprise_application: EnterpriseApplication | null, 
/**
 * The guide's steps that the user ticked as done, by their names.
 */
ticked_steps: Array<string>, 
/**
 * RFC 3339 UTC.
 */
created_at: string, 
/**
 * RFC 3339 UTC.
 */
changed_at: string, };

export type SecretStatus = "not_stored" | "stored" | "kept_for_this_run" | "store_locked" | "unreadable" | "store_unavailable";

export type Stage = "settings" | "token" | "claims" | "resolve" | "connect" | "greeting" | "starttls" | "sign_in" | "sender" | "recipient" | "message";

export type Depth = "token" | "connection" | "sign_in" | "message";

export type StageOutcome = "passed" | "warned" | "failed" | "skipped" | "cancelled";

export type Outcome = "passed" | "warned" | "failed" | "cancelled";

export type StageRecord = { 
/**
 * Which stage.
 */
stage: Stage, 
/**
 * How it ended.
 */
outcome: StageOutcome, 
/**
 * When it began, in milliseconds since the check began.
 */
start_ms: number, 
/**
 * How long it took, in milliseconds.
 */
duration_ms: number, 
/**
 * One line for people; for a refusal, the server's own words.
 */
summary: string, 
/**
 * What was seen.
 */
evidence: Record<string, unknown>, };

export type Owner = "incorta_admin" | "entra_admin" | "exchange_admin" | "network_admin" | "microsoft";

export type FixKind = "portal" | "powershell" | "incorta" | "network" | "wait";

export type Fix = { 
/**
 * Where.
 */
kind: FixKind, 
/**
 * What, in words.
 */
text: string, 
/**
 * The command, filled with this profile's values.
 */
command: string | null, 
/**
 * The page to open.
 */
url: string | null, };

export type Severity = "error" | "warning" | "info";

export type Confidence = "certain" | "likely" | "possible";

export type Finding = { 
/**
 * Its stable name in the failure catalogue.
 */
code: string, 
/**
 * How much it weighs.
 */
severity: Severity, 
/**
 * How sure it is.
 */
confidence: Confidence, 
/**
 * The guide's part, 1–6; 0 is the network and this computer.
 */
part: number, 
/**
 * Who must act.
 */
owner: Owner, 
/**
 * What is wrong, on one line.
 */
title: string, 
/**
 * What was seen and what it means.
 */
explanation: string, 
/**
 * What to do.
 */
fixes: Array<Fix>, };

export type Direction = "sent" | "received";

export type TranscriptLine = { 
/**
 * Milliseconds since the check began.
 */
at_ms: number, 
/**
 * Who spoke.
 */
direction: Direction, 
/**
 * The line, without its end and without secrets.
 */
line: string, };

export type Report = { 
/**
 * [`SCHEMA`].
 */
schema: number, 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * The profile's name.
 */
profile: string, 
/**
 * When it began, RFC 3339 UTC.
 */
started_at: string, 
/**
 * How long it took, in milliseconds.
 */
duration_ms: number, 
/**
 * How far it was to go.
 */
depth: Depth, 
/**
 * The form as typed, without the secret.
 */
settings: EmailSettings, 
/**
 * Every stage, in order.
 */
stages: Array<StageRecord>, 
/**
 * Named causes, the first to be mended first.
 */
findings: Array<Finding>, 
/**
 * The SMTP conversation without its secrets.
 */
transcript: Array<TranscriptLine>, 
/**
 * `Message-ID` of the accepted message.
 */
message_id: string | null, 
/**
 * The reference in its subject.
 */
reference: string | null, };

export type CheckEvent = { "event": "stage_started", 
/**
 * Which.
 */
stage: Stage, 
/**
 * Milliseconds since the check began.
 */
at_ms: number, } | { "event": "stage_finished", 
/**
 * How.
 */
record: StageRecord, } | { "event": "transcript", 
/**
 * The line, without secrets.
 */
line: TranscriptLine, };

export type Detail = { 
/**
 * Which stage.
 */
stage: Stage, 
/**
 * What it is.
 */
label: string, 
/**
 * What was seen.
 */
value: string, };

export type AcceptedBy = "exchange_online" | "practice_tenant" | "other_server";

export type FailurePage = { 
/**
 * Its stable name.
 */
code: string, 
/**
 * What is wrong, on one line.
 */
title: string, 
/**
 * The guide's part, 1–6; 0 is the network and this computer.
 */
part: number, 
/**
 * Who must act.
 */
owner: Owner, 
/**
 * How much it weighs on its own.
 */
severity: Severity, 
/**
 * By what it is recognised.
 */
seen: string, 
/**
 * What it means.
 */
explanation: string, 
/**
 * What to do.
 */
fixes: Array<Fix>, };

export type StepState = { "state": "proven" } | { "state": "contradicted", 
/**
 * The finding's code.
 */
code: string, 
/**
 * Its title.
 */
title: string, } | { "state": "ticked" } | { "state": "not_known" } | { "state": "not_needed" };

export type GuidePart = { 
/**
 * 1–6; 7 is the renewal of the secret, which the printed guide does not have.
 */
number: number, 
/**
 * What it is about.
 */
title: string, 
/**
 * Who does it.
 */
owner: Owner, 
/**
 * How it stands.
 */
state: StepState, 
/**
 * What is to be done, in order.
 */
steps: Array<GuideStep>, };

export type GuideStep = { 
/**
 * Its stable name, for ticks.
 */
id: string, 
/**
 * What.
 */
what: string, 
/**
 * Why, and where the printed guide says otherwise.
 */
why: string, 
/**
 * Where: the menu path.
 */
place: string | null, 
/**
 * The page to begin at.
 */
url: string | null, 
/**
 * The command with this profile's values.
 */
command: string | null, 
/**
 * How it stands.
 */
state: StepState, };

export type ScriptKind = "setup" | "verify" | "undo";

export type Refusal = { "reason": "not_reply" } | { "reason": "damaged" } & Damage | { "reason": "foreign" } & Foreign | { "reason": "expired", 
/**
 * When the request was made.
 */
made_at: string, } | { "reason": "replayed" } | { "reason": "version", 
/**
 * The version of its contents.
 */
version: number, } | { "reason": "malformed" } & Part | { "reason": "secret_ended", 
/**
 * Its last day.
 */
on: string, };

export type Damage = { "damage": "first_line" } | { "damage": "last_line" } | { "damage": "character", 
/**
 * Which.
 */
character: string, } | { "damage": "length", 
/**
 * How many a block has.
 */
expected: number, 
/**
 * How many there are.
 */
found: number, } | { "damage": "checksum" };

export type Foreign = { "foreign": "no_request" } | { "foreign": "no_key" } | { "foreign": "other_key" } | { "foreign": "other_request" };

export type Part = { "part": "contents" } | { "part": "tenant_id" } | { "part": "client_id" } | { "part": "object_id" } | { "part": "secret" } | { "part": "secret_is_id" } | { "part": "end_date" };

export type Filled = { 
/**
 * Which.
 */
field: Field, 
/**
 * What stood there.
 */
before: string, 
/**
 * What stands there now.
 */
now: string, };

export type Accepted = { 
/**
 * The profile as it is kept now.
 */
profile: Profile, 
/**
 * The fields that were filled, in Incorta's order.
 */
filled: Array<Filled>, 
/**
 * Where the client secret is.
 */
secret: SecretStatus, 
/**
 * The Object ID of the enterprise application, for commands in Exchange Online.
 */
object_id: string, 
/**
 * The client secret's last day.
 */
ends_on: string, };

export type Start = { 
/**
 * The product's version.
 */
version: string, 
/**
 * The form's rows, in Incorta's order.
 */
fields: Array<FieldDefinition>, 
/**
 * All profiles.
 */
profiles: Array<Profile>, 
/**
 * The one used last.
 */
selected: string | null, 
/**
 * What people call the credential store.
 */
secret_store_name: string, 
/**
 * What to say once.
 */
notices: Array<StartNotice>, 
/**
 * The reserved identifier of the practice tenant's profile.
 */
practice_profile_id: string, 
/**
 * The largest report file that is read, in bytes.
 */
report_size_limit: number, 
/**
 * The codes of the failures that can be explained.
 */
failure_codes: Array<string>, };

export type StartNotice = { "code": "profiles_set_aside", 
/**
 * Where it is now.
 */
path: string, 
/**
 * What was wrong with it.
 */
reason: string, } | { "code": "requests_set_aside", 
/**
 * Where it is now.
 */
path: string, 
/**
 * What was wrong with it.
 */
reason: string, };

export type Validation = { 
/**
 * Everything to say, in the order of the fields.
 */
issues: Array<Issue>, 
/**
 * The rows visible with these settings.
 */
shown: Array<Field>, 
/**
 * No issue is an error.
 */
ready: boolean, };

export type PasteOutcome = { 
/**
 * Fields to fill; empty when the text is nothing special.
 */
changes: Array<FieldChange>, 
/**
 * Where a secret in the pasted text was stored.
 */
secret_status: SecretStatus | null, 
/**
 * Why a secret in the pasted text was not stored.
 */
secret_error: CommandError | null, };

export type SecretStored = { 
/**
 * Where it is.
 */
status: SecretStatus, 
/**
 * What its form says.
 */
issues: Array<Issue>, };

export type ProfileFact = { "fact": "access_path", 
/**
 * The way.
 */
access_path: AccessPath, } | { "fact": "secret_expires_on", 
/**
 * As typed; empty when it is not known.
 */
date: string, } | { "fact": "changed_now" } | { "fact": "step_ticked", 
/**
 * The step's name.
 */
step: string, 
/**
 * Whether it is done.
 */
ticked: boolean, };

export type Guide = { 
/**
 * The six parts.
 */
parts: Array<GuidePart>, 
/**
 * The renewal of the client secret.
 */
renewal: GuidePart, 
/**
 * How many of the parts in Microsoft 365 the last check proved.
 */
proven: number, 
/**
 * How many of them there are to prove.
 */
provable: number, };

export type RequestMade = { 
/**
 * The file to send.
 */
path: string, 
/**
 * Until when the reply can be opened, RFC 3339 UTC.
 */
expires_at: string, 
/**
 * Where the key that opens the reply is.
 */
key: SecretStatus, };

export type ReportOrder = { 
/**
 * Incorta's address, or the dashboard's.
 */
cluster: string, 
/**
 * The tenant's name.
 */
tenant: string, 
/**
 * The dashboard's GUID; may be empty where the address holds it.
 */
dashboard: string, 
/**
 * The recipient.
 */
to: string, };

export type SendReportIssue = "cluster" | "clear_text" | "tenant" | "dashboard" | "recipient";

export type SendReportOutcome = { 
/**
 * Incorta took the order.
 */
started: boolean, 
/**
 * In one line.
 */
title: string, 
/**
 * What that means, and what to do.
 */
text: string, };

export type CheckRequest = { 
/**
 * The profile's identifier.
 */
profile_id: string, 
/**
 * Recipients as typed; the sender mailbox when empty.
 */
recipients: Array<string>, 
/**
 * How far to go.
 */
depth: Depth, 
/**
 * Check again until it passes.
 */
keep_trying: boolean, };

export type WaitEvent = { "event": "not_yet", 
/**
 * What it found.
 */
report: Report, 
/**
 * RFC 3339 UTC.
 */
next_check_at: string, };

export type CheckNews = CheckEvent | WaitEvent;

export type CheckEnded = { 
/**
 * Its report.
 */
report: Report, 
/**
 * Who accepted the message, if it was.
 */
accepted_by: AcceptedBy | null, };

export type ReportFormat = "html" | "markdown" | "json";

export type PracticeValues = { 
/**
 * The sender mailbox.
 */
mailbox: string, 
/**
 * Application (client) ID.
 */
client_id: string, 
/**
 * Directory (tenant) ID.
 */
tenant_id: string, 
/**
 * Object ID of the enterprise application.
 */
object_id: string, };

export type Practice = { 
/**
 * What its administrator hands over, but for the secret.
 */
values: PracticeValues, 
/**
 * What its administrator can change.
 */
switches: Array<PracticeSwitch>, 
/**
 * The messages it took, newest first.
 */
inbox: Array<PracticeMail>, };

export type PracticeChoice = { 
/**
 * Stable identifier, snake_case.
 */
value: string, 
/**
 * What it is called on screen.
 */
label: string, };

export type PracticeSwitch = { 
/**
 * Stable identifier, snake_case: the name of the field in [`TenantState`].
 */
id: string, 
/**
 * The guide's part, 0 (network and this computer) to 5.
 */
part: number, 
/**
 * What it is called on screen.
 */
label: string, 
/**
 * What it can be set to, the healthy choice first.
 */
choices: Array<PracticeChoice>, 
/**
 * The identifier of the choice in force.
 */
value: string, };

export type PracticeMail = { 
/**
 * Unique in this tenant.
 */
id: string, 
/**
 * When it was accepted, RFC 3339, UTC.
 */
received_at: string, 
/**
 * Address of the `From` header; the envelope's sender where there is none.
 */
from: string, 
/**
 * The envelope's recipients.
 */
to: Array<string>, 
/**
 * The decoded subject.
 */
subject: string, 
/**
 * The decoded text body.
 */
text: string, };

export type CommandError = { "code": "invalid_request", 
/**
 * Which, and why.
 */
reason: string, } | { "code": "profile_not_found" } | { "code": "profiles_not_read", 
/**
 * Which file.
 */
path: string, 
/**
 * The operating system's words.
 */
reason: string, } | { "code": "profiles_not_written", 
/**
 * Which file.
 */
path: string, 
/**
 * The operating system's words.
 */
reason: string, } | { "code": "file_newer", 
/**
 * Which file.
 */
path: string, 
/**
 * Its version.
 */
version: number, } | { "code": "secret_empty" } | { "code": "secret_too_long", 
/**
 * The limit, in characters.
 */
limit: number, } | { "code": "secret_not_stored" } | { "code": "secret_unreadable" } | { "code": "store_locked" } | { "code": "store_failed", 
/**
 * Its words, without the secret.
 */
reason: string, } | { "code": "clipboard_unavailable", 
/**
 * Its words.
 */
reason: string, } | { "code": "settings_invalid", 
/**
 * All its issues.
 */
issues: Array<Issue>, } | { "code": "check_running" } | { "code": "practice_failed", 
/**
 * Why.
 */
reason: string, } | { "code": "link_not_allowed", 
/**
 * The address.
 */
url: string, } | { "code": "report_too_large", 
/**
 * The limit, in bytes.
 */
limit: number, } | { "code": "report_not_json", 
/**
 * Where it stops being JSON; the first line is 1.
 */
line: number, 
/**
 * In that line; the first character is 1.
 */
column: number, } | { "code": "report_malformed", 
/**
 * The part in question.
 */
place: string, 
/**
 * What is wrong with it.
 */
reason: string, } | { "code": "report_newer", 
/**
 * Its schema.
 */
schema: number, } | { "code": "report_not_masked" } | { "code": "file_not_saved", 
/**
 * The folder that was tried last.
 */
folder: string, 
/**
 * The operating system's words.
 */
reason: string, } | { "code": "date_malformed" } | { "code": "store_unavailable" } | { "code": "reply_refused", 
/**
 * Why.
 */
refusal: Refusal, 
/**
 * The same in words, with what to do.
 */
text: string, } | { "code": "send_report_incomplete", 
/**
 * What is wrong.
 */
issue: SendReportIssue, 
/**
 * The same in words.
 */
text: string, } | { "code": "requests_not_read", 
/**
 * Which file.
 */
path: string, 
/**
 * The operating system's words.
 */
reason: string, } | { "code": "requests_not_written", 
/**
 * Which file.
 */
path: string, 
/**
 * The operating system's words.
 */
reason: string, };
