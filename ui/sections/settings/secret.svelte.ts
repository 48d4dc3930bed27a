// Where the client secret of one profile stands. The secret itself passes through `store` once and is kept nowhere:
// not in a field of this class, not in the page.
import type { CommandError, Issue, SecretStatus } from "../../lib/bindings";
import { commandError } from "../../lib/errors";
import * as ipc from "../../lib/ipc";

/** A store that nobody has to open answers sooner, in milliseconds. */
const PATIENCE = 3000;

export class SecretKeeper {
  /** Null until the store answered. */
  status = $state.raw<SecretStatus | null>(null);
  issues = $state.raw<Issue[]>([]);
  error = $state.raw<CommandError | null>(null);
  /** True while a stored secret is being replaced. */
  replacing = $state(false);
  busy = $state(false);
  /** The store has not answered for a while: it may be asking a person for its password. */
  isWaiting = $state(false);
  /** Counts the secrets that were stored or forgotten, so that others can tell a new one. */
  version = $state(0);

  #work: Promise<void> = Promise.resolve();

  constructor(private readonly profileId: string) {}

  get isStored(): boolean {
    return this.status === "stored" || this.status === "kept_for_this_run";
  }

  load(): Promise<void> {
    return this.#run(async () => {
      this.status = await ipc.secretStatus(this.profileId);
    });
  }

  store(secret: string): Promise<void> {
    return this.#run(async () => {
      const { status, issues } = await ipc.secretStore(this.profileId, secret);
      this.received(status);
      this.issues = issues;
    });
  }

  forget(): Promise<void> {
    return this.#run(async () => {
      this.received(await ipc.secretForget(this.profileId));
    });
  }

  /** Another command, e.g. a paste, changed the secret. */
  received(status: SecretStatus): void {
    this.status = status;
    this.issues = [];
    this.error = null;
    this.replacing = false;
    this.version += 1;
  }

  /** A check or a copy found no secret. */
  missing(): void {
    this.error = { code: "secret_not_stored" };
  }

  /** Resolves when the store has answered, e.g. about a secret that was typed right before a check. */
  settled(): Promise<void> {
    return this.#work;
  }

  #run(work: () => Promise<void>): Promise<void> {
    this.#work = this.#attempt(work);
    return this.#work;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = null;
    const patience = setTimeout(() => {
      this.isWaiting = true;
    }, PATIENCE);
    try {
      await work();
    } catch (caught) {
      const error = commandError(caught);
      if (error.code === "store_locked") this.status = "store_locked";
      this.error = error;
    } finally {
      clearTimeout(patience);
      this.isWaiting = false;
      this.busy = false;
    }
  }
}
