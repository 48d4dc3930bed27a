// Finds the Microsoft 365 tenant of the sender mailbox while it is typed. Which cloud Incorta reaches is Rust's word.
import type { TenantDiscovery } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";

export type FoundTenant = Extract<TenantDiscovery, { state: "found" }>;

/** How long the typing must rest before the domain is looked up. */
const SETTLE_MS = 900;
/** Saves a question about half an address; whether an address is valid is decided in Rust. */
const LOOKS_WHOLE = /^\S+@[^\s@]+\.[^\s@]{2,}$/;

export class TenantFinder {
  discovery = $state.raw<TenantDiscovery | null>(null);
  #asked: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly profileId: string,
    private readonly found: (tenant: FoundTenant) => void,
  ) {}

  /** The address changed: look once the typing rests. */
  typed(address: string): void {
    if (address.trim() === this.#asked) return;
    this.discovery = null;
    this.#asked = null;
    this.#stopTimer();
    this.#timer = setTimeout(() => void this.look(address), SETTLE_MS);
  }

  /** Looks at once; the same address is asked once only, and answers to an older address are dropped. */
  async look(address: string): Promise<void> {
    this.#stopTimer();
    const wanted = address.trim();
    if (wanted === this.#asked || !LOOKS_WHOLE.test(wanted)) return;
    this.#asked = wanted;
    const discovery = await this.#discover(wanted);
    if (this.#asked !== wanted) return;
    // An unreachable lookup is repeated when the field is left again.
    if (discovery.state === "unreachable") this.#asked = null;
    this.discovery = discovery;
    if (discovery.state === "found") this.found(discovery);
  }

  /** Looks even if this address was asked before: the shell remembers the tenant of the profile it was last asked for. */
  lookAgain(address: string): Promise<void> {
    this.#asked = null;
    return this.look(address);
  }

  async #discover(address: string): Promise<TenantDiscovery> {
    try {
      return await ipc.discoverTenant(this.profileId, address);
    } catch (caught) {
      // A hint that cannot be had is no reason to disturb: the check says what is wrong with the network.
      if (caught instanceof ipc.CommandFailure) return { state: "unreachable" };
      throw caught;
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
