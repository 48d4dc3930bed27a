// What is known of a profile besides its form: each control writes its own fact, and a check reckons with it.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { profile, REFUSED_REPORT, SECRET_ENDS } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;

beforeEach(() => {
  shell = new FakeShell().install(window);
});

async function open() {
  render(App);
  await screen.findByRole("heading", { name: "About this profile" });
  return userEvent.setup();
}

const facts = () => shell.called("profile_set_fact").map(({ fact }) => fact);
const standing = (words: RegExp) => screen.findByRole("button", { name: words });
const end = () => screen.getByLabelText<HTMLInputElement>("Client secret ends on");

async function choosePath(label: string) {
  fireEvent.keyDown(screen.getByLabelText("Access path"), { key: "Enter" });
  await fireEvent.pointerUp(await screen.findByRole("option", { name: label }), { pointerType: "mouse" });
}

test("the secret's end is written when it is typed, and the days to it are shown", async () => {
  const user = await open();
  await user.type(end(), "2026-12-18{Tab}");
  await screen.findByText("23 days left.");
  expect(facts()).toEqual([{ fact: "secret_expires_on", date: "2026-12-18" }]);
  expect(shell.called("days_left")).toEqual([{ date: "2026-12-18" }]);
  await user.clear(end());
  await user.tab();
  await screen.findByText("As Entra shows it; may be empty.");
  expect(facts()[1]).toEqual({ fact: "secret_expires_on", date: "" });
});

test("a text that is no date stays in its box with the reason", async () => {
  const user = await open();
  await user.type(end(), "18th{Tab}");
  await screen.findByText("Write it as year-month-day, such as 2026-12-18.");
  expect(end().value).toBe("18th");
  expect(end().getAttribute("aria-invalid")).toBe("true");
});

test("a day that has passed is told as such", async () => {
  shell.profiles = [{ ...profile("p1", "Production"), secret_expires_on: "2026-11-24" }];
  shell.on("days_left", () => -1);
  await open();
  await screen.findByText("1 day ago.");
});

test("a change in Microsoft 365 is noted with its time", async () => {
  const user = await open();
  const group = screen.getByRole("group", { name: "Last change in Microsoft 365" });
  expect(screen.getByText("Not known.")).toBeTruthy();
  await user.click(within(group).getByRole("button", { name: "Changed just now" }));
  await screen.findByText(/^Noted today, \d\d:\d\d\.$/);
  expect(facts()).toEqual([{ fact: "changed_now" }]);
});

test("a time that cannot be read is not known", async () => {
  shell.profiles = [{ ...profile("p1", "Production"), last_change_at: "yesterday" }];
  await open();
  expect(screen.getByText("Not known.")).toBeTruthy();
});

test("another access path takes the proof back, and the first one gives it again", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await standing(/^Profile Production: Proven/);
  await choosePath("RBAC for Applications");
  await standing(/^Profile Production: Changed since the check/);
  expect(facts()).toEqual([{ fact: "access_path", access_path: "rbac" }]);
  await choosePath("API permission and mailbox rights");
  await standing(/^Profile Production: Proven/);
});

test("after a finding that is mended in Microsoft 365, the change can be noted there", async () => {
  shell.report = REFUSED_REPORT;
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await user.click((await screen.findAllByRole("button", { name: "I changed this just now" }))[0] as HTMLElement);
  await screen.findByText("Noted");
  expect(facts()).toEqual([{ fact: "changed_now" }]);
});

test("a finding that needs no change in Microsoft 365 offers none", async () => {
  shell.report = { ...REFUSED_REPORT, findings: [SECRET_ENDS] };
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await screen.findByText(SECRET_ENDS.title);
  expect(screen.queryByRole("button", { name: "I changed this just now" })).toBeNull();
});

test("the practice tenant's access path follows its switches", async () => {
  shell.profiles = [];
  render(App);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Try it with a practice tenant" }));
  const access = await screen.findByRole("radiogroup", { name: "FullAccess" });
  shell.practiceProfile = { ...shell.practiceProfile, access_path: "rbac" };
  await user.click(within(access).getByRole("radio", { name: "Missing" }));
  await user.click(screen.getByRole("button", { name: "Email settings" }));
  const path = await screen.findByLabelText<HTMLButtonElement>("Access path");
  await vi.waitFor(() => expect(path.textContent?.trim()).toBe("RBAC for Applications"));
  expect(path.disabled).toBe(true);
});
