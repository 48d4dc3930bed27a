// The window beside the terminal: what another process changes in the profiles comes in when the window gets the
// focus again, and nothing that was typed here is lost.
import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import type { EmailSettings, Profile } from "../lib/bindings";
import { App as Controller } from "../sections/shell/app.svelte";
import { profile, report } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;

beforeEach(() => {
  shell = new FakeShell().install(window);
  shell.profiles = [profile("p1", "Production"), profile("p2", "Test")];
});

async function open() {
  render(App);
  await screen.findByRole("heading", { name: "Email" });
  return userEvent.setup();
}

/** Another process changes the file; then the window gets the focus. */
async function elsewhere(profiles: Profile[]) {
  shell.profiles = profiles;
  await focus();
}

async function focus() {
  const asked = shell.called("profiles_list").length;
  await fireEvent.focus(window);
  await vi.waitFor(() => expect(shell.called("profiles_list").length).toBeGreaterThan(asked));
}

const box = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const withSettings = (settings: Partial<EmailSettings>) => [profile("p1", "Production", settings)];

async function choices(): Promise<string[]> {
  await fireEvent.keyDown(screen.getByRole("button", { name: /^Profile / }), { key: "Enter" });
  const items = await screen.findAllByRole("menuitemradio");
  return items.map((item) => item.textContent?.replace("Not checked yet", "").trim() ?? "");
}

test("new profiles appear, renamed ones are renamed, deleted ones vanish", async () => {
  await open();
  await elsewhere([profile("p1", "Live"), profile("p3", "Made in the terminal")]);
  await screen.findByRole("button", { name: /^Profile Live/ });
  expect(await choices()).toEqual(["Live", "Made in the terminal"]);
  expect(screen.queryByText(/deleted elsewhere/)).toBeNull();
});

test("fields that were not touched here follow the file", async () => {
  await open();
  await elsewhere(withSettings({ smtp_host: "mail.contoso.com", smtp_port: 25 }));
  await vi.waitFor(() => expect(box("SMTP Host").value).toBe("mail.contoso.com"));
  await screen.findByText("Microsoft 365 takes submitted mail on port 587.");
  expect(shell.called("profile_save")).toEqual([]);
});

test("the tenant of a mailbox that was changed elsewhere is looked up", async () => {
  await open();
  await elsewhere(withSettings({ system_email_address: "reports@fabrikam.com" }));
  const asked = () => shell.called("discover_tenant").map(({ address }) => address);
  await vi.waitFor(() => expect(asked()).toEqual(["reports@contoso.com", "reports@fabrikam.com"]));
});

test("what was typed here is saved before the file is read", async () => {
  const user = await open();
  shell.profiles = withSettings({ smtp_host: "mail.contoso.com" });
  await user.type(box("SMTP OAuth Scope"), "x");
  await focus();
  await vi.waitFor(() => expect(box("SMTP Host").value).toBe("mail.contoso.com"));
  expect(box("SMTP OAuth Scope").value).toBe("https://outlook.office365.com/.defaultx");
  expect(shell.profiles[0]?.settings).toMatchObject({
    smtp_host: "mail.contoso.com",
    smtp_oauth_scope: "https://outlook.office365.com/.defaultx",
  });
});

test("the shown profile that was deleted elsewhere gives way, is named, and can be brought back", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Copy to Incorta" }));
  await elsewhere([profile("p2", "Test")]);
  await screen.findByRole("button", { name: /^Profile Test/ });
  // Values of another profile must not be taken for those that stood here.
  await screen.findByRole("heading", { name: "Email" });
  await screen.findByText("“Production” was deleted elsewhere");
  shell.on("profile_restore", () => {
    const [back] = withSettings({});
    shell.profiles = [...shell.profiles, back as Profile];
    return back;
  });
  await user.click(screen.getByRole("button", { name: "Bring it back" }));
  await screen.findByRole("button", { name: /^Profile Production/ });
});

test("a deleted profile with something typed into it stays, says so, and saves it once it is back", async () => {
  const user = await open();
  shell.profiles = [profile("p2", "Test")];
  await user.type(box("SMTP OAuth Scope"), "x");
  await focus();
  await screen.findByText("“Production” was deleted elsewhere");
  await screen.findByText("What you typed is still here, but not saved.");
  screen.getByRole("button", { name: /^Profile Production/ });
  expect(box("SMTP OAuth Scope").value).toMatch(/x$/);
  shell.on("profile_restore", () => {
    const [back] = withSettings({});
    shell.profiles = [back as Profile, ...shell.profiles];
    return back;
  });
  await user.click(screen.getByRole("button", { name: "Bring it back" }));
  await vi.waitFor(() => expect(shell.profiles[0]?.settings.smtp_oauth_scope).toMatch(/x$/));
});

test("a deleted profile that stayed can be let go, and is not spoken of again", async () => {
  const user = await open();
  shell.profiles = [profile("p2", "Test")];
  await user.type(box("SMTP OAuth Scope"), "x");
  await focus();
  await screen.findByText("“Production” was deleted elsewhere");
  shell.on("profile_remove", () => {
    throw { code: "profile_not_found" };
  });
  await fireEvent.keyDown(screen.getByRole("button", { name: /^Profile Production/ }), { key: "Enter" });
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await screen.findByText("Deleted “Production”");
  await screen.findByRole("button", { name: /^Profile Test/ });
  const saves = shell.called("profile_save").length;
  await focus();
  expect(shell.called("profile_save")).toHaveLength(saves);
  expect(screen.queryByText("This profile no longer exists")).toBeNull();
});

test("a report that is open stays in view when the first profile is made elsewhere", async () => {
  shell.profiles = [];
  render(App);
  const user = userEvent.setup();
  const file = new File([JSON.stringify(report())], "server.json");
  await user.upload(await screen.findByLabelText("Open a report…"), file);
  await screen.findByRole("heading", { name: "Report" });
  await elsewhere([profile("p3", "Made in the terminal")]);
  await screen.findByRole("button", { name: /^Profile Made in the terminal/ });
  screen.getByRole("heading", { name: "Report" });
});

test("when no profile is left, the first page comes; a new one elsewhere ends it", async () => {
  await open();
  await elsewhere([]);
  await screen.findByRole("heading", { name: "Which mailbox does Incorta send from?" });
  await elsewhere([profile("p3", "Made in the terminal")]);
  await screen.findByRole("button", { name: /^Profile Made in the terminal/ });
});

test("the practice tenant's profile, which is in no file, stays", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Practice tenant" }));
  await user.click(await screen.findByRole("button", { name: "Type them in for me" }));
  await screen.findByRole("button", { name: /^Profile Practice tenant/ });
  await elsewhere([]);
  expect(await choices()).toEqual(["Practice tenant"]);
});

test("an older list does not bring back what was deleted here", async () => {
  const controller = new Controller();
  await controller.open();
  let answer = (_: Profile[]) => {};
  shell.on("profiles_list", () => new Promise((resolve) => (answer = resolve)));
  const before = shell.profiles;
  const refreshed = controller.refresh();
  await vi.waitFor(() => expect(shell.called("profiles_list")).toHaveLength(1));
  const removed = controller.remove(before[0] as Profile);
  // One turn of the event loop runs everything that does not wait for the list.
  await new Promise((resolve) => setTimeout(resolve));
  answer(before);
  await Promise.all([refreshed, removed]);
  expect(controller.profiles.map(({ name }) => name)).toEqual(["Test"]);
});
