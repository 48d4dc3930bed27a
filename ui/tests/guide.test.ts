// Set up Microsoft 365: how each part stands after each check, its steps, and the ticks for what no check can see.
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import App from "../App.svelte";
import { FULL_ACCESS, profile, REFUSED_REPORT } from "./fake-data";
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

const press = async (user: ReturnType<typeof userEvent.setup>, name: string | RegExp) =>
  user.click(await screen.findByRole("button", { name }));
const toGuide = (user: ReturnType<typeof userEvent.setup>) => press(user, "Set up Microsoft 365");
/** The head of a part, and whether it is open. */
const part = (number: number, words = "") => screen.findByRole("button", { name: new RegExp(`^${number} .*${words}`) });
const openParts = () =>
  screen.getAllByRole("button", { expanded: true }).flatMap((head) => head.textContent?.match(/\d/)?.[0] ?? []);
const tick = (step: string) => screen.findByRole<HTMLInputElement>("checkbox", { name: new RegExp(step) });
const facts = () => shell.called("profile_set_fact").map(({ fact }) => fact);

async function check(user: ReturnType<typeof userEvent.setup>) {
  await press(user, "Send test");
  await screen.findByRole("button", { name: "Show conversation" });
}

test("before a check nothing is known, and the first part is open", async () => {
  const user = await open();
  await screen.findByText("0 of 5 parts proven");
  await toGuide(user);
  await part(1, "Entra administrator Not known");
  expect(openParts()).toEqual(["1"]);
  expect(shell.called("guide").every(({ report }) => report === null)).toBe(true);
});

test("a check that passed proves parts 1 to 5, which need no ticks, and part 6 is next", async () => {
  const user = await open();
  await check(user);
  await screen.findByText("5 of 5 parts proven");
  await toGuide(user);
  expect(await screen.findAllByText("Proven by the last check")).toHaveLength(5);
  expect(openParts()).toEqual(["6"]);
  await user.click(await part(1));
  expect(screen.queryByRole("checkbox", { name: /Register an application/ })).toBeNull();
  await press(user, "Go to Copy to Incorta");
  await screen.findByRole("heading", { name: "Copy to Incorta" });
});

test("what the check contradicts is open, with the finding, the command and the way to the check", async () => {
  shell.report = REFUSED_REPORT;
  const user = await open();
  await check(user);
  await toGuide(user);
  await part(4, `Contradicted: ${FULL_ACCESS.title}`);
  expect(openParts()).toEqual(["4"]);
  screen.getByText(FULL_ACCESS.explanation);
  await press(user, "Copy command");
  expect(shell.called("copy_text")).toEqual([{ text: "Add-MailboxPermission -Identity 'it'" }]);
  await press(user, "Go to the check");
  await screen.findByRole("heading", { name: "Email" });
});

test("a changed field takes the proof back until the next check", async () => {
  const user = await open();
  await check(user);
  await screen.findByText("5 of 5 parts proven");
  await user.type(screen.getByLabelText("SMTP Host"), "x");
  await screen.findByText("0 of 5 parts proven");
});

test("a tick is kept, leaves its part open, and can be taken back", async () => {
  const user = await open();
  await toGuide(user);
  await user.click(await tick("Register an application"));
  await user.click(await tick("Create a client secret"));
  await part(1, "Ticked by you");
  expect(openParts()).toEqual(["1"]);
  await user.click(await tick("Register an application"));
  await part(1, "Not known");
  const fact = (step: string, ticked: boolean) => ({ fact: "step_ticked", step, ticked });
  expect(facts()).toEqual([fact("register", true), fact("secret", true), fact("register", false)]);
});

test("a tick that could not be kept goes off again, and why is told", async () => {
  const user = await open();
  shell.on("profile_set_fact", () => {
    throw { code: "profiles_not_written", path: "/profiles.json", reason: "No space left on device" };
  });
  await toGuide(user);
  const box = await tick("Register an application");
  await user.click(box);
  await screen.findByText("/profiles.json: No space left on device");
  expect(box.checked).toBe(false);
});

test("parts open and close by keyboard", async () => {
  const user = await open();
  await toGuide(user);
  const head = await part(3);
  head.focus();
  await user.keyboard("{Enter}");
  expect(head.getAttribute("aria-expanded")).toBe("true");
  screen.getByText("Register it in Exchange Online.");
  await user.keyboard(" ");
  expect(head.getAttribute("aria-expanded")).toBe("false");
});

test("a page opens through the shell, and the access path's link leads to where it is changed", async () => {
  const user = await open();
  await toGuide(user);
  await press(user, "Open entra.microsoft.com");
  expect(shell.called("open_link")).toEqual([{ url: "https://entra.microsoft.com/" }]);
  screen.getByText(/Access path: API permission and mailbox rights/);
  await press(user, "Change it");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Access path")));
});

test("a guide that cannot be had says why, and can be asked for again", async () => {
  const answer = shell.handler("guide");
  const user = await open();
  shell.on("guide", () => {
    throw { code: "profiles_not_read", path: "/profiles.json", reason: "Permission denied" };
  });
  await check(user);
  await toGuide(user);
  await screen.findByText("/profiles.json: Permission denied");
  shell.on("guide", answer);
  await press(user, "Try again");
  await part(1, "Proven");
});

test("taking over the last of the eleven values ticks that step of the guide", async () => {
  const user = await open();
  await check(user);
  await press(user, "Copy to Incorta");
  const list = await screen.findByRole("list");
  const rows = await waitFor(() => {
    const buttons = within(list).getAllByRole("button");
    expect(buttons).toHaveLength(11);
    return buttons;
  });
  for (const row of rows.slice(1)) await user.click(row);
  expect(facts()).toEqual([]);
  await user.click(rows[0] as HTMLElement);
  await waitFor(() => expect(facts()).toEqual([{ fact: "step_ticked", step: "copy", ticked: true }]));
  await toGuide(user);
  await part(6, "Not known");
  await user.click(await tick("Let Incorta send"));
  await part(6, "Proven by a report from Incorta");
});

test("a secret near its end opens the renewal, wherever its last day stands", async () => {
  shell.profiles = [{ ...profile("p1", "Production"), secret_expires_on: "2026-12-18" }];
  const user = await open();
  await press(user, "Renew it");
  const head = await screen.findByRole("button", { name: /^Renew the client secret .*The secret ends in 26 days/ });
  expect(head.getAttribute("aria-expanded")).toBe("true");
  await user.click(await tick("Create a new client secret"));
  expect(facts()).toEqual([{ fact: "step_ticked", step: "renew-secret", ticked: true }]);
  await press(user, "Enter the new secret");
  await screen.findByRole("heading", { name: "Email" });
});

test("a report is ordered from Incorta, the token leaves the page at once, and its arrival is ticked", async () => {
  const user = await open();
  await check(user);
  await toGuide(user);
  await press(user, "Order one through Incorta’s API");
  const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label);
  await user.type(await field("Send to"), "me@contoso.com");
  await user.type(await field("API token"), "canary-token");
  shell.on("send_report", () => {
    throw { code: "send_report_incomplete", issue: "cluster", text: "Incorta's address begins with https://." };
  });
  await press(user, "Order the report");
  await screen.findByText("Incorta's address begins with https://.");
  expect((await field("API token")).value).toBe("");
  expect((await field("Send to")).value).toBe("me@contoso.com");
  shell.on("send_report", () => ({ started: true, title: "Incorta took the order", text: "It has started a job." }));
  await user.type(await field("API token"), "canary-token");
  await press(user, "Order the report");
  await screen.findByText("Incorta took the order");
  const [, { order, token }] = shell.called("send_report") as [unknown, { order: object; token: string }];
  expect(order).toEqual({ cluster: "", tenant: "", dashboard: "", to: "me@contoso.com" });
  expect(token).toBe("canary-token");
  await press(user, "It arrived");
  await waitFor(() => expect(facts()).toEqual([{ fact: "step_ticked", step: "report", ticked: true }]));
});

test("where no last day is known there is nothing to renew yet", async () => {
  const user = await open();
  expect(screen.queryByRole("button", { name: "Renew it" })).toBeNull();
  await toGuide(user);
  const head = await screen.findByRole("button", { name: /^Renew the client secret .*Last day not known/ });
  expect(head.getAttribute("aria-expanded")).toBe("false");
});
