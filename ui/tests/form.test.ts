// The form of the settings: validation, saving, paste and its undo.
import { beforeEach, expect, test, vi } from "vitest";
import type { IssueCode, Validation } from "../lib/bindings";
import { SettingsForm } from "../sections/settings/form.svelte";
import { EMPTY, ENDPOINT, profile, SETTINGS } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;
let form: SettingsForm;
const events = { saved: vi.fn(), saveFailed: vi.fn(), failed: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  shell = new FakeShell().install(window);
  shell.profiles = [profile("p1", "Production", EMPTY)];
  form = new SettingsForm("p1", { ...SETTINGS, ...EMPTY }, events);
});

test("an answer about older settings is dropped", async () => {
  const answers: ((validation: Validation) => void)[] = [];
  shell.on("validate", () => new Promise((resolve) => answers.push(resolve)));
  form.set("smtp_host", "a");
  form.set("smtp_host", "ab");
  const answer = (code: IssueCode): Validation => ({
    issues: [{ field: "smtp_host", severity: "warning", code, text: code, suggestion: null }],
    shown: ["smtp_host"],
    ready: true,
  });
  answers[1]?.(answer("host_other"));
  answers[0]?.(answer("host_malformed"));
  await form.settled();
  await Promise.resolve();
  expect(form.issuesAt("smtp_host").map((issue) => issue.code)).toEqual(["host_other"]);
});

test("typing is saved once, after it rests", async () => {
  vi.useFakeTimers();
  form.set("smtp_host", "mail.contoso.co");
  await vi.advanceTimersByTimeAsync(200);
  form.set("smtp_host", "mail.contoso.com");
  await vi.advanceTimersByTimeAsync(200);
  expect(shell.called("profile_save")).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(shell.called("profile_save").map((args) => args.settings.smtp_host)).toEqual(["mail.contoso.com"]);
});

test("flush saves at once, and only what is not saved yet", async () => {
  form.set("smtp_host", "mail.contoso.com");
  expect(await form.flush()).toBe(true);
  await form.flush();
  expect(shell.called("profile_save")).toHaveLength(1);
});

test("a save that failed is told and tried again by the next flush", async () => {
  shell.on("profile_save", () => {
    throw { code: "profiles_not_written", path: "profiles.json", reason: "disk full" };
  });
  form.set("smtp_host", "mail.contoso.com");
  expect(await form.flush()).toBe(false);
  expect(events.saveFailed).toHaveBeenCalledOnce();
  await form.flush();
  expect(shell.called("profile_save")).toHaveLength(2);
});

test("only what was changed here is saved, and what was changed elsewhere comes in", async () => {
  shell.profiles = [profile("p1", "Production", { ...EMPTY, smtp_oauth_client_id: "from the terminal" })];
  form.set("smtp_host", "mail.contoso.com");
  await form.flush();
  expect(shell.profiles[0]?.settings).toMatchObject({
    smtp_host: "mail.contoso.com",
    smtp_oauth_client_id: "from the terminal",
  });
  expect(form.settings.smtp_oauth_client_id).toBe("from the terminal");
  await form.settled();
  expect(shell.called("validate").at(-1).settings).toEqual(form.settings);
  // From here on the terminal's value is the known one: setting the field back is a change.
  form.set("smtp_oauth_client_id", "");
  await form.flush();
  expect(shell.profiles[0]?.settings.smtp_oauth_client_id).toBe("");
});

test("what was typed while it was being saved stays, and is saved next", async () => {
  const answers: (() => void)[] = [];
  const save = shell.handler("profile_save");
  shell.on("profile_save", (args) => new Promise((resolve) => answers.push(() => resolve(save(args)))));
  form.set("smtp_host", "first");
  form.set("smtp_oauth_scope", "taken back at once");
  const saving = form.flush();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  form.set("smtp_host", "second");
  form.set("smtp_oauth_client_id", "typed");
  form.set("smtp_oauth_scope", SETTINGS.smtp_oauth_scope);
  const next = form.flush();
  answers[0]?.();
  await saving;
  const typed = { smtp_host: "second", smtp_oauth_client_id: "typed", smtp_oauth_scope: SETTINGS.smtp_oauth_scope };
  expect(form.settings).toMatchObject(typed);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  expect(await next).toBe(true);
  expect(shell.called("profile_save").map((args) => args.base.smtp_host)).toEqual(["smtp.office365.com", "first"]);
  expect(shell.profiles[0]?.settings).toMatchObject(typed);
});

test("news from the file leave typed fields alone, and are dropped when a save began meanwhile", async () => {
  const older = form.awaitNews();
  form.set("smtp_host", "typed");
  older({ ...SETTINGS, ...EMPTY, smtp_host: "elsewhere", smtp_oauth_scope: "elsewhere" });
  expect(form.settings).toMatchObject({ smtp_host: "typed", smtp_oauth_scope: "elsewhere" });
  const overtaken = form.awaitNews();
  await form.flush();
  overtaken({ ...SETTINGS, smtp_host: "older than the save" });
  expect(form.settings.smtp_host).toBe("typed");
});

test("a remark goes when its field is changed elsewhere", () => {
  form.fill("smtp_host", "filled", "Filled in.");
  form.fill("smtp_oauth_scope", "filled", "Filled in.");
  form.follow({ ...form.settings, smtp_host: "elsewhere" }, form.settings);
  expect(Object.keys(form.notes)).toEqual(["smtp_oauth_scope"]);
});

test("a paste fills the fields it fits, and undo restores what it replaced and nothing else", async () => {
  form.set("smtp_oauth_token_endpoint", "before");
  await form.paste("smtp_oauth_token_endpoint", `https://login.microsoftonline.com/${ENDPOINT}`);
  expect(form.settings.smtp_oauth_token_endpoint).toBe(ENDPOINT);
  expect(form.notes.smtp_oauth_token_endpoint?.text).toContain("Shortened");
  form.set("smtp_host", "edited since");
  form.notes.smtp_oauth_token_endpoint?.undo?.();
  expect(form.settings.smtp_oauth_token_endpoint).toBe("before");
  expect(form.settings.smtp_host).toBe("edited since");
  expect(form.notes.smtp_oauth_token_endpoint).toBeUndefined();
});

test("a paste that is nothing special changes nothing", async () => {
  expect(await form.paste("smtp_host", "mail.contoso.com")).toBeNull();
  expect(form.settings.smtp_host).toBe(SETTINGS.smtp_host);
});

test("an empty required field is told only after it was left or a check was tried", async () => {
  await form.validate();
  expect(form.issuesAt("smtp_oauth_client_id")).toEqual([]);
  form.leave("smtp_oauth_client_id");
  expect(form.issuesAt("smtp_oauth_client_id")).toHaveLength(1);
  expect(form.issuesAt("smtp_oauth_token_endpoint")).toEqual([]);
  form.tried = true;
  expect(form.issuesAt("smtp_oauth_token_endpoint")).toHaveLength(1);
});

test("a suggestion is applied to its field", async () => {
  form.set("smtp_port", "25");
  await form.settled();
  const suggestion = form.issuesAt("smtp_port")[0]?.suggestion;
  if (suggestion) form.apply("smtp_port", suggestion);
  await form.settled();
  expect(form.settings.smtp_port).toBe(587);
  expect(form.issuesAt("smtp_port")).toEqual([]);
});

test.each([
  ["587", 587],
  ["0587", "0587"],
  ["587 ", "587 "],
  ["70000", "70000"],
  ["", ""],
])("the port %o is kept as %o", (text, kept) => {
  form.set("smtp_port", "1");
  form.set("smtp_port", text);
  expect(form.settings.smtp_port).toBe(kept);
});
