// What goes out of the window from a check: details, a message to whoever must act, a file, and what the catalogue
// says of a failure. The same from the check's pane and from an opened report.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import App from "../App.svelte";
import { FULL_ACCESS, REDIRECTED, REFUSED_REPORT, report, SECRET_ENDS } from "./fake-data";
import { FakeShell } from "./fake-shell";

let shell: FakeShell;

beforeEach(() => {
  shell = new FakeShell().install(window);
  shell.report = REFUSED_REPORT;
});

async function open() {
  render(App);
  await screen.findByRole("heading", { name: "Email" });
  return userEvent.setup();
}

async function checked() {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await screen.findByRole("button", { name: "Show details" });
  return user;
}

async function opened() {
  const user = await open();
  const file = new File([JSON.stringify(REFUSED_REPORT)], "server.json", { type: "application/json" });
  await user.upload(screen.getByLabelText("Open a report…"), file);
  await screen.findByRole("button", { name: "Show details" });
  return user;
}

const card = (code: string) => within(document.querySelector<HTMLElement>(`[data-finding="${code}"]`) as HTMLElement);

async function saveMenu() {
  fireEvent.keyDown(screen.getByRole("button", { name: "Save report" }), { key: "Enter" });
  return within(await screen.findByRole("menu"));
}

/** What a command was given as a report. */
const given = (command: string) => JSON.parse(shell.called(command)[0].text);

for (const [place, arrive] of Object.entries({ checked, opened })) {
  test(`details stand by stage and are copied: ${place}`, async () => {
    const user = await arrive();
    await user.click(screen.getByRole("button", { name: "Show details" }));
    const tls = await screen.findByRole("region", { name: "TLS" });
    expect(within(tls).getByText("TLS 1.3")).toBeTruthy();
    expect(given("report_details").findings[0].code).toBe(FULL_ACCESS.code);
    await user.click(screen.getByRole("button", { name: "Copy details" }));
    const { text } = shell.called("copy_text")[0];
    expect(text).toContain("Connect\n  Tried 52.98.1.2: connected after 41 ms\n\nTLS\n  TLS: TLS 1.3");
  });

  test(`a message to whoever must act is copied: ${place}`, async () => {
    const user = await arrive();
    const name = "Copy message for Exchange administrator";
    await user.click(card(FULL_ACCESS.code).getByRole("button", { name }));
    await screen.findByText("Message copied");
    expect(shell.called("report_message")[0].owner).toBe("exchange_admin");
    expect(given("report_message").profile).toBe(REFUSED_REPORT.profile);
  });

  test(`a report is saved as it is: ${place}`, async () => {
    const user = await arrive();
    await user.click((await saveMenu()).getByRole("menuitem", { name: /^HTML/ }));
    await screen.findByText("/home/admin/Downloads/incorta-mail-check-20261125-0307.html");
    expect(shell.called("report_save").map(({ format, mask }) => [format, mask])).toEqual([["html", false]]);
    expect(given("report_save").profile).toBe(REFUSED_REPORT.profile);
  });

  test(`a report is saved with its addresses masked: ${place}`, async () => {
    await arrive();
    const menu = await saveMenu();
    const mask = menu.getByRole("menuitemcheckbox", { name: "Mask e-mail addresses" });
    await fireEvent.click(mask);
    expect(mask.getAttribute("aria-checked")).toBe("true");
    await fireEvent.click(menu.getByRole("menuitem", { name: /^JSON/ }));
    await vi.waitFor(() => expect(shell.called("report_save")).toHaveLength(1));
    expect(shell.called("report_save").map(({ format, mask }) => [format, mask])).toEqual([["json", true]]);
  });

  test(`a failure is explained from its code, where the catalogue knows the code: ${place}`, async () => {
    const user = await arrive();
    expect(card(REDIRECTED.code).queryByRole("button", { name: /^About this failure/ })).toBeNull();
    await user.click(card(FULL_ACCESS.code).getByRole("button", { name: /^About this failure/ }));
    const dialog = await screen.findByRole("dialog", { name: FULL_ACCESS.title });
    expect(within(dialog).getByText("430 4.2.0 after DATA")).toBeTruthy();
    expect(shell.called("failure_page")).toEqual([{ code: FULL_ACCESS.code }]);
  });
}

test("whoever reads the card needs no message to act", async () => {
  shell.report = { ...REFUSED_REPORT, findings: [{ ...FULL_ACCESS, owner: "incorta_admin" }, SECRET_ENDS] };
  await checked();
  expect(card(FULL_ACCESS.code).queryByRole("button", { name: /^Copy message/ })).toBeNull();
  expect(card(SECRET_ENDS.code).getByText(/^Copy message for Entra administrator/)).toBeTruthy();
});

test("a file that cannot be written is told with the folder and the reason", async () => {
  shell.on("report_save", () => {
    throw { code: "file_not_saved", folder: "/home/admin", reason: "Read-only file system" };
  });
  const user = await checked();
  await user.click((await saveMenu()).getByRole("menuitem", { name: /^Markdown/ }));
  await screen.findByText("The file could not be saved");
  expect(screen.getByText("/home/admin: Read-only file system")).toBeTruthy();
});

test("who accepted the message is Rust's word", async () => {
  shell.report = report();
  shell.acceptedBy = "other_server";
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Send test" }));
  await screen.findByRole("heading", { name: "Accepted by smtp.office365.com, which is not Exchange Online" });
});
