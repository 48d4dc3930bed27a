//! The renewal of the client secret before it ends: a new one beside the old one, checked, copied to Incorta, and only
//! then the old one removed, so that mail never stops.

use jiff::civil::Date;

use super::parts::{ENTRA, GuidePart, GuideStep, StepState, Subject, Template, in_portal, passed, step, title, values};
use crate::check::{Owner, Stage};
use crate::diagnosis::{FindingCode, WARNED_BEFORE_END};
use crate::words;

/// Its steps, in order; *copy* is also one of part 6.
pub(super) const RENEWAL: &[Template] = &[
    in_portal("renew-secret", ENTRA),
    in_portal("renew-check", None),
    in_portal("copy", None),
    in_portal("renew-remove", ENTRA),
];

/// The renewal as it stands on a day. It begins when the secret's end is near, and is over when a secret with a later
/// end is checked, copied, and the only one.
pub fn renewal(subject: Subject<'_>, today: Date) -> GuidePart {
    let last_day = subject.profile.secret_expires_on.as_deref().and_then(|day| day.parse::<Date>().ok());
    let days_left = last_day.and_then(|day| today.until(day).ok()).map(|left| left.get_days());
    let is_new = days_left.is_some_and(|left| left > WARNED_BEFORE_END);
    // Before the new secret is noted, a check that passed speaks of the old one.
    let is_checked = is_new && subject.report.is_some_and(|report| passed(report, Stage::Message));
    let values = values(&subject);
    let shown = |id: &str| match id {
        "renew-secret" => is_new.then_some(StepState::Proven),
        "renew-check" => is_checked.then_some(StepState::Proven),
        _ => None,
    };
    let steps: Vec<GuideStep> =
        RENEWAL.iter().map(|template| step(template, subject.profile, &values, shown(template.id))).collect();
    let state = match days_left {
        Some(left) if left < 0 => contradicted(FindingCode::ClientSecretPastEndDate),
        Some(left) if left <= WARNED_BEFORE_END => contradicted(FindingCode::ClientSecretEndsSoon),
        Some(_) if steps.iter().all(|step| step.state != StepState::NotKnown) => StepState::Ticked,
        Some(_) => StepState::NotNeeded,
        None => StepState::NotKnown,
    };
    GuidePart { number: 7, title: title(7), owner: Owner::EntraAdmin, state, steps }
}

fn contradicted(code: FindingCode) -> StepState {
    StepState::Contradicted { code: code.identifier().to_owned(), title: words::text(&code.message(), &[]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::tests::profile;
    use crate::settings::AccessPath;

    /// How the renewal and its steps stand for a secret with this last day, on 25 November 2026.
    fn standing(last_day: Option<&str>, ticked: &[&str]) -> (String, Vec<bool>) {
        let mut profile = profile(AccessPath::Classic, ticked);
        profile.secret_expires_on = last_day.map(str::to_owned);
        let part = renewal(Subject { profile: &profile, report: None }, jiff::civil::date(2026, 11, 25));
        let state = match part.state {
            StepState::Contradicted { code, title } => {
                assert!(!title.starts_with("finding-"), "{title}");
                code
            }
            state => format!("{state:?}"),
        };
        (state, part.steps.iter().map(|step| step.state != StepState::NotKnown).collect())
    }

    #[test]
    fn it_is_due_thirty_days_before_the_end() {
        assert_eq!(standing(Some("2026-12-26"), &[]).0, "NotNeeded");
        assert_eq!(standing(Some("2026-12-25"), &[]).0, "client_secret_ends_soon");
        assert_eq!(standing(Some("2026-11-25"), &[]).0, "client_secret_ends_soon");
        assert_eq!(standing(Some("2026-11-24"), &[]).0, "client_secret_past_end_date");
        assert_eq!(standing(None, &[]).0, "NotKnown");
    }

    #[test]
    fn a_later_end_is_the_new_secret() {
        assert_eq!(standing(Some("2026-12-18"), &[]).1, [false, false, false, false]);
        assert_eq!(standing(Some("2027-12-18"), &[]).1, [true, false, false, false]);
    }

    #[test]
    fn it_is_over_when_every_step_is_done() {
        let (state, steps) = standing(Some("2027-12-18"), &["renew-check", "copy", "renew-remove"]);
        assert_eq!(steps, [true; 4]);
        assert_eq!(state, "Ticked");
    }

    #[test]
    fn another_end_takes_back_what_was_done_for_the_last_secret() {
        let mut profile = profile(AccessPath::Classic, &["register", "copy", "report", "renew-remove"]);
        profile.change(|profile| profile.name = "Production 2".to_owned());
        assert_eq!(profile.ticked_steps.len(), 4);
        profile.change(|profile| profile.secret_expires_on = Some("2027-12-18".to_owned()));
        assert_eq!(profile.ticked_steps.into_iter().collect::<Vec<_>>(), ["register"]);
    }
}
