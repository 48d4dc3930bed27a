// Everything the window holds about one profile, wired together: form, secret, check and copy list.
import type { CommandError, Field, PasteOutcome, Profile, Report } from "../../lib/bindings";
import { type CheckEnd, CheckRunner } from "../check/check.svelte";
import { type Standing, standingOf } from "../check/standing";
import { CopyList } from "../copy/copy.svelte";
import { GuideBook } from "../guide/guide.svelte";
import { SecretEnd } from "../settings/end.svelte";
import { type FormEvents, SettingsForm } from "../settings/form.svelte";
import { SecretKeeper } from "../settings/secret.svelte";
import { type FoundTenant, TenantFinder } from "../settings/tenant.svelte";
import { sameSettings } from "../settings/values";

/** What a profile tells the rest of the window. */
export type WorkspaceEvents = FormEvents & {
  checkEnded(end: CheckEnd): void;
  /** Every value was taken over into Incorta. */
  valuesTaken(): void;
};

export class Workspace {
  /** As it is kept; what is typed into its form is newer. */
  profile: Profile = $state.raw() as Profile;
  readonly form: SettingsForm;
  readonly secret: SecretKeeper;
  readonly secretEnd = new SecretEnd();
  readonly tenant: TenantFinder;
  readonly check: CheckRunner;
  readonly copy: CopyList;
  readonly guide: GuideBook;
  /** A field that should get the focus; the form takes it and clears it. */
  wanted = $state<Field | null>(null);
  #filledEndpoint: string | null = null;

  constructor(profile: Profile, events: WorkspaceEvents) {
    this.profile = profile;
    this.form = new SettingsForm(profile.id, profile.settings, events);
    this.secret = new SecretKeeper(profile.id);
    this.tenant = new TenantFinder(profile.id, (found) => this.#tenantFound(found));
    this.check = new CheckRunner(profile.id, {
      prepare: () => this.#prepare(),
      settings: () => this.form.settings,
      secretVersion: () => this.secret.version,
      accessPath: () => this.profile.access_path,
      refused: (error) => this.#refused(error),
      ended: (end) => events.checkEnded(end),
    });
    this.copy = new CopyList(profile.id, {
      settings: () => this.form.settings,
      secretVersion: () => this.secret.version,
      taken: () => events.valuesTaken(),
    });
    this.guide = new GuideBook(profile.id);
  }

  /** Asks for everything the page shows of this profile. */
  open(): void {
    void this.form.validate();
    void this.secret.load();
    void this.tenant.lookAgain(this.form.settings.system_email_address);
  }

  async paste(field: Field, text: string): Promise<PasteOutcome | null> {
    const outcome = await this.form.paste(field, text);
    if (outcome?.secret_status) this.secret.received(outcome.secret_status);
    if (outcome?.secret_error) this.secret.error = outcome.secret_error;
    if (outcome) void this.tenant.look(this.form.settings.system_email_address);
    return outcome;
  }

  /** Something would be lost if this profile went out of the window now. */
  get isInUse(): boolean {
    return this.form.isUnsaved || this.check.running;
  }

  /** The report is about other settings, another secret or another way to the rights than those of now. */
  get isChanged(): boolean {
    const checked = this.check.checkedSettings;
    if (checked === null) return false;
    return this.check.isOutdated || !sameSettings(checked, this.form.settings);
  }

  /** The last check's report, as long as it is about this profile as it is now. */
  get proof(): Report | null {
    return this.isChanged ? null : this.check.report;
  }

  get standing(): Standing {
    const { running, report } = this.check;
    return standingOf({ running, report, isChanged: this.isChanged }, new Date());
  }

  async #prepare(): Promise<"ready" | "invalid" | "unsaved"> {
    this.form.tried = true;
    void this.form.validate();
    // What comes back from saving may differ from what was typed: it is what will be checked.
    const isSaved = await this.form.flush();
    await Promise.all([this.form.settled(), this.secret.settled()]);
    if (this.form.firstError === null) return isSaved ? "ready" : "unsaved";
    this.wanted = this.form.firstError;
    return "invalid";
  }

  #refused(error: CommandError): void {
    if (error.code === "settings_invalid") {
      this.form.showIssues(error.issues);
      this.wanted = this.form.firstError;
    } else if (error.code === "secret_not_stored") {
      this.secret.missing();
      this.wanted = "smtp_oauth_client_secret";
    } else if (error.code === "secret_unreadable") {
      this.secret.received("unreadable");
      this.wanted = "smtp_oauth_client_secret";
    } else if (error.code === "store_locked") {
      this.secret.received("store_locked");
    }
  }

  /** Fills the token endpoint when it is empty, or still the one that was filled in for another mailbox. */
  #tenantFound(tenant: FoundTenant): void {
    const present = this.form.settings.smtp_oauth_token_endpoint.trim();
    const isOurs = present !== "" && present === this.#filledEndpoint;
    if ((present !== "" && !isOurs) || present === tenant.token_endpoint) {
      // Rust compares the address with the tenant it has just found.
      void this.form.validate();
      return;
    }
    this.#filledEndpoint = tenant.token_endpoint;
    this.form.fill("smtp_oauth_token_endpoint", tenant.token_endpoint, `Filled in for ${tenant.domain}.`);
  }
}
