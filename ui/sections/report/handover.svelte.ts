// What goes out of the window from a report: to the clipboard for whoever must act, or into a file. The texts are
// Rust's; nothing of them is put together here.
import type { Detail, FailurePage, Owner, Report, ReportFormat } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";
import { answered, attempt } from "../../lib/notices";
import type { Toasts } from "../../widgets/toasts.svelte";

export class ReportHandover {
  /** Saved reports hold stand-ins in place of e-mail addresses. */
  masks = $state(false);

  constructor(private readonly toasts: Toasts) {}

  /** Null when they cannot be had. */
  details(report: Report): Promise<Detail[] | null> {
    return answered(this.toasts, () => ipc.reportDetails(report));
  }

  /** Null when there is no such page, or it cannot be had. */
  failurePage(code: string): Promise<FailurePage | null> {
    return answered(this.toasts, () => ipc.failurePage(code));
  }

  async copyMessage(report: Report, owner: Owner): Promise<void> {
    const copied = await attempt(this.toasts, () => ipc.reportMessage(report, owner));
    if (copied) this.toasts.show("Message copied", { detail: "Read it, then send it as your own." });
  }

  async save(report: Report, format: ReportFormat): Promise<void> {
    await attempt(this.toasts, async () => {
      const path = await ipc.reportSave(report, format, this.masks);
      this.toasts.show("Report saved", { detail: path });
    });
  }
}
