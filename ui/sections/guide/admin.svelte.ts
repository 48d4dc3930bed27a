// What goes to whoever administers Microsoft 365: scripts and the request; and the reminder of the secret's end. The
// texts and files are Rust's.
import type { RequestMade, ScriptKind } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";
import { answered, attempt } from "../../lib/notices";
import type { Toasts } from "../../widgets/toasts.svelte";

export const SCRIPTS: Record<ScriptKind, { label: string; about: string }> = {
  setup: {
    label: "Setup",
    about:
      "Makes what is missing and nothing else. It can be run again; with -WhatIf it only shows what it would make.",
  },
  verify: { label: "Verify", about: "Reads, and says what is as it must be. It changes nothing." },
  undo: { label: "Undo", about: "Takes back what the setup made." },
};

export const SCRIPT_KINDS: ScriptKind[] = ["setup", "verify", "undo"];

export class AdminDesk {
  /** Who asks, as typed last; kept for this run only. */
  askedBy = $state("");

  constructor(private readonly toasts: Toasts) {}

  /** Null when it cannot be had, e.g. while the sender mailbox is missing. */
  script(profileId: string, kind: ScriptKind): Promise<string | null> {
    return answered(this.toasts, () => ipc.script(profileId, kind));
  }

  saveScript(profileId: string, kind: ScriptKind): Promise<boolean> {
    return this.#saved("Script saved", () => ipc.scriptSave(profileId, kind));
  }

  saveReminder(profileId: string): Promise<boolean> {
    return this.#saved("Reminder saved: open it to put it into your calendar", () => ipc.reminderSave(profileId));
  }

  /** Null when no request could be made. */
  ask(profileId: string): Promise<RequestMade | null> {
    return answered(this.toasts, () => ipc.handoverRequest(profileId, this.askedBy.trim()));
  }

  #saved(words: string, save: () => Promise<string>): Promise<boolean> {
    return attempt(this.toasts, async () => {
      this.toasts.show(words, { detail: await save() });
    });
  }
}
