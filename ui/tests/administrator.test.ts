// Where somebody else administers Microsoft 365: scripts, the request, the reply; and the reminder of the secret's end.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import App from "../App.svelte";
import { CLIENT_ID, OTHER_CLIENT_ID, profile } from "./fake-data";
import { FakeShell } from "./fake-shell";

const BLOCK = "-----BEGIN INCORTA MAIL REPLY-----";
let shell: FakeShell;
let user: ReturnType<typeof userEvent.setup>;

beforeEach(() => {
  shell = new FakeShell().install(window);
  user = userEvent.setup();
});

const press = async (name: string) => user.click(await screen.findByRole("button", { name }));
const dialog = (name: string) => screen.findByRole("dialog", { name });

async function openGuide() {
  render(App);
  await press("Set up Microsoft 365");
  await screen.findByRole("heading", { name: "Someone else administers Microsoft 365?" });
}

async function paste(text: string) {
  await press("Paste the reply");
  await fireEvent.input(await screen.findByLabelText(/^Paste the whole block/), { target: { value: text } });
  await press("Open the reply");
}

test("each script is shown, copied and saved", async () => {
  await openGuide();
  await press("Show the script");
  await dialog("Scripts for Microsoft 365");
  await screen.findByText("# setup.ps1");
  await user.click(screen.getByRole("tab", { name: "Undo" }));
  await screen.findByText("# undo.ps1");
  await press("Copy");
  expect(shell.called("copy_text")).toEqual([{ text: "# undo.ps1" }]);
  await press("Save");
  await screen.findByText("/home/admin/Downloads/incorta-mail-undo.ps1");
  expect(shell.called("script_save")).toEqual([{ profileId: "p1", kind: "undo" }]);
});

test("a script that cannot be had says why, and nothing stays open", async () => {
  await openGuide();
  shell.on("script", () => {
    const text = "Enter System Email Address.";
    const issue = { field: "system_email_address", severity: "error", code: "required", text, suggestion: null };
    throw { code: "settings_invalid", issues: [issue] };
  });
  await press("Show the script");
  await screen.findByText("Enter System Email Address.");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

async function writeRequest() {
  await press("Ask your Microsoft 365 admin");
  await press("Write the request");
}

test("a request says where it is, what to do with it, and until when", async () => {
  await openGuide();
  await writeRequest();
  const made = await dialog("The request is written");
  within(made).getByText("/home/admin/Downloads/incorta-mail-request-20261125-0307.zip");
  within(made).getByText(/before .*9 December 2026/);
  expect(within(made).queryByText(/leave this window open/)).toBeNull();
});

test("who asks stands in the request, and is there for the next one", async () => {
  await openGuide();
  await press("Ask your Microsoft 365 admin");
  await user.type(await screen.findByLabelText("Your name and team"), " BI team");
  await press("Write the request");
  await dialog("The request is written");
  expect(shell.called("handover_request")).toEqual([{ profileId: "p1", askedBy: "BI team" }]);
  await press("Done");
  await press("Ask your Microsoft 365 admin");
  expect((await screen.findByLabelText<HTMLInputElement>("Your name and team")).value).toBe(" BI team");
});

test("a key without a store is told", async () => {
  const request = shell.handler("handover_request");
  shell.on("handover_request", (args) => ({ ...(request(args) as object), key: "kept_for_this_run" }));
  await openGuide();
  await writeRequest();
  await screen.findByText(/leave this window open until the reply is here/);
});

test("a reply fills the profile, says with what and in place of what, and takes the proof back", async () => {
  render(App);
  await press("Send test");
  await screen.findByRole("button", { name: /^Profile Production: Proven/ });
  await press("Set up Microsoft 365");
  await paste(BLOCK);
  const reply = await dialog("The administrator’s reply");
  await within(reply).findByText(OTHER_CLIENT_ID);
  within(reply).getByText(`In place of ${CLIENT_ID}`);
  within(reply).getByText("Stored in the system keyring");
  within(reply).getByText("2027-05-31");
  expect(shell.called("handover_accept")).toEqual([{ text: BLOCK }]);
  await press("Go to Email settings");
  const box = await screen.findByLabelText<HTMLInputElement>("SMTP OAuth Client ID");
  expect(box.value).toBe(OTHER_CLIENT_ID);
  expect(screen.getByLabelText<HTMLInputElement>("Client secret ends on").value).toBe("2027-05-31");
  await screen.findByRole("button", { name: /^Profile Production: Changed since the check/ });
});

test("a refusal stands in its own words beside the text, which stays", async () => {
  shell.on("handover_accept", () => {
    throw { code: "reply_refused", refusal: { reason: "replayed" }, text: "This request was answered already." };
  });
  await openGuide();
  await paste(BLOCK);
  await screen.findByText("This request was answered already.");
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^Paste the whole block/).value).toBe(BLOCK);
  await press("Cancel");
  await press("Paste the reply");
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^Paste the whole block/).value).toBe("");
  expect(screen.queryByText("This request was answered already.")).toBeNull();
});

test("the practice tenant has scripts to read, and nobody to ask", async () => {
  shell.profiles = [];
  render(App);
  await press("Try it with a practice tenant");
  await press("Type them in for me");
  await press("Set up Microsoft 365");
  await screen.findByRole("button", { name: "Show the script" });
  expect(screen.queryByRole("button", { name: "Ask your Microsoft 365 admin" })).toBeNull();
});

test("a known end of the secret can be put into a calendar", async () => {
  shell.profiles = [{ ...profile("p1", "Production"), secret_expires_on: "2026-12-18" }];
  render(App);
  await press("Save a reminder");
  await screen.findByText("/home/admin/Downloads/incorta-mail-secret-ends-2026-12-18.ics");
  expect(shell.called("reminder_save")).toEqual([{ profileId: "p1" }]);
});

test("without an end there is nothing to be reminded of", async () => {
  render(App);
  await screen.findByRole("heading", { name: "About this profile" });
  expect(screen.queryByRole("button", { name: "Save a reminder" })).toBeNull();
});
