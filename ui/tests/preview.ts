// The window with the fake shell behind it, for looking at it in a browser: `npm run ui:dev`, then open
// /tests/preview.html?state=… Not part of the build.
import { EMPTY, profile, REFUSED_REPORT, report, SECRET_ENDS } from "./fake-data";
import { FakeShell } from "./fake-shell";

const state = new URLSearchParams(location.search).get("state");
const shell = new FakeShell().install(window);
const stageMs = Number(new URLSearchParams(location.search).get("ms") ?? 0);
shell.betweenStages = () => new Promise((resolve) => setTimeout(resolve, stageMs));
shell.report = report({ outcome: "warned", findings: [SECRET_ENDS] });
if (state === "first") shell.profiles = [];
if (state === "failed") shell.report = REFUSED_REPORT;
if (state === "worst") {
  shell.profiles = [
    profile("p1", "A profile with a rather long name", { smtp_port: 25, smtp_host: "mail.contoso.com" }),
  ];
  shell.on("secret_status", () => "kept_for_this_run");
}
if (state === "locked") shell.on("secret_status", () => "store_locked");
if (state === "new") {
  shell.profiles = [profile("p1", "contoso.com", { ...EMPTY, system_email_address: "reports@contoso.com" })];
  shell.secret = "not_stored";
}
await import("../main");
