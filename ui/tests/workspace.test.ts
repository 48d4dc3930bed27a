// A profile's form, secret, check and copy list together.
import { beforeEach, expect, test, vi } from "vitest";
import type { CopyRow, TenantDiscovery } from "../lib/bindings";
import { Workspace } from "../sections/shell/workspace.svelte";
import { EMPTY, ENDPOINT, profile, REFUSED_REPORT, report } from "./fake-data";
import { FakeShell } from "./fake-shell";

const SECRET = "canary-8Q~not-a-real-secret";
let shell: FakeShell;
let workspace: Workspace;

function workspaceWith(settings = {}): Workspace {
  const events = {
    saved: vi.fn(),
    saveFailed: vi.fn(),
    failed: vi.fn(),
    checkEnded: vi.fn(),
    valuesTaken: vi.fn(),
  };
  return new Workspace(profile("p1", "Production", settings), events);
}

beforeEach(() => {
  shell = new FakeShell().install(window);
  workspace = workspaceWith();
});

const commands = () => shell.calls.map((call) => call.command);

test("a check starts after the latest text is saved and validated", async () => {
  workspace.form.set("smtp_host", "mail.contoso.com");
  await workspace.check.run("message");
  expect(commands().indexOf("profile_save")).toBeGreaterThanOrEqual(0);
  expect(commands().indexOf("profile_save")).toBeLessThan(commands().indexOf("check_start"));
  expect(shell.called("profile_save")[0].settings.smtp_host).toBe("mail.contoso.com");
});

test("what came back from saving is judged before the check starts", async () => {
  shell.profiles = [profile("p1", "Production", { smtp_host: "" })];
  const save = shell.handler("profile_save");
  shell.on("profile_save", async (args) => {
    // Later than every answer about what was typed.
    await new Promise((resolve) => setTimeout(resolve));
    return save(args);
  });
  workspace.form.set("smtp_oauth_client_id", "typed");
  await workspace.check.run("message");
  expect(workspace.check.error?.code).toBe("settings_invalid");
  expect(workspace.wanted).toBe("smtp_host");
});

test("a check waits for a secret that is still being stored", async () => {
  let stored = () => {};
  shell.secret = "not_stored";
  shell.on(
    "secret_store",
    () =>
      new Promise((resolve) => {
        stored = () => {
          shell.secret = "stored";
          resolve({ status: "stored", issues: [] });
        };
      }),
  );
  const storing = workspace.secret.store(SECRET);
  const checking = workspace.check.run("message");
  // One turn of the event loop runs everything that does not wait for the store.
  await new Promise((resolve) => setTimeout(resolve));
  expect(shell.called("check_start")).toHaveLength(0);
  stored();
  await Promise.all([storing, checking]);
  expect(workspace.check.report?.outcome).toBe("passed");
});

test("a check with an invalid field does not start and leads to the field", async () => {
  workspace = workspaceWith(EMPTY);
  await workspace.check.run("message");
  expect(shell.called("check_start")).toHaveLength(0);
  expect(workspace.check.error?.code).toBe("settings_invalid");
  expect(workspace.wanted).toBe("system_email_address");
});

test("a check without a secret says so at the secret", async () => {
  shell.secret = "not_stored";
  await workspace.check.run("message");
  expect(workspace.secret.error?.code).toBe("secret_not_stored");
  expect(workspace.wanted).toBe("smtp_oauth_client_secret");
});

test("what another program left in the store is said at the secret", async () => {
  shell.on("check_start", () => {
    throw { code: "secret_unreadable" };
  });
  await workspace.check.run("message");
  expect(workspace.secret.status).toBe("unreadable");
  expect(workspace.secret.isStored).toBe(false);
  expect(workspace.wanted).toBe("smtp_oauth_client_secret");
});

test("a check that does not start leaves the last proof standing", async () => {
  await workspace.check.run("message");
  shell.on("check_start", () => {
    throw { code: "check_running" };
  });
  await workspace.check.run("message");
  expect(workspace.check.error?.code).toBe("check_running");
  expect(workspace.standing.isProven).toBe(true);
  expect(workspace.check.stage("message").state).toBe("passed");
});

test("recipients may be separated by commas or blanks; without any the mailbox writes to itself", async () => {
  await workspace.check.run("message");
  workspace.check.recipients = "a@contoso.com, b@contoso.com c@contoso.com";
  await workspace.check.run("message");
  expect(shell.called("check_start").map((args) => args.request.recipients)).toEqual([
    ["reports@contoso.com"],
    ["a@contoso.com", "b@contoso.com", "c@contoso.com"],
  ]);
});

test("the secret is kept nowhere after the call", async () => {
  await workspace.secret.store(SECRET);
  shell.calls.length = 0;
  const seen = new Set<unknown>();
  const holds = (value: unknown): boolean => {
    if (typeof value === "string") return value.includes(SECRET);
    if (typeof value !== "object" || value === null || seen.has(value)) return false;
    seen.add(value);
    const keys = [...Object.keys(value), ...Object.getOwnPropertyNames(Object.getPrototypeOf(value) ?? {})];
    return keys.some((key) => holds((value as Record<string, unknown>)[key]));
  };
  expect(workspace.secret.status).toBe("stored");
  expect(holds(workspace)).toBe(false);
  expect(JSON.stringify([workspace.secret.issues, workspace.secret.error, workspace.form.settings])).not.toContain(
    SECRET,
  );
});

test("the standing follows the check and later changes", async () => {
  expect(workspace.standing.words).toBe("Not checked yet");
  await workspace.check.run("message");
  expect(workspace.standing.words).toMatch(/^Proven today, \d\d:\d\d$/);
  workspace.form.set("smtp_host", "mail.contoso.com");
  expect(workspace.standing.words).toBe("Changed since the check");
  workspace.form.set("smtp_host", "smtp.office365.com");
  expect(workspace.standing.isProven).toBe(true);
  await workspace.secret.store(SECRET);
  expect(workspace.standing.words).toBe("Changed since the check");
  shell.report = REFUSED_REPORT;
  await workspace.check.run("message");
  expect(workspace.standing.words).toBe("Needs Exchange admin");
});

test("a check that goes less deep proves no sending", async () => {
  shell.report = report({ depth: "sign_in" });
  await workspace.check.run("sign_in");
  expect(workspace.standing.isProven).toBe(false);
});

test("stages are followed while the check runs", async () => {
  const steps: (() => void)[] = [];
  shell.betweenStages = () => new Promise((resolve) => steps.push(resolve));
  const checking = workspace.check.run("message");
  await vi.waitFor(() => expect(workspace.check.stage("settings").state).toBe("running"));
  steps.shift()?.();
  await vi.waitFor(() => expect(workspace.check.stage("token").state).toBe("running"));
  expect(workspace.check.stage("settings").state).toBe("passed");
  expect(workspace.check.stage("message").state).toBe("pending");
  shell.betweenStages = () => Promise.resolve();
  steps.shift()?.();
  await checking;
  expect(workspace.check.stage("message").state).toBe("passed");
});

test("a check can be stopped while it runs, once", async () => {
  let end = () => {};
  shell.report = report({ outcome: "cancelled" });
  shell.betweenStages = () =>
    new Promise((resolve) => {
      end = resolve;
    });
  const checking = workspace.check.run("message");
  await vi.waitFor(() => expect(workspace.check.stage("settings").state).toBe("running"));
  await Promise.all([workspace.check.stop(), workspace.check.stop()]);
  expect(shell.called("check_cancel")).toHaveLength(1);
  shell.betweenStages = () => Promise.resolve();
  end();
  await checking;
  expect(workspace.standing.isProven).toBe(false);
});

test("a tick goes when the row's value changes, and does not come back by itself", async () => {
  const { copy, form, secret } = workspace;
  await copy.load();
  const rowOf = (field: string) => {
    const row = copy.rows.find((one) => one.field === field);
    if (!row) throw new Error(`no row ${field}`);
    return row;
  };
  for (const field of ["smtp_host", "smtp_port", "smtp_oauth_client_secret"]) await copy.copy(rowOf(field));
  expect(shell.called("secret_copy")).toHaveLength(1);
  form.set("smtp_host", "mail.contoso.com");
  await secret.store(SECRET);
  await copy.load();
  expect(copy.isTicked(rowOf("smtp_host"))).toBe(false);
  expect(copy.isTicked(rowOf("smtp_oauth_client_secret"))).toBe(false);
  expect(copy.isTicked(rowOf("smtp_port"))).toBe(true);
  form.set("smtp_host", "smtp.office365.com");
  await copy.load();
  expect(copy.isTicked(rowOf("smtp_host"))).toBe(false);
});

test("rows of older settings are dropped", async () => {
  const answers: ((rows: CopyRow[]) => void)[] = [];
  shell.on("copy_rows", () => new Promise((resolve) => answers.push(resolve)));
  const loads = [workspace.copy.load(), workspace.copy.load()];
  const rows = (value: string): CopyRow[] => [{ field: "smtp_host", label: "SMTP Host", control: "text_box", value }];
  answers[1]?.(rows("newer"));
  answers[0]?.(rows("older"));
  await Promise.all(loads);
  expect(workspace.copy.rows).toEqual(rows("newer"));
});

test("the tenant's endpoint fills an empty field, and goes again with undo", async () => {
  workspace = workspaceWith(EMPTY);
  await workspace.tenant.look("reports@contoso.com");
  expect(workspace.form.settings.smtp_oauth_token_endpoint).toBe(ENDPOINT);
  workspace.form.notes.smtp_oauth_token_endpoint?.undo?.();
  expect(workspace.form.settings.smtp_oauth_token_endpoint).toBe("");
});

test("the tenant's endpoint leaves a typed one alone", async () => {
  workspace = workspaceWith({ smtp_oauth_token_endpoint: "typed/oauth2/v2.0/token" });
  await workspace.tenant.look("reports@contoso.com");
  expect(workspace.form.settings.smtp_oauth_token_endpoint).toBe("typed/oauth2/v2.0/token");
});

test("a tenant found for an older address is dropped", async () => {
  const answers: ((found: TenantDiscovery) => void)[] = [];
  shell.on("discover_tenant", () => new Promise((resolve) => answers.push(resolve)));
  const first = workspace.tenant.look("reports@contoso.com");
  const second = workspace.tenant.look("reports@fabrikam.com");
  answers[1]?.({ state: "not_found", domain: "fabrikam.com" });
  answers[0]?.({ state: "not_found", domain: "contoso.com" });
  await Promise.all([first, second]);
  expect(workspace.tenant.discovery).toEqual({ state: "not_found", domain: "fabrikam.com" });
});
