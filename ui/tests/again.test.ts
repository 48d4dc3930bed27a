// A check that is repeated until it passes: what is shown between two checks, how it is stopped, what is told at its
// end. Rust repeats; the page only follows.
import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import type { CheckEnded, CheckNews, Report } from "../lib/bindings";
import { FULL_ACCESS, REFUSED_REPORT, report, stages } from "./fake-data";
import { FakeShell } from "./fake-shell";

const NEXT = new Date(2026, 10, 25, 3, 7, 30);
const NOT_YET = "Not yet: The application may not open the mailbox. Next check at 03:07:30.";

let shell: FakeShell;
/** Says what happens, and ends it. */
let send: (news: CheckNews) => void;
let end: (report: Report) => void;

beforeEach(() => {
  shell = new FakeShell().install(window);
  shell.on("check_start", (args) => {
    send = shell.sender(args);
    return new Promise<CheckEnded>((resolve) => {
      end = (ended) => resolve({ report: ended, accepted_by: ended.outcome === "passed" ? "exchange_online" : null });
    });
  });
});

async function keepTrying() {
  render(App);
  await screen.findByRole("heading", { name: "Email" });
  const user = userEvent.setup();
  fireEvent.keyDown(screen.getByRole("button", { name: "More ways to check" }), { key: "Enter" });
  await user.click(await screen.findByRole("menuitem", { name: /^Keep trying until it passes/ }));
  await vi.waitFor(() => expect(shell.called("check_start")).toHaveLength(1));
  return user;
}

const notYet = () => send({ event: "not_yet", report: REFUSED_REPORT, next_check_at: NEXT.toISOString() });
const outcomeOf = (stage: string) =>
  document.querySelector<HTMLElement>(`[data-stage="${stage}"]`)?.getAttribute("data-outcome");
const toast = () => document.querySelector(".toasts")?.textContent?.replace(/\s+/g, " ").trim();

test("Rust is asked to repeat a check of a message", async () => {
  await keepTrying();
  expect(shell.called("check_start")[0].request).toMatchObject({ depth: "message", keep_trying: true });
});

test("between two checks stands what was found, and when the next one comes", async () => {
  await keepTrying();
  notYet();
  await vi.waitFor(() => expect(screen.getAllByText(NOT_YET)).toHaveLength(2));
  expect(document.querySelector(`[data-finding="${FULL_ACCESS.code}"]`)).toBeTruthy();
  expect(outcomeOf("message")).toBe("failed");
  screen.getByRole("button", { name: "Stop" });
});

test("the next check begins with empty stages, and keeps the finding in view", async () => {
  await keepTrying();
  notYet();
  await screen.findAllByText(NOT_YET);
  const [first] = stages();
  if (!first) throw new Error("no stage");
  send({ event: "stage_started", stage: "settings", at_ms: 0 });
  send({ event: "stage_finished", record: first });
  send({ event: "stage_started", stage: "token", at_ms: 0 });
  await vi.waitFor(() => expect(outcomeOf("token")).toBe("running"));
  expect(outcomeOf("message")).toBe("pending");
  expect(screen.queryAllByText(NOT_YET)).toEqual([]);
  expect(document.querySelector(`[data-finding="${FULL_ACCESS.code}"]`)).toBeTruthy();
});

test("its end is told and stays, whoever was away", async () => {
  await keepTrying();
  notYet();
  await screen.findAllByText(NOT_YET);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  end(report());
  await vi.waitFor(() => expect(toast()).toContain("“Production” passed the check"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(toast()).toContain("“Production” passed the check");
  expect(screen.queryAllByText(/^Not yet/)).toEqual([]);
  screen.getByRole("heading", { name: "Accepted by Exchange Online" });
});

test("when the time is up, what is still wrong is told", async () => {
  await keepTrying();
  end(REFUSED_REPORT);
  await vi.waitFor(() => expect(toast()).toContain("“Production” has not passed the check in time"));
  expect(toast()).toContain(FULL_ACCESS.title);
});

test("whoever stops it is told nothing", async () => {
  const user = await keepTrying();
  notYet();
  await screen.findAllByText(NOT_YET);
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(shell.called("check_cancel")).toHaveLength(1);
  end(REFUSED_REPORT);
  await screen.findByRole("button", { name: "Send test" });
  expect(toast()).toBe("");
});
