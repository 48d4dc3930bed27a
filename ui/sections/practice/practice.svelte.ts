// Logic of the practice tenant's page: its switches and its inbox, as the tenant reports them.
import type { CommandError, Practice } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";

const LOOK_EVERY_MS = 3_000;

export class PracticeDesk {
  practice = $state.raw<Practice | null>(null);
  error = $state.raw<CommandError | null>(null);
  /** Counts answers, so that a look that was overtaken by a switch is dropped. */
  #run = 0;

  constructor(private readonly switched: () => void) {}

  start(): Promise<void> {
    return this.#take(ipc.practiceStart);
  }

  async flip(id: string, value: string): Promise<void> {
    await this.#take(() => ipc.practiceSwitch(id, value));
    this.switched();
  }

  look(): Promise<void> {
    return this.practice ? this.#take(ipc.practiceLook) : Promise.resolve();
  }

  /** Starts the tenant if needed and follows its inbox; call the answer to stop following. */
  follow(): () => void {
    void this.start();
    const timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  async #take(ask: () => Promise<Practice>): Promise<void> {
    const run = ++this.#run;
    try {
      const practice = await ask();
      if (run !== this.#run) return;
      this.practice = practice;
      this.error = null;
    } catch (caught) {
      this.error = commandError(caught);
    }
  }
}
