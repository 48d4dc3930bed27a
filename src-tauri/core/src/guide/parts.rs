//! The six parts of the guide (Incorta's guide for Microsoft 365, with what Microsoft's documentation says of it):
//! each step with what, why, where, the command, and how it stands.
//!
//! A part is proven or contradicted by the last check, never by a guess: a token proves part 1, its role part 2, an
//! accepted sign-in parts 3 and 5, an accepted message part 4. What no check can see is ticked by the user; part 6 is
//! proven by the user alone, who copied the values and got a report from Incorta.

use serde::Serialize;
use ts_rs::TS;

use crate::check::{Confidence, Owner, Report, Severity, Stage, StageEvidence, StageOutcome};
use crate::diagnosis::{Command, Values};
use crate::entra::Claims;
use crate::profiles::Profile;
use crate::settings::{AccessPath, Context, parse};
use crate::words;

use super::renewal::RENEWAL;

/// How a part or a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StepState {
    /// The last check shows it, or what came out of Incorta does.
    Proven,
    /// The last check, or the calendar, shows the contrary.
    Contradicted {
        /// The finding's code.
        code: String,
        /// Its title.
        title: String,
    },
    /// The user says so.
    Ticked,
    /// Nothing is known of it.
    NotKnown,
    /// This access path needs nothing here, or the day for it has not come.
    NotNeeded,
}

/// A part of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuidePart {
    /// 1–6; 7 is the renewal of the secret, which the printed guide does not have.
    pub number: u8,
    /// What it is about.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// How it stands.
    pub state: StepState,
    /// What is to be done, in order.
    pub steps: Vec<GuideStep>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuideStep {
    /// Its stable name, for ticks.
    pub id: String,
    /// What.
    pub what: String,
    /// Why, and where the printed guide says otherwise.
    pub why: String,
    /// Where: the menu path.
    pub place: Option<String>,
    /// The page to begin at.
    pub url: Option<String>,
    /// The command with this profile's values.
    pub command: Option<String>,
    /// How it stands.
    pub state: StepState,
}

/// Whose guide it is.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The last check, if it was about the profile as it is.
    pub report: Option<&'a Report>,
}

/// A step before its words and values are filled in.
pub(super) struct Template {
    pub(super) id: &'static str,
    url: Option<&'static str>,
    command: Option<Command>,
}

pub(super) const ENTRA: Option<&str> = Some("https://entra.microsoft.com/");
const ADMIN_CENTER: Option<&str> = Some("https://admin.microsoft.com/");

pub(super) const fn in_portal(id: &'static str, url: Option<&'static str>) -> Template {
    Template { id, url, command: None }
}

const fn in_powershell(id: &'static str, command: Command) -> Template {
    Template { id, url: None, command: Some(command) }
}

const REGISTER: &[Template] = &[in_portal("register", ENTRA), in_portal("secret", ENTRA)];
const CONSENT: &[Template] = &[in_portal("permission", ENTRA), in_portal("consent", ENTRA)];
const PRINCIPAL: &[Template] = &[
    in_powershell("connect", Command::ConnectExchange),
    in_powershell("service-principal", Command::NewServicePrincipal),
];
const RIGHTS: &[Template] =
    &[in_powershell("full-access", Command::AddFullAccess), in_powershell("send-as", Command::AddSendAs)];
const ROLE: &[Template] = &[
    in_powershell("management-scope", Command::NewManagementScope),
    in_powershell("role-assignment", Command::NewManagementRoleAssignment),
    in_powershell("test-authorization", Command::TestAuthorization),
];
const SMTP_AUTH: &[Template] = &[
    Template { id: "smtp-auth", url: ADMIN_CENTER, command: Some(Command::EnableSmtpAuthMailbox) },
    in_powershell("smtp-auth-organization", Command::ShowSmtpAuthOrganization),
];
const INCORTA: &[Template] = &[in_portal("copy", None), in_portal("report", None)];

/// The parts with their steps, by access path.
fn templates(path: AccessPath) -> [(u8, Owner, &'static [Template]); 6] {
    let (consent, rights) = match path {
        AccessPath::Classic => (CONSENT, RIGHTS),
        AccessPath::Rbac => (&[][..], ROLE),
    };
    [
        (1, Owner::EntraAdmin, REGISTER),
        (2, Owner::EntraAdmin, consent),
        (3, Owner::ExchangeAdmin, PRINCIPAL),
        (4, Owner::ExchangeAdmin, rights),
        (5, Owner::ExchangeAdmin, SMTP_AUTH),
        (6, Owner::IncortaAdmin, INCORTA),
    ]
}

/// The guide for a profile.
pub fn guide(subject: Subject<'_>) -> Vec<GuidePart> {
    let values = values(&subject);
    let templates = templates(subject.profile.access_path).into_iter();
    templates.map(|(number, owner, steps)| part(number, owner, steps, &subject, &values)).collect()
}

/// Whether a step of this name exists, by any access path.
pub fn is_step(id: &str) -> bool {
    let parts = [AccessPath::Classic, AccessPath::Rbac].into_iter().flat_map(templates);
    parts.flat_map(|(_, _, steps)| steps).chain(RENEWAL).any(|step| step.id == id)
}

/// What commands are filled with. The token of a check tells the Object ID for certain; before, a reply may have.
pub(super) fn values(subject: &Subject<'_>) -> Values {
    let parsed = parse(&subject.profile.settings, &Context::default()).settings;
    let client_id = parsed.as_ref().map(|settings| settings.client_id.to_string());
    let told = subject.profile.enterprise_application.as_ref();
    let told = told.filter(|told| client_id.as_ref().is_some_and(|id| id.eq_ignore_ascii_case(&told.client_id)));
    let seen = subject.report.and_then(claims).and_then(|claims| claims.object_id.clone());
    let to_fill = |found: Option<String>, id: &str| found.unwrap_or_else(|| words::text(id, &[]));
    Values {
        mailbox: to_fill(parsed.map(|settings| settings.mailbox.to_string()), "mailbox-to-fill"),
        client_id: to_fill(client_id, "client-id-to-fill"),
        object_id: to_fill(seen.or_else(|| told.map(|told| told.object_id.clone())), "object-id-to-fill"),
    }
}

/// How many parts of the set-up in Microsoft 365 (1–5) a check has proven, and how many there are to prove.
pub fn proven(parts: &[GuidePart]) -> (usize, usize) {
    let needed = parts.iter().filter(|part| part.number <= 5 && part.state != StepState::NotNeeded);
    let states: Vec<&StepState> = needed.map(|part| &part.state).collect();
    (states.iter().filter(|state| ***state == StepState::Proven).count(), states.len())
}

fn part(number: u8, owner: Owner, templates: &[Template], subject: &Subject<'_>, values: &Values) -> GuidePart {
    let shown = shown_by_check(number, subject);
    let steps: Vec<GuideStep> =
        templates.iter().map(|template| step(template, subject.profile, values, shown.clone())).collect();
    let all_ticked = || steps.iter().all(|step| step.state == StepState::Ticked);
    let state = match shown {
        Some(shown) => shown,
        None if steps.is_empty() => StepState::NotNeeded,
        None if all_ticked() && owner == Owner::IncortaAdmin => StepState::Proven,
        None if all_ticked() => StepState::Ticked,
        None => StepState::NotKnown,
    };
    GuidePart { number, title: title(number), owner, state, steps }
}

pub(super) fn title(number: u8) -> String {
    words::text(&format!("guide-part-{number}"), &[])
}

/// A step with its words; `shown` is what is known of it, and else it stands as the user ticked it.
pub(super) fn step(template: &Template, profile: &Profile, values: &Values, shown: Option<StepState>) -> GuideStep {
    let is_ticked = profile.ticked_steps.contains(template.id);
    let own = if is_ticked { StepState::Ticked } else { StepState::NotKnown };
    let name = format!("guide-{}", template.id);
    GuideStep {
        id: template.id.to_owned(),
        what: words::text(&name, &[]),
        why: words::text(&format!("{name}.why"), &[]),
        place: words::find(&format!("{name}.place"), &[]),
        url: template.url.map(str::to_owned),
        command: template.command.map(|command| command.fill(values)),
        state: shown.unwrap_or(own),
    }
}

/// Whether the check brought this stage to a good end.
pub(super) fn passed(report: &Report, stage: Stage) -> bool {
    report.stages.iter().any(|record| record.stage == stage && record.outcome == StageOutcome::Passed)
}

/// What the last check says of a part, if anything.
fn shown_by_check(number: u8, subject: &Subject<'_>) -> Option<StepState> {
    let report = subject.report?;
    let needs_role = subject.profile.access_path.needs_role();
    let is_proven = match number {
        1 => passed(report, Stage::Token),
        2 => needs_role && claims(report).is_some_and(Claims::may_send_as_app),
        3 | 5 => passed(report, Stage::SignIn),
        4 => passed(report, Stage::Message),
        _ => false,
    };
    if is_proven {
        return Some(StepState::Proven);
    }
    let speaks_against = report.findings.iter().find(|finding| {
        finding.part == number
            && finding.severity == Severity::Error
            && finding.confidence != Confidence::Possible
            && (number != 2 || needs_role)
    });
    speaks_against.map(|finding| StepState::Contradicted { code: finding.code.clone(), title: finding.title.clone() })
}

fn claims(report: &Report) -> Option<&Claims> {
    let record = report.stages.iter().find(|record| record.stage == Stage::Claims)?;
    match &record.evidence {
        StageEvidence::Claims(evidence) => evidence.claims.as_ref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::guide::tests::profile;
    use crate::profiles::EnterpriseApplication;

    fn unproven(path: AccessPath, ticked: &[&str]) -> Vec<GuidePart> {
        guide(Subject { profile: &profile(path, ticked), report: None })
    }

    #[test]
    fn every_step_has_its_words_and_no_two_the_same_name() {
        for path in [AccessPath::Classic, AccessPath::Rbac] {
            let parts = unproven(path, &[]);
            let mut seen = BTreeSet::new();
            for part in &parts {
                assert!(!part.title.starts_with("guide-"), "{}", part.title);
                for step in &part.steps {
                    assert!(seen.insert(step.id.clone()), "{}", step.id);
                    assert!(!step.what.starts_with("guide-") && !step.why.starts_with("guide-"), "{}", step.id);
                    assert!(step.place.is_some() || step.command.is_some(), "{} says not where", step.id);
                }
            }
        }
    }

    #[test]
    fn rbac_needs_no_permission_and_other_rights() {
        let parts = unproven(AccessPath::Rbac, &[]);
        assert_eq!(parts[1].state, StepState::NotNeeded);
        let commands: Vec<&str> = parts[3].steps.iter().filter_map(|step| step.command.as_deref()).collect();
        assert!(
            commands[1].starts_with("New-ManagementRoleAssignment -Role 'Application SMTP.SendAsApp'"),
            "{commands:?}"
        );
        assert!(!commands.iter().any(|command| command.contains("Add-MailboxPermission")), "{commands:?}");
    }

    #[test]
    fn every_step_of_every_path_is_known_by_its_name() {
        for id in ["register", "full-access", "management-scope", "copy", "renew-remove"] {
            assert!(is_step(id), "{id}");
        }
        assert!(!is_step("no-step"));
    }

    #[test]
    fn what_is_not_needed_is_not_to_be_proven() {
        let count = |path| {
            let mut parts = unproven(path, &["connect"]);
            for part in parts.iter_mut().filter(|part| [1, 3, 6].contains(&part.number)) {
                part.state = StepState::Proven;
            }
            proven(&parts)
        };
        assert_eq!(count(AccessPath::Classic), (2, 5));
        assert_eq!(count(AccessPath::Rbac), (2, 4));
    }

    #[test]
    fn ticks_stand_where_no_check_speaks() {
        let parts = unproven(AccessPath::Classic, &["register"]);
        assert_eq!(parts[0].steps[0].state, StepState::Ticked);
        assert_eq!(parts[0].state, StepState::NotKnown);
        assert_eq!(unproven(AccessPath::Classic, &["register", "secret"])[0].state, StepState::Ticked);
    }

    #[test]
    fn copied_values_and_a_report_from_incorta_prove_part_6() {
        assert_eq!(unproven(AccessPath::Classic, &["copy"])[5].state, StepState::NotKnown);
        assert_eq!(unproven(AccessPath::Classic, &["copy", "report"])[5].state, StepState::Proven);
    }

    #[test]
    fn a_replys_object_id_stands_for_its_application_alone() {
        let mut profile = profile(AccessPath::Classic, &[]);
        let commands = |profile: &Profile| -> String {
            let steps = guide(Subject { profile, report: None }).into_iter().flat_map(|part| part.steps);
            steps.filter_map(|step| step.command).collect()
        };
        let object_id = "c94f7a10-2b6e-4d83-b6f0-77d1e2a9c503".to_owned();
        let client_id = profile.settings.smtp_oauth_client_id.to_uppercase();
        profile.enterprise_application = Some(EnterpriseApplication { client_id, object_id: object_id.clone() });
        assert!(commands(&profile).contains(&object_id));
        profile.settings.smtp_oauth_client_id = "5a0e1d92-84c7-4b6f-9a3d-1f2e7c8b6045".to_owned();
        assert!(!commands(&profile).contains(&object_id));
    }
}
