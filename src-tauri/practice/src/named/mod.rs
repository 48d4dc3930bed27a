//! Named states: a healthy tenant with one thing wrong, for `--practice STATE`, the window's
//! shortcuts and the tests.

#[cfg(test)]
mod catalogue;
mod table;

use crate::state::TenantState;
use table::NAMED;

/// A state by its name.
struct Named {
    name: &'static str,
    description: &'static str,
    /// What differs from a healthy tenant: switch and value.
    settings: &'static [(&'static str, &'static str)],
}

const NAMES: [(&str, &str); NAMED.len()] = {
    let mut names = [("", ""); NAMED.len()];
    let mut index = 0;
    while index < NAMED.len() {
        names[index] = (NAMED[index].name, NAMED[index].description);
        index += 1;
    }
    names
};

impl TenantState {
    /// The state of this name; see [`TenantState::names`].
    pub fn named(name: &str) -> Option<Self> {
        let named = NAMED.iter().find(|named| named.name == name)?;
        let mut state = Self::healthy();
        for (switch, value) in named.settings {
            state.set(switch, value).ok()?;
        }
        Some(state)
    }

    /// Every name with a one-line description, `healthy` first.
    pub fn names() -> &'static [(&'static str, &'static str)] {
        &NAMES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_for_a_state_and_no_two_for_the_same() {
        let mut seen = Vec::new();
        for (name, description) in TenantState::names() {
            assert!(description.ends_with('.'), "{name}");
            let values: Vec<_> = TenantState::named(name)
                .unwrap_or_else(|| panic!("{name}"))
                .switches()
                .into_iter()
                .map(|switch| switch.value)
                .collect();
            assert!(!seen.contains(&values), "{name} is the same as another");
            seen.push(values);
        }
    }

    #[test]
    fn healthy_comes_first_and_unknown_names_are_none() {
        assert_eq!(TenantState::names()[0].0, "healthy");
        assert!(TenantState::named("unhealthy").is_none());
    }
}
