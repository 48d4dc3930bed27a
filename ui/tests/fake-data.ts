// Made-up answers of the Rust shell for tests and for looking at the window without it. Never part of the product.
import type {
  Detail,
  EmailSettings,
  FailurePage,
  Field,
  FieldDefinition,
  Finding,
  GuidePart,
  GuideStep,
  Practice,
  Profile,
  Report,
  Stage,
  StageRecord,
  StepState,
} from "../lib/bindings";

export const CLIENT_ID = "b7e2c0de-51aa-4c0f-8e57-9d2f6c3a1e42";
export const ENDPOINT = "3f1c1a52-7d0e-4a39-9c1d-0a6a6a2f9b11/oauth2/v2.0/token";
export const OTHER_CLIENT_ID = "5a0e1d92-84c7-4b6f-9a3d-1f2e7c8b6045";
export const PRACTICE_ID = "practice";

export const SETTINGS: EmailSettings = {
  protocol: "SMTP",
  smtp_host: "smtp.office365.com",
  smtp_port: 587,
  system_email_address: "reports@contoso.com",
  email_host_requires_authentication: true,
  senders_username_auth: false,
  smtp_oauth_enabled: true,
  smtp_oauth_client_id: CLIENT_ID,
  smtp_oauth_token_endpoint: ENDPOINT,
  smtp_oauth_scope: "https://outlook.office365.com/.default",
};

function row(
  field: Field,
  label: string,
  control: FieldDefinition["control"],
  more: Partial<FieldDefinition> = {},
): FieldDefinition {
  const group = field.startsWith("smtp_oauth") ? "oauth_configuration" : "smtp_server_settings";
  return { field, group, label, control, hint: null, options: [], ...more };
}

export const FIELDS: FieldDefinition[] = [
  row("protocol", "Email Server Protocol", "drop_down_list", { options: ["SMTP", "SMTPS"] }),
  row("smtp_host", "SMTP Host", "text_box"),
  row("smtp_port", "Port", "text_box"),
  row("system_email_address", "System Email Address", "text_box", {
    hint: "Incorta signs in and sends as this mailbox.",
  }),
  row("email_host_requires_authentication", "Email Host Requires Authentication", "toggle"),
  row("senders_username_auth", "Sender's Username Auth", "toggle"),
  row("smtp_oauth_enabled", "SMTP OAuth Enabled", "toggle"),
  row("smtp_oauth_client_id", "SMTP OAuth Client ID", "text_box", {
    hint: "Application (client) ID on the app registration’s overview page.",
  }),
  row("smtp_oauth_client_secret", "SMTP OAuth Client Secret", "secret_text_box", {
    hint: "The secret’s Value, which Entra shows once.",
  }),
  row("smtp_oauth_token_endpoint", "SMTP OAuth Token Endpoint", "text_box", {
    hint: "Filled from the mailbox’s domain. Incorta adds https://login.microsoftonline.com/ before it.",
  }),
  row("smtp_oauth_scope", "SMTP OAuth Scope", "text_box"),
];

export function profile(id: string, name: string, settings: Partial<EmailSettings> = {}): Profile {
  return {
    id,
    name,
    settings: { ...SETTINGS, ...settings },
    access_path: "classic",
    secret_expires_on: null,
    last_change_at: null,
    enterprise_application: null,
    ticked_steps: [],
    created_at: "2026-01-05T08:00:00Z",
    changed_at: "2026-01-05T08:00:00Z",
  };
}

export const EMPTY: Partial<EmailSettings> = {
  system_email_address: "",
  smtp_oauth_client_id: "",
  smtp_oauth_token_endpoint: "",
};

const TIMES: [Stage, number][] = [
  ["settings", 0],
  ["token", 212],
  ["claims", 0],
  ["resolve", 12],
  ["connect", 41],
  ["greeting", 38],
  ["starttls", 96],
  ["sign_in", 88],
  ["sender", 44],
  ["recipient", 0],
  ["message", 391],
];

export function stages(change: (record: StageRecord) => StageRecord = (record) => record): StageRecord[] {
  return TIMES.map(([stage, duration_ms]) =>
    change({ stage, outcome: "passed", start_ms: 0, duration_ms, summary: "", evidence: {} }),
  );
}

export const SECRET_ENDS: Finding = {
  code: "secret_expires_soon",
  severity: "warning",
  confidence: "certain",
  part: 1,
  owner: "entra_admin",
  title: "The secret ends in 26 days",
  explanation: "After 18 December 2026 Incorta’s mail stops. Make a new secret before then.",
  fixes: [],
};

export const FULL_ACCESS: Finding = {
  code: "full_access_missing",
  severity: "error",
  confidence: "likely",
  part: 4,
  owner: "exchange_admin",
  title: "The application may not open the mailbox",
  explanation:
    "Exchange accepted the sign-in, then refused to open reports@contoso.com. The application lacks FullAccess on it, or a new permission has not reached every server yet.",
  fixes: [
    {
      kind: "powershell",
      text: "Grant FullAccess in Exchange Online PowerShell.",
      command:
        "Add-MailboxPermission -Identity 'reports@contoso.com' `\n  -User 'c94f7a10-2b6e-4d83-b6f0-77d1e2a9c503' `\n  -AccessRights FullAccess",
      url: null,
    },
    {
      kind: "wait",
      text: "A new permission can take up to two hours.",
      command: null,
      url: "https://learn.microsoft.com/exchange",
    },
  ],
};

export const REDIRECTED: Finding = {
  ...FULL_ACCESS,
  code: "propagation_delay",
  confidence: "possible",
  title: "A new permission is still on its way",
};

export function report(more: Partial<Report> = {}): Report {
  return {
    schema: 1,
    outcome: "passed",
    profile: "Production",
    started_at: new Date().toISOString(),
    duration_ms: 914,
    depth: "message",
    settings: SETTINGS,
    stages: stages(),
    findings: [],
    transcript: [
      { at_ms: 53, direction: "received", line: "220 smtp.office365.com Microsoft ESMTP MAIL Service ready" },
      { at_ms: 54, direction: "sent", line: "EHLO contoso-admin" },
      { at_ms: 180, direction: "sent", line: "AUTH XOAUTH2 [1872 bytes redacted]" },
      { at_ms: 268, direction: "received", line: "235 2.7.0 Authentication successful" },
    ],
    message_id: "<K7Q-M4@contoso.com>",
    reference: "K7Q-M4",
    ...more,
  };
}

export const DETAILS: Detail[] = [
  { stage: "token", label: "Endpoint", value: `https://login.microsoftonline.com/${ENDPOINT}` },
  { stage: "connect", label: "Tried 52.98.1.2", value: "connected after 41 ms" },
  { stage: "starttls", label: "TLS", value: "TLS 1.3" },
  { stage: "starttls", label: "Certificate", value: "CN=outlook.com, issued by CN=DigiCert Cloud Services CA-1" },
];

export const FULL_ACCESS_PAGE: FailurePage = {
  code: FULL_ACCESS.code,
  title: FULL_ACCESS.title,
  part: 4,
  owner: "exchange_admin",
  severity: "error",
  seen: "430 4.2.0 after DATA",
  explanation: "Exchange accepts the sign-in, then refuses to open the mailbox.",
  fixes: FULL_ACCESS.fixes,
};

const NOT_KNOWN: StepState = { state: "not_known" };

function step(id: string, what: string, more: Partial<GuideStep> = {}): GuideStep {
  return { id, what, why: `Why: ${id}.`, place: null, url: null, command: null, state: NOT_KNOWN, ...more };
}

/** The guide before any check. */
export const GUIDE_PARTS: GuidePart[] = [
  guidePart(1, "Register an application", "entra_admin", [
    step("register", "Register an application.", {
      place: "Entra ID › App registrations › New registration",
      url: "https://entra.microsoft.com/",
    }),
    step("secret", "Create a client secret.", { place: "Entra ID › Certificates & secrets" }),
  ]),
  guidePart(2, "Give it the permission to send", "entra_admin", [step("consent", "Grant admin consent.")]),
  guidePart(3, "Make it known to Exchange Online", "exchange_admin", [
    step("service-principal", "Register it in Exchange Online.", { command: "New-ServicePrincipal -AppId <id>" }),
  ]),
  guidePart(4, "Give it rights on the mailbox", "exchange_admin", [
    step("full-access", "Give it FullAccess on the mailbox.", { command: "Add-MailboxPermission -Identity 'it'" }),
  ]),
  guidePart(5, "Switch SMTP AUTH on", "exchange_admin", [
    step("smtp-auth", "Switch SMTP AUTH on for the mailbox.", { command: "Set-CASMailbox -Identity 'it'" }),
  ]),
  guidePart(6, "Bring the values into Incorta", "incorta_admin", [
    step("copy", "Copy the proven values into Incorta.", { place: "CMC › Clusters" }),
    step("report", "Let Incorta send a scheduled dashboard."),
  ]),
];

export const RENEWAL_PART: GuidePart = guidePart(7, "Renew the client secret before it ends", "entra_admin", [
  step("renew-secret", "Create a new client secret."),
  step("renew-check", "Check with the new secret."),
  step("renew-remove", "Remove the old secret in Entra.", { url: "https://entra.microsoft.com/" }),
]);

function guidePart(number: number, title: string, owner: GuidePart["owner"], steps: GuideStep[]): GuidePart {
  return { number, title, owner, state: NOT_KNOWN, steps };
}

const REFUSED = "430 4.2.0 STOREDRV; mailbox logon failure";

export const REFUSED_REPORT = report({
  outcome: "failed",
  stages: stages((record) =>
    record.stage === "message" ? { ...record, outcome: "failed", duration_ms: 402, summary: REFUSED } : record,
  ),
  findings: [FULL_ACCESS, REDIRECTED, SECRET_ENDS],
});

export const PRACTICE: Practice = {
  values: {
    mailbox: "reports@contoso.com",
    client_id: CLIENT_ID,
    tenant_id: "3f1c1a52-7d0e-4a39-9c1d-0a6a6a2f9b11",
    object_id: "c94f7a10-2b6e-4d83-b6f0-77d1e2a9c503",
  },
  switches: [
    flip("application", 1, "Application", ["Registered", "Missing"]),
    flip("secret", 1, "Client secret", ["Valid", "Expired", "Wrong"]),
    flip("consent", 2, "SMTP.SendAsApp", ["Consented", "Without consent"]),
    flip("service_principal", 3, "Service principal", ["Registered", "Wrong object", "Missing"]),
    flip("full_access", 4, "FullAccess", ["Granted", "Missing"]),
    flip("smtp_auth", 5, "SMTP AUTH of the mailbox", ["Allowed", "Blocked"]),
    flip("network", 0, "Network", ["Open", "Port 587 blocked", "TLS opened by a proxy"]),
  ],
  inbox: [
    {
      id: "1",
      received_at: new Date().toISOString(),
      from: "reports@contoso.com",
      to: ["admin@contoso.com"],
      subject: "Incorta mail test K7Q-M4",
      text: "This is a test message.\n\nNothing needs to be done.",
    },
  ],
};

function flip(id: string, part: number, label: string, choices: string[]) {
  return {
    id,
    part,
    label,
    choices: choices.map((choice) => ({ value: choice, label: choice })),
    value: choices[0] ?? "",
  };
}
