// Where a profile stands after its last check, in a few words for the navigation and the copy page. Pure.
import type { AcceptedBy, CommandError, Depth, Finding, Owner, Report } from "../../lib/bindings";
import { wordsFor } from "../../lib/errors";
import { dayAndTime, timeOfDay } from "../../lib/time";
import { acceptorOf, reachedBy } from "./stages";

export type Standing = { tone: "none" | "good" | "warning" | "bad"; words: string; isProven: boolean };

/** What is known of a profile. `isChanged`: the settings differ from those that the report is about. */
export type StandingFacts = { running: boolean; report: Report | null; isChanged: boolean };

const NEEDS: Record<Owner, string> = {
  incorta_admin: "Needs a change here",
  entra_admin: "Needs Entra admin",
  exchange_admin: "Needs Exchange admin",
  network_admin: "Needs network admin",
  microsoft: "Waiting for Microsoft",
};

/** The people who can mend a finding, as the cards name them. */
export const OWNER_NAMES: Record<Owner, string> = {
  incorta_admin: "Incorta administrator",
  entra_admin: "Entra administrator",
  exchange_admin: "Exchange administrator",
  network_admin: "Network administrator",
  microsoft: "Microsoft",
};

const REACHED: Record<Exclude<Depth, "message">, string> = {
  token: "Token issued",
  connection: "Connection made",
  sign_in: "Signed in",
};

export function standingOf({ running, report, isChanged }: StandingFacts, now: Date): Standing {
  if (running) return { tone: "none", words: "Checking…", isProven: false };
  if (report === null) return { tone: "none", words: "Not checked yet", isProven: false };
  if (isChanged) return { tone: "warning", words: "Changed since the check", isProven: false };
  if (report.outcome === "cancelled") return { tone: "none", words: "Check stopped", isProven: false };
  if (report.outcome === "failed") return { tone: "bad", words: needOf(report), isProven: false };
  const when = dayAndTime(endOf(report), now);
  if (report.depth !== "message") return { tone: "none", words: `${REACHED[report.depth]} ${when}`, isProven: false };
  return { tone: "good", words: `Proven ${when}`, isProven: true };
}

/** What is heard of a check. */
type Heard = {
  running: boolean;
  nextAt: Date | null;
  report: Report | null;
  acceptedBy: AcceptedBy | null;
  error: CommandError | null;
};

/** What a screen reader hears of a check: that it runs or waits, and what came of it. */
export function announcementOf({ running, nextAt, report, acceptedBy, error }: Heard): string {
  if (report !== null && nextAt !== null) return notYet(report, nextAt);
  if (running) return "The check is running.";
  if (error !== null) return `The check did not start. ${wordsFor(error).title}.`;
  if (report === null) return "";
  if (report.outcome === "cancelled") return "The check was stopped.";
  if (report.outcome === "failed") return `The check failed. ${report.findings[0]?.title ?? ""}`;
  return `The check passed. ${reachedBy(report, acceptorOf(acceptedBy, report))}.`;
}

/** What is said between two checks. */
export function notYet(report: Report, nextAt: Date): string {
  const cause = report.findings[0]?.title ?? "The check failed";
  return `Not yet: ${cause}. Next check at ${timeOfDay(nextAt)}.`;
}

/** What was asked for is proven, perhaps with something to look at. */
export function hasPassed(report: Report): boolean {
  return report.outcome === "passed" || report.outcome === "warned";
}

/** The findings that keep mail from going out, the first to be mended first. */
export function errorsOf(report: Report): Finding[] {
  return report.findings.filter((finding) => finding.severity === "error");
}

/** When the check ended. */
export function endOf(report: Report): Date {
  return new Date(Date.parse(report.started_at) + report.duration_ms);
}

function needOf(report: Report): string {
  const [error] = errorsOf(report);
  return error ? NEEDS[error.owner] : "The last check failed";
}
