// Times as the window writes them. Pure: "now" is handed in.

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockToTheSecond = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

const wholeDate = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

/** "3 November 2026 at 09:14 CET", in the computer's time zone, which is named because the time may be from elsewhere. */
export function dateAndTime(at: Date): string {
  return wholeDate.format(at);
}

/** "today, 09:14", "yesterday, 09:14" or "3 Nov, 09:14", in the computer's time zone. */
export function dayAndTime(at: Date, now: Date): string {
  return `${dayWord(at, now)}, ${clock.format(at)}`;
}

/** "09:14:05", in the computer's time zone. */
export function timeOfDay(at: Date): string {
  return clockToTheSecond.format(at);
}

function dayWord(at: Date, now: Date): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (at.toDateString() === now.toDateString()) return "today";
  if (at.toDateString() === yesterday.toDateString()) return "yesterday";
  return date.format(at);
}

/** A duration for people: "< 1 ms", "212 ms", "3.4 s". */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1) return "< 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
