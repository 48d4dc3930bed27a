// A report from a file: opened by its control or dropped, shown with what the check's own page shows, refused with
// the file's name and the reason.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import type { Report } from "../lib/bindings";
import { wordsFor } from "../lib/errors";
import { ReportDesk } from "../sections/report/report.svelte";
import { profile, REFUSED_REPORT, report } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;

beforeEach(() => {
  shell = new FakeShell().install(window);
});

const fileOf = (content: Report | string, name = "server.json") =>
  new File([typeof content === "string" ? content : JSON.stringify(content)], name, { type: "application/json" });

async function open() {
  render(App);
  await screen.findByRole("heading", { name: "Email" });
  return userEvent.setup();
}

const isOpen = () => screen.findByRole("heading", { name: "Report" });

test("a report is shown with its file, profile, time and end, its stages, findings and conversation", async () => {
  const started_at = "2026-01-05T08:00:00Z";
  const user = await open();
  await user.upload(screen.getByLabelText("Open a report…"), fileOf({ ...REFUSED_REPORT, started_at }));
  const heading = await isOpen();
  await vi.waitFor(() => expect(document.activeElement).toBe(heading));
  const facts = Array.from(document.querySelectorAll("dl div"), (one) => one.textContent?.replace(/\s+/g, " ").trim());
  expect(facts.slice(0, 3)).toEqual(["File server.json", "Profile Production", "Sender mailbox reports@contoso.com"]);
  expect(facts[3]).toMatch(/^Checked 5 January 2026 at \d\d:\d\d \S+$/);
  expect(facts.slice(4)).toEqual(["Asked for Send a test message", "Result ! Failed after 914 ms"]);
  expect(screen.getByText("From a file, not from this window")).toBeTruthy();
  expect(document.querySelector('[data-stage="message"]')?.getAttribute("data-outcome")).toBe("failed");
  expect(screen.getByText(/STOREDRV/)).toBeTruthy();
  const card = document.querySelector<HTMLElement>('[data-finding="full_access_missing"]');
  await user.click(within(card as HTMLElement).getByRole("button", { name: "Copy command" }));
  expect(shell.called("copy_text")[0].text).toMatch(/^Add-MailboxPermission/);
  await user.click(screen.getByRole("button", { name: "Show conversation" }));
  await screen.findByText("AUTH XOAUTH2 [1872 bytes redacted]");
});

test("a report says nothing of the chosen profile", async () => {
  const user = await open();
  await user.upload(screen.getByLabelText("Open a report…"), fileOf(report()));
  await isOpen();
  expect(screen.getByText("Accepted by the mail server")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Copy values to Incorta" })).toBeNull();
  screen.getByRole("button", { name: "Profile Production: Not checked yet" });
});

test("closing a report leads back, and the focus to where it was opened", async () => {
  const user = await open();
  await user.upload(screen.getByLabelText("Open a report…"), fileOf(report()));
  await isOpen();
  await user.click(screen.getByRole("button", { name: "Close report" }));
  await screen.findByRole("heading", { name: "Email" });
  expect(screen.queryByRole("button", { name: "Report" })).toBeNull();
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Open a report…")));
});

test("a report stays open beside the other sections, until a profile is chosen", async () => {
  shell.profiles = [profile("p1", "Production"), profile("p2", "Test")];
  const user = await open();
  await user.upload(screen.getByLabelText("Open a report…"), fileOf(report()));
  await isOpen();
  await user.click(screen.getByRole("button", { name: "Email settings" }));
  await screen.findByRole("heading", { name: "Email" });
  await user.click(screen.getByRole("button", { name: "Report" }));
  await isOpen();
  fireEvent.keyDown(screen.getByRole("button", { name: /^Profile Production/ }), { key: "Enter" });
  await user.click(await screen.findByRole("menuitemradio", { name: /^Test/ }));
  await screen.findByRole("heading", { name: "Email" });
});

test("a file that is no report is named with the reason, and nothing is lost", async () => {
  const user = await open();
  const opener = screen.getByLabelText("Open a report…");
  await user.upload(opener, fileOf(report({ profile: "From the server" })));
  await isOpen();
  await user.upload(opener, fileOf("no JSON", "notes.json"));
  await screen.findByText("This file is not a report");
  expect(screen.getByText("notes.json: It is not JSON from line 1, column 2 on.")).toBeTruthy();
  expect(screen.getByText("From the server")).toBeTruthy();
  await user.upload(opener, fileOf(report({ profile: "From the server, again" })));
  await screen.findByText("From the server, again");
  expect(screen.queryByText("This file is not a report")).toBeNull();
});

test("a file that cannot be read is told, too", async () => {
  const user = await open();
  vi.spyOn(Blob.prototype, "text").mockRejectedValueOnce(new Error("It is a folder."));
  await user.upload(screen.getByLabelText("Open a report…"), fileOf("", "folder.json"));
  await screen.findByText("folder.json: It is a folder.");
});

test("a report dropped anywhere is opened; dropped text is left alone", async () => {
  await open();
  const files = { types: ["Files"], files: [fileOf(report())] };
  expect(await fireEvent.dragOver(document.body, { dataTransfer: { types: ["text/plain"] } })).toBe(true);
  expect(await fireEvent.dragOver(document.body, { dataTransfer: files })).toBe(false);
  expect(await fireEvent.drop(document.body, { dataTransfer: files })).toBe(false);
  await isOpen();
});

test("a report can be opened before there is any profile", async () => {
  shell.profiles = [];
  render(App);
  const user = userEvent.setup();
  await user.upload(await screen.findByLabelText("Open a report…"), fileOf(REFUSED_REPORT));
  await isOpen();
  await user.click(screen.getByRole("button", { name: "Close report" }));
  await screen.findByLabelText("System Email Address");
});

test("findings with the same code stand beside each other", async () => {
  const [finding] = REFUSED_REPORT.findings;
  if (!finding) throw new Error("no finding");
  const user = await open();
  const twice = { ...REFUSED_REPORT, findings: [finding, { ...finding }] };
  await user.upload(screen.getByLabelText("Open a report…"), fileOf(twice));
  await isOpen();
  expect(document.querySelectorAll(`[data-finding="${finding.code}"]`)).toHaveLength(2);
});

test("of a file that is too large no more is read than shows it", async () => {
  const desk = new ReportDesk();
  const texts: string[] = [];
  shell.on("report_open", ({ text }) => {
    texts.push(text);
    throw { code: "report_too_large", limit: 10 };
  });
  await expect(desk.open(fileOf("x".repeat(1000)), 10)).rejects.toThrow("report_too_large");
  expect(texts[0]?.length).toBeGreaterThan(10);
  expect(texts[0]?.length).toBeLessThan(20);
  expect(desk.opened).toBeNull();
});

test("of two files opened at once the later one is shown, whichever is read first", async () => {
  const answers: ((report: Report) => void)[] = [];
  shell.on("report_open", () => new Promise((resolve) => answers.push(resolve)));
  const desk = new ReportDesk();
  const first = desk.open(fileOf("first", "first.json"), 100);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  const second = desk.open(fileOf("second", "second.json"), 100);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(report());
  answers[0]?.(report());
  expect(await Promise.all([first, second])).toEqual([false, true]);
  expect(desk.opened?.fileName).toBe("second.json");
});

test("each refusal has its own words", () => {
  const told = [
    wordsFor({ code: "report_too_large", limit: 4 * 1024 * 1024 }),
    wordsFor({ code: "report_malformed", place: "findings[0]", reason: "missing field `owner`" }),
    wordsFor({ code: "report_newer", schema: 2 }),
  ].map(({ title, detail }) => `${title}. ${detail}`);
  expect(told).toEqual([
    "This file is too large for a report. At most 4 MiB are read.",
    "This file is not a report. At “findings[0]”: missing field `owner`",
    "This report is from a newer release. It has schema 2, which this release does not read. Update Incorta Mail Setup to open it.",
  ]);
});
