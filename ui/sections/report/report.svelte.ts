// A report that was opened from a file. Whether a file is a report is Rust's word; it is kept while it is shown, and
// nowhere else.
import type { Report } from "../../lib/bindings";
import * as ipc from "../../lib/ipc";
import { checkOf, type ShownCheck } from "../check/shown";

export type OpenedReport = { fileName: string; report: Report; check: ShownCheck };

export class ReportDesk {
  opened = $state.raw<OpenedReport | null>(null);
  /** It was opened just now and takes the focus; the page takes it and clears it. */
  wanted = $state(false);
  #run = 0;

  /**
   * Shows the report in a file; resolves to whether it is shown, which it is not when another one was asked for
   * meanwhile. Rejects when the file is no report: what was shown stays.
   */
  async open(file: File, sizeLimit: number): Promise<boolean> {
    const run = ++this.#run;
    const report = await ipc.reportOpen(await beginningOf(file, sizeLimit));
    if (run !== this.#run) return false;
    this.opened = { fileName: file.name, report, check: checkOf(report) };
    this.wanted = true;
    return true;
  }

  close(): void {
    this.#run += 1;
    this.opened = null;
  }
}

/** A mark of the encoding, which is not part of the text, may stand before it. */
const MARK_BYTES = 3;

/** No more of a file than shows that it is too large. */
async function beginningOf(file: File, sizeLimit: number): Promise<string> {
  try {
    return await file.slice(0, sizeLimit + MARK_BYTES + 1).text();
  } catch (problem) {
    // A folder, or a file that is gone or may not be read: the webview's words are the only ones there are.
    const reason = problem instanceof Error ? problem.message : String(problem);
    throw new ipc.CommandFailure({ code: "invalid_request", reason });
  }
}
