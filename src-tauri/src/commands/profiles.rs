//! Profiles. The practice tenant's profile takes changes in memory; it cannot
//! be renamed, copied or deleted, and its access path is its tenant's.

use std::sync::Arc;

use jiff::civil::Date;
use mail_setup_core::guide::is_step;
use mail_setup_core::profiles::{Profile, ProfileError, Profiles, merged};
use mail_setup_core::settings::{self, AccessPath, EmailSettings};

use super::{Answer, State};
use crate::app_state::blocking;
use crate::error::CommandError;
use crate::practice::PROFILE_ID;
use crate::requests::ProfileFact;

/// Calls the profiles on a thread that may wait for the disk.
async fn with_profiles<T: Send + 'static>(
    state: &State<'_>,
    work: impl FnOnce(&Profiles) -> Result<T, ProfileError> + Send + 'static,
) -> Answer<T> {
    let profiles = Arc::clone(&state.profiles);
    blocking(move || Ok(work(&profiles)?)).await
}

#[tauri::command]
pub async fn profiles_list(state: State<'_>) -> Answer<Vec<Profile>> {
    with_profiles(&state, Profiles::list).await
}

#[tauri::command]
pub async fn profile_create(state: State<'_>, name: String, address: String) -> Answer<Profile> {
    let settings = EmailSettings { system_email_address: address.trim().to_owned(), ..EmailSettings::default() };
    let issues = settings::sender_issues(&settings);
    if !issues.is_empty() {
        return Err(CommandError::SettingsInvalid { issues });
    }
    with_profiles(&state, move |profiles| profiles.create(&name, settings, AccessPath::default())).await
}

#[tauri::command]
pub async fn profile_rename(state: State<'_>, profile_id: String, name: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.rename(&profile_id, &name)).await
}

#[tauri::command]
pub async fn profile_duplicate(state: State<'_>, profile_id: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.duplicate(&profile_id)).await
}

#[tauri::command]
pub async fn profile_remove(state: State<'_>, profile_id: String) -> Answer<()> {
    with_profiles(&state, move |profiles| profiles.remove(&profile_id)).await
}

#[tauri::command]
pub async fn profile_restore(state: State<'_>, profile_id: String) -> Answer<Profile> {
    with_profiles(&state, move |profiles| profiles.restore(&profile_id)).await
}

#[tauri::command]
pub async fn profile_select(state: State<'_>, profile_id: String) -> Answer<()> {
    if profile_id == PROFILE_ID {
        return Ok(());
    }
    with_profiles(&state, move |profiles| profiles.select(&profile_id)).await
}

#[tauri::command]
pub async fn profile_save(
    state: State<'_>,
    profile_id: String,
    base: EmailSettings,
    settings: EmailSettings,
) -> Answer<Profile> {
    if profile_id == PROFILE_ID {
        let keep = |room: &mut crate::practice::PracticeRoom| {
            room.change(|profile| profile.settings = merged(&base, settings, profile.settings.clone()));
            Ok(room.profile())
        };
        return state.with_practice(keep).await;
    }
    with_profiles(&state, move |profiles| profiles.save(&profile_id, &base, settings)).await
}

#[tauri::command]
pub async fn profile_set_fact(state: State<'_>, profile_id: String, fact: ProfileFact) -> Answer<Profile> {
    let note = noting(fact, state.clock.now().to_string())?;
    if profile_id == PROFILE_ID {
        let keep = |room: &mut crate::practice::PracticeRoom| {
            room.change(note);
            Ok(room.profile())
        };
        return state.with_practice(keep).await;
    }
    with_profiles(&state, move |profiles| profiles.update(&profile_id, note)).await
}

/// Days to a day; negative once it has passed, counted in UTC as the check counts.
#[tauri::command]
pub fn days_left(state: State<'_>, date: String) -> Answer<i32> {
    let left = state.today().until(date_of(&date)?).map_err(|_| CommandError::DateMalformed)?;
    Ok(left.get_days())
}

/// The change that writes a fact into a profile, and nothing beside it.
fn noting(fact: ProfileFact, now: String) -> Answer<impl FnOnce(&mut Profile) + Send + 'static> {
    let day = match &fact {
        ProfileFact::SecretExpiresOn { date } if !date.trim().is_empty() => Some(date_of(date)?.to_string()),
        ProfileFact::StepTicked { step, .. } if !is_step(step) => {
            return Err(CommandError::InvalidRequest { reason: format!("the guide has no step {step}") });
        }
        _ => None,
    };
    Ok(move |profile: &mut Profile| match fact {
        ProfileFact::AccessPath { access_path } => profile.access_path = access_path,
        ProfileFact::SecretExpiresOn { .. } => profile.secret_expires_on = day,
        ProfileFact::ChangedNow => profile.last_change_at = Some(now),
        ProfileFact::StepTicked { step, ticked: true } => profile.ticked_steps.extend([step]),
        ProfileFact::StepTicked { step, ticked: false } => profile.ticked_steps.retain(|one| *one != step),
    })
}

fn date_of(text: &str) -> Answer<Date> {
    text.trim().parse().map_err(|_| CommandError::DateMalformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(facts: impl IntoIterator<Item = ProfileFact>) -> Profile {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::in_folder(folder.path(), Arc::new(mail_setup_core::clock::SystemClock));
        let made = profiles.create("Production", EmailSettings::default(), AccessPath::default()).unwrap();
        for fact in facts {
            profiles.update(&made.id, noting(fact, "2026-11-25T03:07:00Z".to_owned()).unwrap()).unwrap();
        }
        profiles.get(&made.id).unwrap()
    }

    fn ticked(step: &str, ticked: bool) -> ProfileFact {
        ProfileFact::StepTicked { step: step.to_owned(), ticked }
    }

    #[test]
    fn each_fact_is_written_and_leaves_the_others() {
        let profile = noted([
            ProfileFact::AccessPath { access_path: AccessPath::Rbac },
            ProfileFact::SecretExpiresOn { date: " 2026-12-18 ".to_owned() },
            ProfileFact::ChangedNow,
            ticked("register", true),
        ]);
        assert_eq!(profile.access_path, AccessPath::Rbac);
        assert_eq!(profile.secret_expires_on.as_deref(), Some("2026-12-18"));
        assert_eq!(profile.last_change_at.as_deref(), Some("2026-11-25T03:07:00Z"));
        assert!(profile.ticked_steps.contains("register"));
    }

    #[test]
    fn a_tick_can_be_taken_back_and_takes_no_other_with_it() {
        let profile = noted([ticked("register", true), ticked("secret", true), ticked("register", false)]);
        assert_eq!(profile.ticked_steps.into_iter().collect::<Vec<_>>(), ["secret"]);
    }

    #[test]
    fn what_is_no_step_is_not_ticked() {
        let refused = noting(ticked("no-step", true), String::new());
        assert!(matches!(refused.err(), Some(CommandError::InvalidRequest { .. })));
    }

    #[test]
    fn an_empty_end_is_an_unknown_one() {
        let dates = ["2026-12-18", " "].map(|date| ProfileFact::SecretExpiresOn { date: date.to_owned() });
        assert_eq!(noted(dates).secret_expires_on, None);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["18.12.2026", "2026-02-30", "soon", "2026-12"] {
            assert_eq!(date_of(text), Err(CommandError::DateMalformed), "{text}");
        }
    }
}
