// The guide of one profile as Rust tells it, and which of its parts are open.
import type { CommandError, Guide, Report } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";
import { partsToOpen } from "./states";

export class GuideBook {
  /** Null until the first answer came. */
  guide = $state.raw<Guide | null>(null);
  /** Why the last answer did not come. */
  error = $state.raw<CommandError | null>(null);
  /** Numbers of the open parts, as the accordion takes them. */
  opened = $state.raw<string[]>([]);
  /** The report that the open parts were chosen by; undefined before the first choice. */
  #openedFor: Report | null | undefined;
  #run = 0;

  constructor(private readonly profileId: string) {}

  /** Opens a part, however the others are. */
  turnTo(part: number): void {
    this.opened = [...new Set([...this.opened, String(part)])];
  }

  /** Asks for the guide as it stands with this report; each report opens the parts that need a look. */
  async load(proof: Report | null): Promise<void> {
    const run = ++this.#run;
    try {
      const guide = await ipc.guide(this.profileId, proof);
      if (run !== this.#run) return;
      this.guide = guide;
      this.error = null;
      // A tick leaves them as they are: what somebody works on does not close under their hands.
      if (proof === this.#openedFor) return;
      this.#openedFor = proof;
      this.opened = partsToOpen(guide).map(String);
    } catch (caught) {
      if (run === this.#run) this.error = commandError(caught);
    }
  }
}
