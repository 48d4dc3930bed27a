// Stands in for the Rust shell: answers the commands of ui/lib/ipc.ts from memory, and records what was asked.
import type {
  AcceptedBy,
  CheckEnded,
  CheckNews,
  CopyRow,
  EmailSettings,
  Guide,
  GuidePart,
  Issue,
  Profile,
  ProfileFact,
  Report,
  Start,
  StepState,
} from "../lib/bindings";
import {
  DETAILS,
  EMPTY,
  ENDPOINT,
  FIELDS,
  FULL_ACCESS,
  FULL_ACCESS_PAGE,
  GUIDE_PARTS,
  OTHER_CLIENT_ID,
  PRACTICE,
  PRACTICE_ID,
  profile,
  RENEWAL_PART,
  report,
  SECRET_ENDS,
  SETTINGS,
} from "./fake-data";

// biome-ignore lint/suspicious/noExplicitAny: commands differ in their arguments
type Args = any;
export type Handler = (args: Args) => unknown;
export type Call = { command: string; args: Args };

export class FakeShell {
  readonly calls: Call[] = [];
  profiles: Profile[] = [profile("p1", "Production")];
  practiceProfile = profile(PRACTICE_ID, "Practice tenant", EMPTY);
  practice = structuredClone(PRACTICE);
  secret: "not_stored" | "stored" = "stored";
  /** What the next check ends with, and what its stages wait for. */
  report: Report = report();
  acceptedBy: AcceptedBy = "exchange_online";
  betweenStages: () => Promise<void> = () => Promise.resolve();
  #handlers: Record<string, Handler>;
  #callbacks = new Map<number, (message: unknown) => void>();
  #nextCallback = 1;

  constructor() {
    this.#handlers = this.#defaults();
  }

  /** Makes the page talk to this shell. */
  install(target: Window): this {
    Object.assign(target, {
      __TAURI_INTERNALS__: {
        invoke: (command: string, args: Args) => this.#invoke(command, args),
        transformCallback: (callback: (message: unknown) => void) => {
          const id = this.#nextCallback++;
          this.#callbacks.set(id, callback);
          return id;
        },
        unregisterCallback: (id: number) => this.#callbacks.delete(id),
      },
    });
    return this;
  }

  on(command: string, handler: Handler): void {
    this.#handlers[command] = handler;
  }

  /** What a command does now, to be wrapped. */
  handler(command: string): Handler {
    const handler = this.#handlers[command];
    if (!handler) throw new Error(`no command ${command}`);
    return handler;
  }

  called(command: string): Args[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.args);
  }

  async #invoke(command: string, args: Args): Promise<unknown> {
    this.calls.push({ command, args });
    const handler = this.#handlers[command];
    if (!handler) throw `Command ${command} not found`;
    return await handler(args);
  }

  #find(id: string): Profile {
    if (id === PRACTICE_ID) return this.practiceProfile;
    const found = this.profiles.find((one) => one.id === id);
    if (!found) throw { code: "profile_not_found" };
    return found;
  }

  #update(id: string, change: Partial<Profile>): Profile {
    const changed = { ...this.#find(id), ...change };
    if (id === PRACTICE_ID) this.practiceProfile = changed;
    this.profiles = this.profiles.map((one) => (one.id === id ? changed : one));
    return changed;
  }

  /** Sends what a check tells while it runs, one after another. */
  sender(args: Args): (message: CheckNews) => void {
    let index = 0;
    return (message) => this.#callbacks.get(args.events.id)?.({ index: index++, message });
  }

  async #check(args: Args): Promise<CheckEnded> {
    if (this.secret === "not_stored") throw { code: "secret_not_stored" };
    const send = this.sender(args);
    for (const record of this.report.stages) {
      send({ event: "stage_started", stage: record.stage, at_ms: record.start_ms });
      await this.betweenStages();
      send({ event: "stage_finished", record });
    }
    const ended = { ...this.report, started_at: new Date().toISOString() };
    return { report: ended, accepted_by: ended.outcome === "failed" ? null : this.acceptedBy };
  }

  #defaults(): Record<string, Handler> {
    const removed = new Map<string, Profile>();
    return {
      start: (): Start => ({
        version: "0.1.0",
        fields: FIELDS,
        profiles: this.profiles,
        selected: this.profiles[0]?.id ?? null,
        secret_store_name: "the system keyring",
        notices: [],
        practice_profile_id: PRACTICE_ID,
        report_size_limit: 1024 * 1024,
        failure_codes: [FULL_ACCESS.code],
      }),
      validate: ({ settings }) => validationOf(settings),
      paste: ({ text }) => pasteOf(text),
      discover_tenant: ({ address }) => ({
        state: "found",
        domain: address.split("@")[1],
        tenant_id: ENDPOINT.slice(0, 36),
        token_endpoint: ENDPOINT,
        cloud: "global",
        cloud_name: "global cloud",
        incorta_reaches: true,
      }),
      copy_rows: ({ settings }) => rowsOf(settings),
      profile_create: ({ name, address }) => {
        const made = profile(`p${this.profiles.length + 1}`, name || address.split("@")[1] || "New", {
          ...EMPTY,
          system_email_address: address,
        });
        this.profiles = [...this.profiles, made];
        return made;
      },
      profile_rename: ({ profileId, name }) => this.#update(profileId, { name }),
      profile_duplicate: ({ profileId }) => {
        const source = this.#find(profileId);
        const made = { ...source, id: `${source.id}-2`, name: `${source.name} 2` };
        this.profiles = [...this.profiles, made];
        return made;
      },
      profile_remove: ({ profileId }) => {
        removed.set(profileId, this.#find(profileId));
        this.profiles = this.profiles.filter((one) => one.id !== profileId);
        return null;
      },
      profile_restore: ({ profileId }) => {
        const restored = removed.get(profileId);
        if (!restored) throw { code: "profile_not_found" };
        this.profiles = [...this.profiles, restored];
        return restored;
      },
      profile_select: () => null,
      profiles_list: () => this.profiles,
      profile_save: ({ profileId, base, settings }) => {
        const kept = this.#find(profileId).settings;
        const changed = Object.entries(settings).filter(([field, value]) => value !== base[field]);
        return this.#update(profileId, { settings: { ...kept, ...Object.fromEntries(changed) } });
      },
      profile_set_fact: ({ profileId, fact }) => this.#update(profileId, noted(fact, this.#find(profileId))),
      guide: ({ profileId, report }) => guideOf(this.#find(profileId), report),
      script: ({ kind }) => `# ${kind}.ps1`,
      script_save: ({ kind }) => `/home/admin/Downloads/incorta-mail-${kind}.ps1`,
      reminder_save: () => "/home/admin/Downloads/incorta-mail-secret-ends-2026-12-18.ics",
      handover_request: () => ({
        path: "/home/admin/Downloads/incorta-mail-request-20261125-0307.zip",
        expires_at: "2026-12-09T03:07:00Z",
        key: "stored",
      }),
      handover_accept: () => {
        this.secret = "stored";
        const before = this.#find("p1").settings.smtp_oauth_client_id;
        const filled = this.#update("p1", {
          settings: { ...this.#find("p1").settings, smtp_oauth_client_id: OTHER_CLIENT_ID },
          secret_expires_on: "2027-05-31",
        });
        return {
          profile: filled,
          filled: [{ field: "smtp_oauth_client_id", before, now: OTHER_CLIENT_ID }],
          secret: this.secret,
          object_id: "c94f7a10-2b6e-4d83-b6f0-77d1e2a9c503",
          ends_on: "2027-05-31",
        };
      },
      send_report: ({ order }) => ({
        started: true,
        title: "Incorta took the order",
        text: `It has started a job that sends the dashboard to ${order.to}.`,
      }),
      days_left: () => 23,
      secret_status: () => this.secret,
      secret_store: () => {
        this.secret = "stored";
        return { status: this.secret, issues: [] };
      },
      secret_forget: () => {
        this.secret = "not_stored";
        return this.secret;
      },
      secret_copy: () => null,
      check_start: (args) => this.#check(args),
      check_cancel: () => null,
      report_open: ({ text }) => reportOf(text),
      report_details: () => DETAILS,
      report_message: () => null,
      report_save: ({ format }) => `/home/admin/Downloads/incorta-mail-check-20261125-0307.${format}`,
      failure_page: () => FULL_ACCESS_PAGE,
      copy_text: () => null,
      copy_all: () => null,
      open_link: () => null,
      practice_start: () => this.practice,
      practice_profile: () => this.practiceProfile,
      practice_switch: ({ id, value }) => {
        const switches = this.practice.switches.map((one) => (one.id === id ? { ...one, value } : one));
        this.practice = { ...this.practice, switches };
        return this.practice;
      },
      practice_look: () => this.practice,
      practice_fill: () => {
        this.secret = "stored";
        return this.#update(PRACTICE_ID, { settings: SETTINGS });
      },
      practice_copy_secret: () => null,
    };
  }
}

function noted(fact: ProfileFact, kept: Profile): Partial<Profile> {
  if (fact.fact === "access_path") return { access_path: fact.access_path };
  if (fact.fact === "changed_now") return { last_change_at: new Date().toISOString() };
  if (fact.fact === "step_ticked") {
    const others = kept.ticked_steps.filter((step) => step !== fact.step);
    return { ticked_steps: fact.ticked ? [...others, fact.step] : others };
  }
  if (fact.date !== "" && Number.isNaN(Date.parse(fact.date))) throw { code: "date_malformed" };
  return { secret_expires_on: fact.date || null };
}

/** Proven but for what the findings contradict; without a report, as ticked. */
function guideOf(kept: Profile, text: string | null): Guide {
  const report: Report | null = text === null ? null : JSON.parse(text);
  const parts = GUIDE_PARTS.map((part): GuidePart => {
    const against = report?.findings.find(
      ({ part: number, severity }) => number === part.number && severity === "error",
    );
    const isTicked = part.steps.every(({ id }) => kept.ticked_steps.includes(id));
    const own: StepState = { state: isTicked ? (part.number === 6 ? "proven" : "ticked") : "not_known" };
    const proven: StepState = against
      ? { state: "contradicted", code: against.code, title: against.title }
      : { state: "proven" };
    const state = report && part.number < 6 ? proven : own;
    return { ...part, state, steps: part.steps.map((step) => ({ ...step, state })) };
  });
  const ends: StepState = { state: "contradicted", code: SECRET_ENDS.code, title: SECRET_ENDS.title };
  const renewal = { ...RENEWAL_PART, state: kept.secret_expires_on === null ? RENEWAL_PART.state : ends };
  return { parts, renewal, proven: parts.filter(({ state }) => state.state === "proven").length, provable: 5 };
}

function validationOf(settings: EmailSettings) {
  const issues: Issue[] = [];
  for (const { field, label, control } of FIELDS) {
    if (control !== "text_box" || settings[field as keyof EmailSettings] !== "") continue;
    issues.push({ field, severity: "error", code: "required", text: `Enter ${label}.`, suggestion: null });
  }
  if (settings.smtp_port !== 587) {
    const suggestion = { label: "Use 587", value: "587" };
    const text = "Microsoft 365 takes submitted mail on port 587.";
    issues.push({ field: "smtp_port", severity: "warning", code: "port_other", text, suggestion });
  }
  const isOn = settings.smtp_oauth_enabled;
  const shown = FIELDS.map(({ field }) => field).filter(
    (field) => isOn || !field.startsWith("smtp_oauth") || field === "smtp_oauth_enabled",
  );
  return { issues, shown, ready: issues.every(({ severity }) => severity !== "error") };
}

function reportOf(text: string): Report {
  try {
    return JSON.parse(text);
  } catch {
    throw { code: "report_not_json", line: 1, column: 2 };
  }
}

function pasteOf(text: string) {
  const endpoint = text.replace("https://login.microsoftonline.com/", "");
  if (endpoint === text) return { changes: [], secret_status: null, secret_error: null };
  const note = "Shortened from the full address you pasted: Incorta adds the rest.";
  return {
    changes: [{ field: "smtp_oauth_token_endpoint", value: endpoint, note }],
    secret_status: null,
    secret_error: null,
  };
}

function rowsOf(settings: EmailSettings): CopyRow[] {
  return FIELDS.map(({ field, label, control }) => {
    if (control === "secret_text_box") return { field, label, control, value: null };
    const value = settings[field as keyof EmailSettings];
    return {
      field,
      label,
      control,
      value: typeof value === "boolean" ? (value ? "Enabled" : "Disabled") : String(value),
    };
  });
}
