// Logic of the check of one profile: starts and stops it, follows its stages, keeps its report while the window is
// open. What a result means is Rust's word (findings); how it looks is the components'.
import type { CheckEvent, CommandError, Depth, EmailSettings, Report, Stage, TranscriptLine } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";
import { PENDING, type ShownCheck, type StageView, type StageViews, viewOf, viewsOf } from "./shown";

/** What a check needs from the form beside it. */
export type CheckSubject = {
  /** Saves what waits to be saved and settles the validation. `unsaved` was told already by who saves. */
  prepare(): Promise<"ready" | "invalid" | "unsaved">;
  settings(): EmailSettings;
  secretVersion(): number;
  /** The check was refused: show why where it belongs. */
  refused(error: CommandError): void;
  finished(): void;
};

export class CheckRunner implements ShownCheck {
  recipients = $state("");
  running = $state(false);
  stopping = $state(false);
  report = $state.raw<Report | null>(null);
  error = $state.raw<CommandError | null>(null);
  transcript = $state.raw<TranscriptLine[]>([]);
  /** Whom the last check wrote to. */
  sentTo = $state.raw<string[]>([]);
  /** The user saw the test message arrive. */
  arrived = $state(false);
  #stages = $state.raw<StageViews>({});
  #checked = $state.raw<{ settings: EmailSettings; secretVersion: number } | null>(null);
  #touched = $state(false);

  constructor(
    private readonly profileId: string,
    private readonly subject: CheckSubject,
  ) {}

  stage(stage: Stage): StageView {
    return this.#stages[stage] ?? PENDING;
  }

  /** What the last report was about, or null before the first. */
  get checkedSettings(): EmailSettings | null {
    return this.report && this.#checked ? this.#checked.settings : null;
  }

  get secretChanged(): boolean {
    return this.#checked !== null && this.#checked.secretVersion !== this.subject.secretVersion();
  }

  /** Something outside the form changed since the report, e.g. a switch of the practice tenant. */
  get changedElsewhere(): boolean {
    return this.#touched;
  }

  markChanged(): void {
    if (this.report) this.#touched = true;
  }

  async run(depth: Depth): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.stopping = false;
    this.error = null;
    try {
      const readiness = await this.subject.prepare();
      if (readiness === "invalid") this.error = { code: "settings_invalid", issues: [] };
      if (readiness !== "ready") return;
      await this.#check(depth);
    } catch (caught) {
      this.error = commandError(caught);
      this.subject.refused(this.error);
    } finally {
      this.running = false;
      this.stopping = false;
    }
  }

  async stop(): Promise<void> {
    if (!this.running || this.stopping) return;
    this.stopping = true;
    await ipc.checkCancel();
  }

  async #check(depth: Depth): Promise<void> {
    const settings = this.subject.settings();
    const secretVersion = this.subject.secretVersion();
    const before = this.#result();
    this.report = null;
    this.arrived = false;
    this.transcript = [];
    this.#stages = {};
    this.#touched = false;
    const recipients = addresses(this.recipients || settings.system_email_address);
    const request = { profile_id: this.profileId, recipients, depth };
    let isOpen = true;
    const report = await ipc
      .checkStart(request, (event) => {
        if (isOpen) this.#follow(event);
      })
      .catch((caught) => {
        // It did not start: what was proven before still stands.
        before();
        throw caught;
      })
      .finally(() => {
        isOpen = false;
      });
    this.sentTo = recipients;
    this.#checked = { settings, secretVersion };
    this.transcript = report.transcript;
    this.#stages = viewsOf(report);
    this.report = report;
    this.subject.finished();
  }

  /** Remembers the present result; the answer puts it back. */
  #result(): () => void {
    const { report, arrived, transcript } = this;
    const stages = this.#stages;
    const touched = this.#touched;
    return () => {
      Object.assign(this, { report, arrived, transcript });
      this.#stages = stages;
      this.#touched = touched;
    };
  }

  #follow(event: CheckEvent): void {
    if (event.event === "transcript") {
      this.transcript = [...this.transcript, event.line];
    } else if (event.event === "stage_started") {
      this.#stages = { ...this.#stages, [event.stage]: { ...PENDING, state: "running" } };
    } else {
      this.#stages = { ...this.#stages, [event.record.stage]: viewOf(event.record) };
    }
  }
}

/** Recipients as typed, separated by commas, semicolons or blanks. */
export function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}
