// The last day of a profile's client secret: as typed, and how far off it is. What is a day, and how days are counted,
// is Rust's word.
import type { CommandError } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";

export class SecretEnd {
  /** Why the text that stands in the box was not taken. */
  problem = $state.raw<CommandError | null>(null);
  /** Negative once it has passed; null until it is counted, or where there is nothing to count. */
  daysLeft = $state.raw<number | null>(null);
  #run = 0;

  /** Counts the days to the date that is kept; empty when none is. */
  async count(date: string): Promise<void> {
    const run = ++this.#run;
    this.daysLeft = null;
    if (date === "") return;
    // The count only helps: what cannot be counted, e.g. a date that another program wrote, stands without it.
    const counted = await ipc.daysLeft(date).catch(() => null);
    if (run === this.#run) this.daysLeft = counted;
  }

  /** Hands the text over; resolves to whether it was taken. */
  async set(keep: () => Promise<void>): Promise<boolean> {
    this.problem = null;
    try {
      await keep();
      return true;
    } catch (caught) {
      this.problem = commandError(caught);
      return false;
    }
  }
}
