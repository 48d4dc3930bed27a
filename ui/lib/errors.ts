// The one table from error codes to words. Total: a new code does not compile until it has words here.
// Words only; who shows them, and what the action does, is decided where the error is caught.
import type { CommandError } from "./bindings";
import { CommandFailure } from "./ipc";

/** What the person can do about it: repeat the command, see the marked fields, enter the secret, or only read. */
export type ErrorAction = "try_again" | "show_fields" | "enter_secret" | "none";

/** `title`: what happened, one line. `detail`: what to do or why, when more can be said. */
export type ErrorWords = { title: string; detail: string | null; action: ErrorAction };

/** The words for an error of the shell. */
export function wordsFor(error: CommandError): ErrorWords {
  switch (error.code) {
    case "invalid_request":
      return words("That did not work", error.reason, "try_again");
    case "profile_not_found":
      return words("This profile no longer exists", "It may have been deleted. Choose another one.", "none");
    case "profiles_not_read":
      return words("The profiles could not be read", `${error.path}: ${error.reason}`, "try_again");
    case "profiles_not_written":
      return words("The change is not saved yet", `${error.path}: ${error.reason}`, "try_again");
    case "file_newer":
      return words(
        "A newer release was here before",
        `${error.path} has version ${error.version}, which this release does not read. The file stays as it is. Update Incorta Mail Setup.`,
        "none",
      );
    case "secret_empty":
      return words("The secret is empty", "Paste the secret's Value, then store it.", "enter_secret");
    case "secret_too_long":
      return words("The secret is too long", `At most ${error.limit} characters are stored.`, "enter_secret");
    case "secret_not_stored":
      return words("The client secret is missing", "Enter it under SMTP OAuth Client Secret.", "enter_secret");
    case "secret_unreadable":
      return words(
        "The credential store holds something else under this profile's name",
        "Another program may have put it there. Enter the secret to replace it.",
        "enter_secret",
      );
    case "store_locked":
      return words("The credential store is locked", "Unlock it, then try again.", "try_again");
    case "store_failed":
      return words("The credential store did not answer as expected", error.reason, "try_again");
    case "clipboard_unavailable":
      return words("The clipboard did not take it", error.reason, "try_again");
    case "settings_invalid":
      return words(
        "Some fields need attention first",
        error.issues[0]?.text ?? "They are marked in the form.",
        "show_fields",
      );
    case "check_running":
      return words("Another check is running", "Wait until it ends, or stop it.", "none");
    case "practice_failed":
      return words("The practice tenant did not start", error.reason, "try_again");
    case "link_not_allowed":
      return words("This address is not opened from here", error.url, "none");
    case "report_too_large":
      return words("This file is too large for a report", `At most ${error.limit / 1024 / 1024} MiB are read.`, "none");
    case "report_not_json":
      return words(
        "This file is not a report",
        `It is not JSON from line ${error.line}, column ${error.column} on.`,
        "none",
      );
    case "report_malformed":
      return words("This file is not a report", `At “${error.place}”: ${error.reason}`, "none");
    case "report_newer":
      return words(
        "This report is from a newer release",
        `It has schema ${error.schema}, which this release does not read. Update Incorta Mail Setup to open it.`,
        "none",
      );
    case "report_not_masked":
      return words("The addresses could not be masked", "Nothing was saved.", "none");
    case "file_not_saved":
      return words("The file could not be saved", `${error.folder}: ${error.reason}`, "try_again");
    case "date_malformed":
      return words("This is no date", "Write it as year-month-day, such as 2026-12-18.", "none");
    case "store_unavailable":
      return words(
        "No credential store answers on this computer",
        "The key that opens the reply was kept for an earlier run only. Ask again.",
        "none",
      );
    case "reply_refused":
      return words("The reply was not taken", error.text, "none");
    case "send_report_incomplete":
      return words("Nothing was ordered yet", error.text, "none");
    case "requests_not_read":
      return words("The requests could not be read", `${error.path}: ${error.reason}`, "try_again");
    case "requests_not_written":
      return words("The request could not be kept", `${error.path}: ${error.reason}`, "try_again");
    default:
      return unknownCode(error);
  }
}

/** The shell's error inside whatever was caught. Anything else is a mistake of the window and stays one. */
export function commandError(caught: unknown): CommandError {
  if (caught instanceof CommandFailure) return caught.error;
  throw caught;
}

function words(title: string, detail: string | null, action: ErrorAction): ErrorWords {
  return { title, detail: detail === "" ? null : detail, action };
}

/** Reached only by a shell newer than this page; the parameter's type keeps the table total. */
function unknownCode(error: never): ErrorWords {
  return words("That did not work", String((error as { code: unknown }).code), "none");
}
