// Logic of Copy to Incorta for one profile: the rows as Rust normalised them, and which of them were taken over.
import type { CopyRow, EmailSettings, Field } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";

/** What the copy page needs from its profile. */
export type CopySource = {
  settings(): EmailSettings;
  secretVersion(): number;
  /** The last row was ticked just now. */
  taken(): void;
};

export class CopyList {
  rows = $state.raw<CopyRow[]>([]);
  /** What each ticked row held when it was ticked; the secret is told by its version. */
  #ticks = $state.raw<Partial<Record<Field, string>>>({});
  #run = 0;

  constructor(
    private readonly profileId: string,
    private readonly source: CopySource,
  ) {}

  /** Fetches the rows for the settings as they are, and unticks every row whose value is another one now. */
  async load(): Promise<void> {
    const run = ++this.#run;
    const rows = await ipc.copyRows(this.source.settings());
    if (run !== this.#run) return;
    this.rows = rows;
    const kept = rows.filter((row) => this.#ticks[row.field] === this.#markOf(row));
    this.#ticks = Object.fromEntries(kept.map((row) => [row.field, this.#markOf(row)]));
  }

  isTicked(row: CopyRow): boolean {
    return this.#ticks[row.field] === this.#markOf(row);
  }

  /** The first row that was not taken over yet. */
  get next(): CopyRow | null {
    return this.rows.find((row) => !this.isTicked(row)) ?? null;
  }

  async copy(row: CopyRow): Promise<void> {
    await (row.value === null ? ipc.secretCopy(this.profileId) : ipc.copyText(row.value));
    this.#tick(row);
  }

  /** For rows that are set by hand: done, or not done after all. */
  toggleDone(row: CopyRow): void {
    if (this.isTicked(row)) this.#ticks = { ...this.#ticks, [row.field]: undefined };
    else this.#tick(row);
  }

  async copyAll(): Promise<void> {
    await ipc.copyAll(this.source.settings());
  }

  #tick(row: CopyRow): void {
    const wasOpen = this.next !== null;
    this.#ticks = { ...this.#ticks, [row.field]: this.#markOf(row) };
    if (wasOpen && this.next === null) this.source.taken();
  }

  #markOf(row: CopyRow): string {
    return row.value ?? `version ${this.source.secretVersion()}`;
  }
}
