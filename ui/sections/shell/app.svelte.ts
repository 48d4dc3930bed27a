// The window as a whole: which profiles there are, which one is chosen, which section is open.
import { tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Accepted, CommandError, Profile, ProfileFact, Report, Start, StartNotice } from "../../lib/bindings";
import { commandError, wordsFor } from "../../lib/errors";
import * as ipc from "../../lib/ipc";
import { attempt, showFailure } from "../../lib/notices";
import { Toasts } from "../../widgets/toasts.svelte";
import { errorsOf, hasPassed } from "../check/standing";
import { AdminDesk } from "../guide/admin.svelte";
import { COPY_STEP } from "../guide/states";
import { PracticeDesk } from "../practice/practice.svelte";
import { ReportHandover } from "../report/handover.svelte";
import { ReportDesk } from "../report/report.svelte";
import { Workspace } from "./workspace.svelte";

export type Section = "guide" | "settings" | "copy" | "practice" | "report";

const SET_ASIDE: Record<StartNotice["code"], string> = {
  profiles_set_aside: "The profiles file could not be read and was set aside",
  requests_set_aside: "The file of the requests to administrators could not be read and was set aside",
};

export class App {
  readonly toasts = new Toasts();
  readonly practice = new PracticeDesk(() => this.#practiceSwitched());
  readonly reports = new ReportDesk();
  readonly handover = new ReportHandover(this.toasts);
  readonly admin = new AdminDesk(this.toasts);
  start = $state.raw<Start | null>(null);
  error = $state.raw<CommandError | null>(null);
  profiles = $state.raw<Profile[]>([]);
  selectedId = $state<string | null>(null);
  section = $state<Section>("settings");
  #workspaces = new SvelteMap<string, Workspace>();
  /** The message about the last file that was refused; the next file takes it away. */
  #refusal: number | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  get selected(): Profile | null {
    return this.profiles.find((profile) => profile.id === this.selectedId) ?? null;
  }

  get workspace(): Workspace | null {
    return this.selectedId === null ? null : this.workspaceOf(this.selectedId);
  }

  get isPractice(): boolean {
    return this.selectedId !== null && this.isPracticeProfile(this.selectedId);
  }

  /** The practice profile is chosen and holds the practice tenant's values. */
  get isPracticeFilled(): boolean {
    const wanted = this.practice.practice?.values.client_id;
    return this.isPractice && this.workspace?.form.settings.smtp_oauth_client_id === wanted;
  }

  isPracticeProfile(id: string): boolean {
    return id === this.start?.practice_profile_id;
  }

  workspaceOf(id: string): Workspace | null {
    return this.#workspaces.get(id) ?? null;
  }

  /** The first thing the window does; may be repeated after a failure. */
  async open(): Promise<void> {
    this.error = null;
    try {
      const start = await ipc.start();
      this.start = start;
      for (const profile of start.profiles) this.#keep(profile);
      for (const { code, path, reason } of start.notices) {
        this.toasts.show(SET_ASIDE[code], { tone: "error", detail: `${path}: ${reason}` });
      }
      this.#show(start.profiles.find(({ id }) => id === start.selected)?.id ?? start.profiles[0]?.id ?? null);
    } catch (caught) {
      this.error = commandError(caught);
    }
  }

  async select(id: string): Promise<void> {
    if (id === this.selectedId) return;
    await this.flush();
    this.#show(id);
    // A report is of no profile: who chooses one wants to see it.
    if (this.section === "report") this.section = "settings";
    await attempt(this.toasts, () => ipc.profileSelect(id));
  }

  /** Creates a profile for a mailbox; rejects, so that the page that asked can say why. */
  async create(name: string, address: string): Promise<void> {
    await this.flush();
    await this.#inTurn(async () => this.#choose(await ipc.profileCreate(name, address)));
    // The mailbox is given: this is what to type next.
    if (this.workspace) this.workspace.wanted = "smtp_oauth_client_id";
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#inTurn(async () => this.#keep(await ipc.profileRename(id, name)));
  }

  async duplicate(id: string): Promise<void> {
    const duplicate = async () => {
      await this.flush();
      const copy = await ipc.profileDuplicate(id);
      this.#choose(copy);
      this.toasts.show(`Duplicated as “${copy.name}”`, { detail: "The secret is not duplicated. Enter it again." });
    };
    await attempt(this.toasts, () => this.#inTurn(duplicate));
  }

  /** Notes something of a profile besides its form; rejects, so that the control that asked can say why. */
  async setFact(id: string, fact: ProfileFact): Promise<void> {
    await this.#inTurn(async () => this.#keep(await ipc.profileSetFact(id, fact)));
  }

  /** The same, told of at the window's edge when it fails. */
  noteFact(id: string, fact: ProfileFact): Promise<boolean> {
    return attempt(this.toasts, () => this.setFact(id, fact));
  }

  /** Ticks a step of the guide as done, or takes the tick back. */
  tickStep(id: string, step: string, ticked: boolean): Promise<boolean> {
    return this.noteFact(id, { fact: "step_ticked", step, ticked });
  }

  /** Opens the Microsoft 365 administrator's reply and takes over what it filled; rejects as `create`. */
  async acceptReply(text: string): Promise<Accepted> {
    await this.flush();
    return this.#inTurn(async () => {
      const accepted = await ipc.handoverAccept(text);
      this.#keep(accepted.profile);
      const filled = this.workspaceOf(accepted.profile.id);
      filled?.form.follow(accepted.profile.settings);
      filled?.secret.received(accepted.secret);
      return accepted;
    });
  }

  async remove(profile: Profile): Promise<void> {
    const remove = async () => {
      await this.workspaceOf(profile.id)?.form.flush();
      await ipc.profileRemove(profile.id).catch((caught) => {
        // Deleted elsewhere already: it stood here for what was typed into it only.
        if (commandError(caught).code !== "profile_not_found") throw caught;
      });
      this.profiles = this.profiles.filter(({ id }) => id !== profile.id);
      if (this.selectedId === profile.id) this.#show(this.profiles[0]?.id ?? null);
      this.toasts.show(`Deleted “${profile.name}”`, {
        action: { label: "Undo", run: () => void this.#restore(profile.id) },
      });
    };
    await attempt(this.toasts, () => this.#inTurn(remove));
  }

  /** Takes over what another window or the terminal changed in the profiles meanwhile. */
  async refresh(): Promise<void> {
    if (this.start !== null) await attempt(this.toasts, () => this.#inTurn(() => this.#readAnew()));
  }

  /** Starts the practice tenant and opens its page. */
  async openPractice(): Promise<void> {
    await this.choosePracticeProfile(ipc.practiceProfile, "practice");
  }

  /** Selects the practice profile: as it is, or with the values typed in (`ipc.practiceFill`). */
  async choosePracticeProfile(ask: () => Promise<Profile>, section: Section): Promise<void> {
    await attempt(this.toasts, async () => {
      await this.flush();
      await this.practice.start();
      const profile = await ask();
      this.#choose(profile);
      this.workspace?.form.follow(profile.settings);
      this.workspace?.open();
      this.section = section;
      await ipc.profileSelect(profile.id);
    });
  }

  /** Opens a part of the guide and goes there. */
  async turnTo(part: number): Promise<void> {
    this.workspace?.guide.turnTo(part);
    this.section = "guide";
    await tick();
    document.querySelector<HTMLElement>(`[data-part="${part}"] button`)?.focus();
  }

  /** Opens a report file as a section of its own. */
  async openReport(file: File): Promise<void> {
    if (this.#refusal !== null) this.toasts.dismiss(this.#refusal);
    try {
      if (await this.reports.open(file, this.start?.report_size_limit ?? 0)) this.section = "report";
    } catch (caught) {
      const { title, detail } = wordsFor(commandError(caught));
      const told = detail === null ? file.name : `${file.name}: ${detail}`;
      this.#refusal = this.toasts.show(title, { tone: "error", detail: told });
    }
  }

  closeReport(): void {
    this.reports.close();
    this.section = "settings";
  }

  async copyText(text: string, said: string): Promise<boolean> {
    const copied = await attempt(this.toasts, () => ipc.copyText(text));
    if (copied) this.toasts.show(said);
    return copied;
  }

  async openLink(url: string): Promise<void> {
    await attempt(this.toasts, () => ipc.openLink(url));
  }

  /** Saves at once what waits to be saved. */
  async flush(): Promise<void> {
    await this.workspace?.form.flush();
  }

  /** Brings a deleted profile back, and saves what was typed into it meanwhile. */
  async #restore(id: string): Promise<void> {
    const restore = () => this.#inTurn(async () => this.#choose(await ipc.profileRestore(id)));
    if (await attempt(this.toasts, restore)) await this.workspaceOf(id)?.form.flush();
  }

  /** What changes the list of profiles waits for its turn, so that no older answer undoes a newer one. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }

  async #readAnew(): Promise<void> {
    await Promise.all(this.profiles.map(({ id }) => this.workspaceOf(id)?.form.flush()));
    const news = new Map(Array.from(this.#workspaces, ([id, { form }]) => [id, form.awaitNews()]));
    const kept = await ipc.profilesList();
    for (const profile of kept) {
      this.#keep(profile);
      news.get(profile.id)?.(profile.settings);
    }
    const shown = this.selected;
    const isKept = ({ id }: Profile) => kept.some((one) => one.id === id);
    const stays = ({ id }: Profile) => this.isPracticeProfile(id) || this.workspaceOf(id)?.isInUse === true;
    this.profiles = [...kept, ...this.profiles.filter((profile) => !isKept(profile) && stays(profile))];
    if (this.selected === null) this.#show(this.profiles[0]?.id ?? null);
    if (shown !== null && shown.id !== this.selectedId) {
      // Another profile must not be taken for the one that stood here.
      this.section = "settings";
      this.#tellDeleted(shown, null);
    }
    // The mailbox may be another one now; the same is not asked for again.
    void this.workspace?.tenant.look(this.workspace.form.settings.system_email_address);
  }

  #tellDeleted({ id, name }: Profile, detail: string | null): void {
    this.toasts.show(`“${name}” was deleted elsewhere`, {
      tone: detail === null ? "info" : "error",
      detail,
      action: { label: "Bring it back", run: () => void this.#restore(id) },
    });
  }

  #saveFailed(workspace: Workspace, caught: unknown): void {
    const { profileId } = workspace.form;
    const profile = this.profiles.find(({ id }) => id === profileId);
    if (profile && commandError(caught).code === "profile_not_found") {
      this.#tellDeleted(profile, "What you typed is still here, but not saved.");
    } else {
      showFailure(this.toasts, caught, () => void workspace.form.flush());
    }
  }

  #choose(profile: Profile): void {
    this.#keep(profile);
    this.#show(profile.id);
    this.section = "settings";
  }

  #show(id: string | null): void {
    this.selectedId = id;
    if (id !== null) this.workspaceOf(id)?.open();
  }

  /** Takes a new or renamed profile into the list; an open form keeps what is typed in it. */
  #keep(profile: Profile): void {
    const isKnown = this.profiles.some(({ id }) => id === profile.id);
    this.profiles = isKnown
      ? this.profiles.map((known) => (known.id === profile.id ? profile : known))
      : [...this.profiles, profile];
    const open = this.#workspaces.get(profile.id);
    if (open) {
      open.profile = profile;
      return;
    }
    const failed = (caught: unknown) => showFailure(this.toasts, caught);
    const workspace = new Workspace(profile, {
      saved: (saved) => this.#keep(saved),
      saveFailed: (caught) => this.#saveFailed(workspace, caught),
      failed,
      checkEnded: (end) => {
        void this.practice.look();
        if (end.keptTrying) this.#tellEnd(profile.id, end.report);
      },
      valuesTaken: () => void this.tickStep(profile.id, COPY_STEP, true),
    });
    this.#workspaces.set(profile.id, workspace);
  }

  /** Somebody asked for a check to be repeated, and may have turned to something else since. */
  #tellEnd(id: string, report: Report): void {
    const name = this.profiles.find((profile) => profile.id === id)?.name ?? report.profile;
    const words = hasPassed(report) ? `“${name}” passed the check` : `“${name}” has not passed the check in time`;
    this.toasts.show(words, { detail: errorsOf(report)[0]?.title, stays: true });
  }

  /** A switch may also have changed what its profile says of the tenant. */
  #practiceSwitched(): void {
    const open = this.start && this.workspaceOf(this.start.practice_profile_id);
    if (!open) return;
    open.check.markChanged();
    void attempt(this.toasts, () => this.#inTurn(async () => this.#keep(await ipc.practiceProfile())));
  }
}
