// The stages as the pane draws them: two lanes that run side by side, then the dialogue after the sign-in.
import type { AcceptedBy, Depth, Outcome, Report, Stage } from "../../lib/bindings";

export const TOKEN_LANE: Stage[] = ["token", "claims"];
export const SMTP_LANE: Stage[] = ["resolve", "connect", "greeting", "starttls"];
export const DIALOGUE: Stage[] = ["sign_in", "sender", "recipient", "message"];
/** The stages that speak with a server. What the settings' stage says stands at the fields of the form. */
export const SERVER_STAGES: Stage[] = [...TOKEN_LANE, ...SMTP_LANE, ...DIALOGUE];
export const ALL_STAGES: Stage[] = ["settings", ...SERVER_STAGES];

export const STAGE_NAMES: Record<Stage, string> = {
  settings: "Settings",
  token: "Token",
  claims: "Claims",
  resolve: "Resolve",
  connect: "Connect",
  greeting: "Greeting",
  starttls: "TLS",
  sign_in: "Sign-in",
  sender: "Sender",
  recipient: "Recipient",
  message: "Message",
};

/** How a check ended. */
export const OUTCOME_WORDS: Record<Outcome, string> = {
  passed: "Passed",
  warned: "Passed with a warning",
  failed: "Failed",
  cancelled: "Stopped",
};

/** What a passed check of each depth shows, and what it leaves open. */
export const DEPTH_WORDS: Record<Depth, { choice: string; reached: string; open: string | null }> = {
  message: { choice: "Send a test message", reached: "Accepted", open: null },
  sign_in: {
    choice: "Sign in only",
    reached: "Exchange Online accepted the sign-in",
    open: "Not proven: that this mailbox may send, and that a message is taken.",
  },
  connection: {
    choice: "Connection only",
    reached: "The mail server answers over TLS",
    open: "Not proven: the sign-in, and that this mailbox may send.",
  },
  token: {
    choice: "Token only",
    reached: "Microsoft issued a token",
    open: "Not proven: the connection to the mail server, the sign-in, and that this mailbox may send.",
  },
};

/** Who took the message, where Rust says who it was. */
export function acceptorOf(acceptedBy: AcceptedBy | null, report: Report): string {
  if (acceptedBy === "exchange_online") return "Exchange Online";
  if (acceptedBy === "practice_tenant") return "the practice tenant";
  if (acceptedBy === "other_server") return `${report.settings.smtp_host.trim()}, which is not Exchange Online`;
  return "the mail server";
}

/** What a passed check has shown, in a few words. */
export function reachedBy(report: Report, acceptor: string): string {
  const { reached, open } = DEPTH_WORDS[report.depth];
  return open === null ? `${reached} by ${acceptor}` : reached;
}
