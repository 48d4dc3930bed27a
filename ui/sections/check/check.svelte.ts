// Logic of the check of one profile: starts and stops it, follows its stages, keeps its report while the window is
// open. What a result means is Rust's word (findings); how it looks is the components'.
import type {
  AcceptedBy,
  AccessPath,
  CheckNews,
  CommandError,
  Depth,
  EmailSettings,
  Report,
  Stage,
  TranscriptLine,
} from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";
import { PENDING, type ShownCheck, type StageView, type StageViews, viewOf, viewsOf } from "./shown";

/** What a check needs from the form beside it. */
export type CheckSubject = {
  /** Saves what waits to be saved and settles the validation. `unsaved` was told already by who saves. */
  prepare(): Promise<"ready" | "invalid" | "unsaved">;
  settings(): EmailSettings;
  secretVersion(): number;
  accessPath(): AccessPath;
  /** The check was refused: show why where it belongs. */
  refused(error: CommandError): void;
  ended(end: CheckEnd): void;
};

/** `keptTrying`: it was to be repeated until it passes, and nobody stopped it. */
export type CheckEnd = { report: Report; keptTrying: boolean };

/** What a check was about. */
type Checked = { settings: EmailSettings; secretVersion: number; accessPath: AccessPath };

export class CheckRunner implements ShownCheck {
  recipients = $state("");
  running = $state(false);
  stopping = $state(false);
  report = $state.raw<Report | null>(null);
  error = $state.raw<CommandError | null>(null);
  transcript = $state.raw<TranscriptLine[]>([]);
  /** Who accepted the last message, in Rust's word. */
  acceptedBy = $state.raw<AcceptedBy | null>(null);
  /** When the next check begins, while one is waited for. The last one's report stands until the next one ends. */
  nextAt = $state.raw<Date | null>(null);
  /** Whom the last check wrote to. */
  sentTo = $state.raw<string[]>([]);
  /** The user saw the test message arrive. */
  arrived = $state(false);
  #stages = $state.raw<StageViews>({});
  #checked = $state.raw<Checked | null>(null);
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

  /** Something besides the form changed since the report: the secret, the access path, the practice tenant. */
  get isOutdated(): boolean {
    if (this.#checked === null) return false;
    const { secretVersion, accessPath } = this.#checked;
    return this.#touched || secretVersion !== this.subject.secretVersion() || accessPath !== this.subject.accessPath();
  }

  /** Something that only its owner knows of changed, e.g. a switch of the practice tenant. */
  markChanged(): void {
    if (this.report) this.#touched = true;
  }

  /** Checks once, or again and again until it passes. */
  async run(depth: Depth, keepTrying = false): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.stopping = false;
    this.error = null;
    try {
      const readiness = await this.subject.prepare();
      if (readiness === "invalid") this.error = { code: "settings_invalid", issues: [] };
      if (readiness !== "ready") return;
      await this.#check(depth, keepTrying);
    } catch (caught) {
      this.error = commandError(caught);
      this.subject.refused(this.error);
    } finally {
      this.running = false;
      this.stopping = false;
      this.nextAt = null;
    }
  }

  async stop(): Promise<void> {
    if (!this.running || this.stopping) return;
    this.stopping = true;
    await ipc.checkCancel();
  }

  async #check(depth: Depth, keepTrying: boolean): Promise<void> {
    const settings = this.subject.settings();
    const before = this.#result();
    const recipients = addresses(this.recipients || settings.system_email_address);
    this.report = null;
    this.arrived = false;
    this.#begin();
    this.#touched = false;
    this.sentTo = recipients;
    this.#checked = {
      settings,
      secretVersion: this.subject.secretVersion(),
      accessPath: this.subject.accessPath(),
    };
    const request = { profile_id: this.profileId, recipients, depth, keep_trying: keepTrying };
    let isOpen = true;
    const ended = await ipc
      .checkStart(request, (news) => {
        if (isOpen) this.#follow(news);
      })
      .catch((caught) => {
        // It did not start: what was proven before still stands.
        before();
        throw caught;
      })
      .finally(() => {
        isOpen = false;
      });
    this.acceptedBy = ended.accepted_by;
    this.#show(ended.report);
    this.subject.ended({ report: ended.report, keptTrying: keepTrying && !this.stopping });
  }

  /** Remembers the present result; the answer puts it back. */
  #result(): () => void {
    const { report, arrived, transcript, sentTo } = this;
    const [stages, touched, checked] = [this.#stages, this.#touched, this.#checked];
    return () => {
      Object.assign(this, { report, arrived, transcript, sentTo });
      this.#stages = stages;
      this.#touched = touched;
      this.#checked = checked;
    };
  }

  #begin(): void {
    this.nextAt = null;
    this.transcript = [];
    this.#stages = {};
  }

  #show(report: Report): void {
    this.transcript = report.transcript;
    this.#stages = viewsOf(report);
    this.report = report;
  }

  #follow(news: CheckNews): void {
    if (news.event === "not_yet") {
      this.#show(news.report);
      this.nextAt = new Date(news.next_check_at);
    } else if (news.event === "transcript") {
      this.transcript = [...this.transcript, news.line];
    } else if (news.event === "stage_started") {
      if (this.nextAt !== null) this.#begin();
      this.#stages = { ...this.#stages, [news.stage]: { ...PENDING, state: "running" } };
    } else {
      this.#stages = { ...this.#stages, [news.record.stage]: viewOf(news.record) };
    }
  }
}

/** Recipients as typed, separated by commas, semicolons or blanks. */
export function addresses(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}
