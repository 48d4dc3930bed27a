// Logic of the e-mail settings form of one profile: what was typed, what Rust says of it, saving it, and taking a
// paste back. No rule about a value lives here. The secret has its own controller.
import type { EmailSettings, Field, Issue, PasteOutcome, Profile, Suggestion, Validation } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";
import { isSettingsField, rebased, type SettingsField, sameSettings, textOf, withChanges, withText } from "./values";

/** A remark under a field about a change that the window made itself. */
export type Note = { text: string; undo: (() => void) | null };

/** What the form tells the rest of the window. */
export type FormEvents = {
  saved(profile: Profile): void;
  saveFailed(caught: unknown): void;
  failed(caught: unknown): void;
};

const SAVE_DELAY_MS = 300;

export class SettingsForm {
  settings: EmailSettings = $state.raw() as EmailSettings;
  /** Null until the first answer came. */
  validation = $state.raw<Validation | null>(null);
  notes = $state.raw<Partial<Record<Field, Note>>>({});
  /** True once a check was asked for: from then on empty required fields are told too. */
  tried = $state(false);
  #left = $state.raw<ReadonlySet<Field>>(new Set());
  #validationRun = 0;
  #validating: Promise<void> = Promise.resolve();
  #saveTimer: ReturnType<typeof setTimeout> | null = null;
  #unsaved = false;
  /** The settings as the file was last known to hold them. */
  #base: EmailSettings;
  #saving: Promise<boolean> = Promise.resolve(true);
  #saves = 0;

  constructor(
    readonly profileId: string,
    settings: EmailSettings,
    private readonly events: FormEvents,
  ) {
    this.settings = settings;
    this.#base = settings;
  }

  set(field: SettingsField, text: string): void {
    const next = withText(this.settings, field, text);
    if (next[field] === this.settings[field]) return;
    this.#forgetNote(field);
    this.#change(next);
  }

  /** Something was typed that the file does not hold yet. */
  get isUnsaved(): boolean {
    return this.#unsaved;
  }

  /**
   * To be asked for before the file is read: takes over what it holds, but for what was typed here. A save that began
   * meanwhile answers with newer news, so that these are dropped.
   */
  awaitNews(): (kept: EmailSettings) => void {
    const saves = this.#saves;
    return (kept) => {
      if (saves === this.#saves) this.follow(kept);
    };
  }

  /** The file holds `kept`, and held or was told to hold `known` before: fields not typed into since then follow. */
  follow(kept: EmailSettings, known = this.#base): void {
    this.#base = kept;
    const before = this.settings;
    const next = rebased(known, before, kept);
    if (sameSettings(next, before)) return;
    this.settings = next;
    for (const field of Object.keys(next) as SettingsField[]) {
      if (next[field] !== before[field]) this.#forgetNote(field);
    }
    void this.validate();
  }

  apply(field: Field, suggestion: Suggestion): void {
    if (isSettingsField(field)) this.set(field, suggestion.value);
  }

  /** Fills a field on the window's own account, with a remark and the way back. */
  fill(field: SettingsField, text: string, note: string): void {
    const before = textOf(this.settings, field);
    this.#change(withText(this.settings, field, text));
    this.#note(field, { text: note, undo: () => this.set(field, before) });
  }

  /**
   * Asks Rust what a pasted text holds and takes over what it found. Resolves to null when the text is nothing special
   * and belongs into its field as it is.
   */
  async paste(field: Field, text: string): Promise<PasteOutcome | null> {
    const before = this.settings;
    const outcome = await ipc.paste(this.profileId, field, text);
    const { changes, secret_status, secret_error } = outcome;
    if (changes.length === 0 && secret_status === null && secret_error === null) return null;
    this.#change(withChanges(this.settings, outcome.changes));
    const undo = () => this.#takeBack(before, outcome);
    for (const change of outcome.changes) this.#note(change.field, { text: change.note, undo });
    return outcome;
  }

  leave(field: Field): void {
    this.#left = new Set(this.#left).add(field);
  }

  /** The issues to show at a field now: an empty field is not told so before it was left or a check was tried. */
  issuesAt(field: Field, extra: Issue[] = []): Issue[] {
    const issues = [...(this.validation?.issues ?? []), ...extra].filter((issue) => issue.field === field);
    return this.#mayTell(field) ? issues : issues.filter((issue) => issue.severity !== "error");
  }

  isShown(field: Field): boolean {
    return this.validation?.shown.includes(field) ?? true;
  }

  get firstError(): Field | null {
    return this.validation?.issues.find((issue) => issue.severity === "error")?.field ?? null;
  }

  /** Asks Rust about the settings as they are; an answer to an older question is dropped. */
  validate(): Promise<void> {
    this.#validating = this.#ask(++this.#validationRun);
    return this.#validating;
  }

  /** Resolves when the answer about the latest settings is in. */
  async settled(): Promise<void> {
    let seen: Promise<void> | null = null;
    while (seen !== this.#validating) {
      seen = this.#validating;
      await seen;
    }
  }

  /** Saves at once what still waits to be saved, one save after another; resolves to whether everything is saved. */
  flush(): Promise<boolean> {
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
    const save = () => this.#save();
    this.#saving = this.#saving.then(save, save);
    return this.#saving;
  }

  /** Shows issues that another command answered with. */
  showIssues(issues: Issue[]): void {
    this.tried = true;
    const shown = this.validation?.shown ?? issues.map((issue) => issue.field);
    this.validation = { issues, shown, ready: false };
  }

  #change(settings: EmailSettings): void {
    this.settings = settings;
    this.#unsaved = true;
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.flush(), SAVE_DELAY_MS);
    void this.validate();
  }

  async #save(): Promise<boolean> {
    if (!this.#unsaved) return true;
    const sent = this.settings;
    this.#unsaved = false;
    this.#saves += 1;
    try {
      const profile = await ipc.profileSave(this.profileId, this.#base, sent);
      this.follow(profile.settings, sent);
      this.events.saved(profile);
      return true;
    } catch (caught) {
      this.#unsaved = true;
      this.events.saveFailed(caught);
      return false;
    }
  }

  async #ask(run: number): Promise<void> {
    try {
      const validation = await ipc.validate(this.settings);
      if (run === this.#validationRun) this.validation = validation;
    } catch (caught) {
      if (run === this.#validationRun) this.events.failed(caught);
    }
  }

  /** Restores what the paste replaced; fields edited since by hand elsewhere keep their text. */
  #takeBack(before: EmailSettings, outcome: PasteOutcome): void {
    const restored = outcome.changes.flatMap(({ field }) =>
      isSettingsField(field) ? [{ field, value: textOf(before, field), note: "" }] : [],
    );
    for (const { field } of outcome.changes) this.#forgetNote(field);
    this.#change(withChanges(this.settings, restored));
  }

  #mayTell(field: Field): boolean {
    const isEmpty = isSettingsField(field) && textOf(this.settings, field).trim() === "";
    return !isEmpty || this.tried || this.#left.has(field);
  }

  #note(field: Field, note: Note): void {
    this.notes = { ...this.notes, [field]: note };
  }

  #forgetNote(field: Field): void {
    const { [field]: _, ...rest } = this.notes;
    this.notes = rest;
  }
}
