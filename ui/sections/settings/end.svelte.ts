// The last day of a profile's client secret: as typed, and how far off it is. What is a day, and how days are counted,
// is Rust's word.
import type { CommandError } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";

export class SecretEnd {
  /** What stands in the box. */
  text = $state("");
  /** Why the text that stands in the box was not taken. */
  problem = $state.raw<CommandError | null>(null);
  /** Negative once it has passed; null until it is counted, or where there is nothing to count. */
  daysLeft = $state.raw<number | null>(null);
  /** What stood in the box when it was last kept or handed over. */
  #settled = "";
  #run = 0;

  /** Takes over the date that is kept, empty when none is, and counts the days to it. What is being typed stays. */
  async follow(date: string): Promise<void> {
    const run = ++this.#run;
    if (this.text === this.#settled) this.text = date;
    this.#settled = date;
    this.daysLeft = null;
    if (date === "") return;
    // The count only helps: what cannot be counted, e.g. a date that another program wrote, stands without it.
    const counted = await ipc.daysLeft(date).catch(() => null);
    if (run === this.#run) this.daysLeft = counted;
  }

  /** Hands the text over, and shows it as it is kept: the same day may have been typed in another way. */
  async set(keep: (date: string) => Promise<string>): Promise<void> {
    this.problem = null;
    this.#settled = this.text;
    try {
      const kept = await keep(this.text);
      if (this.text === this.#settled) this.text = kept;
      this.#settled = kept;
    } catch (caught) {
      this.problem = commandError(caught);
    }
  }
}
