// The window as a person uses it: by labels and names, over the fake shell.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import App from "../App.svelte";
import { EMPTY, ENDPOINT, FIELDS, profile, REFUSED_REPORT } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;

beforeEach(() => {
  shell = new FakeShell().install(window);
});

async function open() {
  render(App);
  await screen.findByRole("heading", { name: "Email" });
  return userEvent.setup();
}

test("the first start asks for the mailbox and makes a profile of it", async () => {
  shell.profiles = [];
  render(App);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("System Email Address"), "reports@contoso.com");
  await user.click(screen.getByRole("button", { name: "Go on" }));
  await screen.findByRole("heading", { name: "Email" });
  expect(shell.called("profile_create")).toEqual([{ name: "", address: "reports@contoso.com" }]);
});

test("a file of a newer release is told of in place of the form", async () => {
  shell.on("start", () => {
    throw { code: "file_newer", path: "/config/profiles.json", version: 2 };
  });
  render(App);
  await screen.findByRole("heading", { name: "A newer release was here before" });
  expect(screen.getByText(/^\/config\/profiles\.json has version 2.*Update Incorta Mail Setup\.$/)).toBeTruthy();
});

test("a store that keeps its answer back blocks nothing and is said to be waited for", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let answer = (_: string) => {};
  shell.on(
    "secret_status",
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  render(App);
  await vi.waitFor(() => expect(screen.queryByLabelText("SMTP Host")).not.toBeNull());
  expect(screen.queryByText(/^Waiting for/)).toBeNull();
  await vi.advanceTimersByTimeAsync(3000);
  expect(screen.getByText("Waiting for the system keyring: it may be asking for its password.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("SMTP Host").disabled).toBe(false);
  answer("stored");
  await vi.waitFor(() => expect(screen.queryByText("Stored in the system keyring")).not.toBeNull());
  expect(screen.queryByText(/^Waiting for/)).toBeNull();
});

test("every field stands in the form under Incorta's label, in Incorta's order", async () => {
  await open();
  const labels = Array.from(document.querySelectorAll(".form label"), (label) => label.textContent);
  expect(labels).toEqual(FIELDS.map((field) => field.label));
  for (const { label, control } of FIELDS) {
    if (control !== "secret_text_box") expect(screen.getByLabelText(label)).toBeTruthy();
  }
});

test("rows that Incorta hides are hidden", async () => {
  const user = await open();
  await user.click(screen.getByRole("switch", { name: "SMTP OAuth Enabled" }));
  await vi.waitFor(() => expect(screen.queryByLabelText("SMTP OAuth Scope")).toBeNull());
});

test("the secret leaves the page at once when it is stored", async () => {
  shell.secret = "not_stored";
  const user = await open();
  const input = await screen.findByLabelText<HTMLInputElement>("SMTP OAuth Client Secret");
  let textDuringCall = "unset";
  shell.on("secret_store", () => {
    textDuringCall = input.value;
    return { status: "stored", issues: [] };
  });
  await user.type(input, "canary{Enter}");
  expect(textDuringCall).toBe("");
  await screen.findByText("Stored in the system keyring");
  expect(shell.called("secret_store")).toEqual([{ profileId: "p1", secret: "canary" }]);
  expect(document.body.outerHTML).not.toContain("canary");
});

test("a pasted secret is stored without entering the page", async () => {
  shell.secret = "not_stored";
  const user = await open();
  const input = await screen.findByLabelText<HTMLInputElement>("SMTP OAuth Client Secret");
  const typed = vi.fn();
  input.addEventListener("input", typed);
  await user.click(input);
  await user.paste("canary");
  await screen.findByText("Stored in the system keyring");
  expect(typed).not.toHaveBeenCalled();
  expect(shell.called("secret_store")).toEqual([{ profileId: "p1", secret: "canary" }]);
  expect(shell.called("paste")).toEqual([]);
});

test("a paste goes to Rust first; the change stands with a note and can be undone", async () => {
  shell.profiles = [profile("p1", "Production", { smtp_oauth_token_endpoint: "before" })];
  const user = await open();
  const input = screen.getByLabelText<HTMLInputElement>("SMTP OAuth Token Endpoint");
  await user.click(input);
  await user.paste(`https://login.microsoftonline.com/${ENDPOINT}`);
  await vi.waitFor(() => expect(input.value).toBe(ENDPOINT));
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(input.value).toBe("before");
});

test("a paste that is nothing special goes in at the cursor", async () => {
  const user = await open();
  const input = screen.getByLabelText<HTMLInputElement>("SMTP Host");
  await user.clear(input);
  await user.paste("mail.contoso.com");
  await vi.waitFor(() => expect(input.value).toBe("mail.contoso.com"));
  expect(shell.called("paste")).toHaveLength(1);
});

test("a refused message shows the stage's own words, the finding and its command", async () => {
  shell.report = REFUSED_REPORT;
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  const heading = await screen.findByRole("heading", { name: "The application may not open the mailbox" });
  const card = heading.closest<HTMLElement>("[data-finding]");
  expect(card?.dataset.finding).toBe("full_access_missing");
  expect(within(card as HTMLElement).getByText(/Part 4 · Exchange administrator/)).toBeTruthy();
  expect(document.querySelector('[data-stage="message"]')?.getAttribute("data-outcome")).toBe("failed");
  expect(screen.getByText(/STOREDRV/)).toBeTruthy();
  await user.click(within(card as HTMLElement).getByRole("button", { name: "Copy command" }));
  expect(shell.called("copy_text")[0].text).toMatch(/^Add-MailboxPermission/);
});

test("words of a server are shown as text, never as markup", async () => {
  const summary = "<img src=x onerror=alert(1)>";
  const stages = REFUSED_REPORT.stages.map((record) => (record.outcome === "failed" ? { ...record, summary } : record));
  shell.report = { ...REFUSED_REPORT, stages };
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await screen.findByText(/onerror/);
  expect(document.querySelector("img")).toBeNull();
});

test("at most one filled button stands in the window", async () => {
  const filled = () =>
    Array.from(document.querySelectorAll(".button.filled:not(.more)"), (one) => one.textContent?.trim());
  const user = await open();
  expect(filled()).toEqual(["Send test"]);
  await user.click(screen.getByRole("button", { name: "Send test" }));
  const next = await screen.findByRole("button", { name: "Copy values to Incorta" });
  expect(filled()).toEqual(["Copy values to Incorta"]);
  await user.click(next);
  await screen.findByRole("heading", { name: "Copy to Incorta" });
  await vi.waitFor(() => expect(filled()).toHaveLength(1));
});

test("a deleted profile can be brought back", async () => {
  shell.profiles = [profile("p1", "Production"), profile("p2", "Test", EMPTY)];
  const user = await open();
  fireEvent.keyDown(screen.getByRole("button", { name: /^Profile Production/ }), { key: "Enter" });
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await screen.findByRole("button", { name: /^Profile Test/ });
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByRole("button", { name: /^Profile Production/ });
  expect(shell.called("profile_restore")).toEqual([{ profileId: "p1" }]);
});

test("the practice tenant fills the form, and a flipped switch takes the proof back", async () => {
  shell.profiles = [];
  render(App);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Try it with a practice tenant" }));
  await user.click(await screen.findByRole("button", { name: "Type them in for me" }));
  await screen.findByRole("heading", { name: "Email" });
  expect(screen.getByText(/nothing leaves this computer/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await screen.findByRole("button", { name: /^Profile Practice tenant: Proven today/ });
  await user.click(screen.getByRole("button", { name: "Practice tenant" }));
  const access = await screen.findByRole("radiogroup", { name: "FullAccess" });
  await user.click(within(access).getByRole("radio", { name: "Missing" }));
  await screen.findByRole("button", { name: /^Profile Practice tenant: Changed since the check/ });
  expect(shell.called("practice_switch")).toEqual([{ id: "full_access", value: "Missing" }]);
});
