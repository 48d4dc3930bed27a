//! What a check proves of the guide's parts, and what it contradicts.

use std::sync::Arc;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::guide::{StepState, Subject, guide};
use mail_setup_core::profiles::{Profile, Profiles};
use mail_setup_core::settings::{AccessPath, EmailSettings};
use practice_tenant::{PracticeTenant, TenantState};

use crate::bench::{network, plan, report, settings};

fn profile(settings: &EmailSettings, access_path: AccessPath) -> Profile {
    let folder = tempfile::tempdir().unwrap();
    let profiles = Profiles::in_folder(folder.path(), Arc::new(SystemClock));
    profiles.create("Production", settings.clone(), access_path).unwrap()
}

/// How parts 1 to 6 stand after a check of a tenant in this state: `proven`, a finding's code, or `-`.
async fn standing(state: &str, access_path: AccessPath) -> Vec<String> {
    let tenant = PracticeTenant::start(TenantState::named(state).unwrap()).await.unwrap();
    let settings = settings(&tenant.state());
    let mut plan = plan(settings.clone(), network(&tenant));
    plan.access_path = access_path;
    let report = report(plan, &tenant.client_secret()).await;
    let parts = guide(Subject { profile: &profile(&settings, access_path), report: Some(&report) });
    let words = |state: StepState| match state {
        StepState::Proven => "proven".to_owned(),
        StepState::Contradicted { code, .. } => code,
        StepState::NotKnown => "-".to_owned(),
        StepState::NotNeeded => "not needed".to_owned(),
        StepState::Ticked => "ticked".to_owned(),
    };
    parts.into_iter().map(|part| words(part.state)).collect()
}

#[tokio::test]
async fn each_part_stands_as_the_check_shows() {
    use AccessPath::{Classic, Rbac};
    let proven = "proven";
    let cases = [
        ("healthy", Classic, [proven, proven, proven, proven, proven, "-"]),
        ("secret_expired", Classic, ["client_secret_expired", "-", "-", "-", "-", "-"]),
        ("permission_not_consented", Classic, [proven, "permission_not_consented", "-", "-", "-", "-"]),
        ("service_principal_missing", Classic, [proven, proven, "service_principal_not_registered", "-", "-", "-"]),
        ("full_access_missing", Classic, [proven, proven, proven, "full_access_missing", proven, "-"]),
        ("smtp_auth_disabled_mailbox", Classic, [proven, proven, "-", "-", "smtp_auth_disabled_mailbox", "-"]),
        ("connection_refused", Classic, [proven, proven, "-", "-", "-", "-"]),
        ("rbac", Rbac, [proven, "not needed", proven, proven, proven, "-"]),
        ("rbac_scope_excludes_mailbox", Rbac, [proven, "not needed", "-", "rbac_scope_excludes_mailbox", "-", "-"]),
    ];
    for (state, path, expected) in cases {
        assert_eq!(standing(state, path).await, expected, "{state}");
    }
}

#[tokio::test]
async fn commands_hold_the_profiles_values_and_the_tokens_object_id() {
    let tenant = PracticeTenant::start(TenantState::healthy()).await.unwrap();
    let settings = settings(&tenant.state());
    let report = report(plan(settings.clone(), network(&tenant)), &tenant.client_secret()).await;
    let subject = Subject { profile: &profile(&settings, AccessPath::Classic), report: Some(&report) };
    let commands = |subject: Subject<'_>| -> Vec<String> {
        guide(subject).into_iter().flat_map(|part| part.steps).filter_map(|step| step.command).collect()
    };
    let identities = tenant.state().identities;
    let register = format!("-AppId '{}' -ObjectId '{}'", identities.client_id, identities.object_id);
    assert!(commands(subject).iter().any(|command| command.contains(&register)));
    // Before any check the Object ID is a gap that cannot be taken for a value.
    let before = commands(Subject { report: None, ..subject });
    assert!(before.iter().any(|command| command.contains("-ObjectId '<Object ID of the enterprise application>'")));
}
