//! The tenant's conditions as switches that a window can draw without knowing any of them.

use serde::Serialize;
use thiserror::Error;
use ts_rs::TS;

use crate::conditions::Condition;
use crate::state::TenantState;

/// One condition of the practice tenant.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[ts(rename = "PracticeSwitch")]
pub struct Switch {
    /// Stable identifier, snake_case: the name of the field in [`TenantState`].
    pub id: String,
    /// The guide's part, 0 (network and this computer) to 5.
    pub part: u8,
    /// What it is called on screen.
    pub label: String,
    /// What it can be set to, the healthy choice first.
    pub choices: Vec<Choice>,
    /// The identifier of the choice in force.
    pub value: String,
}

/// One value of a [`Switch`].
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[ts(rename = "PracticeChoice")]
pub struct Choice {
    /// Stable identifier, snake_case.
    pub value: String,
    /// What it is called on screen.
    pub label: String,
}

/// No switch of this name, or none with this value.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("the practice tenant has no switch {switch_id:?} with the value {value:?}")]
pub struct UnknownSwitch {
    /// The switch asked for.
    pub switch_id: String,
    /// The value asked for.
    pub value: String,
}

struct Row {
    id: &'static str,
    part: u8,
    label: &'static str,
    choices: fn() -> Vec<Choice>,
    read: fn(&TenantState) -> &'static str,
    write: fn(&mut TenantState, &str) -> bool,
}

macro_rules! row {
    ($part:literal, $field:ident, $label:literal) => {
        Row {
            id: stringify!($field),
            part: $part,
            label: $label,
            choices: || choices_of(|state| &mut state.$field),
            read: |state| state.$field.id(),
            write: |state, value| assign(&mut state.$field, value),
        }
    };
}

const ROWS: &[Row] = &[
    row!(0, login_network, "Network to the login host"),
    row!(0, login_certificate, "Login host's certificate"),
    row!(0, login_service, "Microsoft Entra ID"),
    row!(0, tenant_clock, "Microsoft's clock against this computer's"),
    row!(0, smtp_network, "Network to the SMTP server"),
    row!(0, smtp_certificate, "SMTP server's certificate"),
    row!(0, smtp_service, "SMTP server"),
    row!(0, sign_in_service, "Sign-in at the SMTP server"),
    row!(1, directory, "Tenant"),
    row!(1, application, "Application registration"),
    row!(1, client_secret, "Client secret"),
    row!(1, conditional_access, "Conditional Access"),
    row!(2, permission, "API permission"),
    row!(2, exchange_resource, "Office 365 Exchange Online"),
    row!(2, token_content, "Access token"),
    row!(2, token_format, "Form of the access token"),
    row!(3, service_principal, "Service principal in Exchange Online"),
    row!(3, propagation, "Propagation of changes"),
    row!(4, sender_mailbox, "Sender mailbox"),
    row!(4, full_access, "FullAccess on the mailbox"),
    row!(4, send_as, "SendAs on the mailbox"),
    row!(4, role_assignment, "RBAC for Applications"),
    row!(4, recipients, "Recipients"),
    row!(4, sending, "Messages of the mailbox"),
    row!(5, organization_smtp_auth, "SMTP AUTH for the organization"),
    row!(5, mailbox_smtp_auth, "SMTP AUTH for the mailbox"),
    row!(5, security_defaults, "Security defaults"),
];

/// The choices of the condition that `field` points at; the pointer only names the type.
fn choices_of<C: Condition>(_field: fn(&mut TenantState) -> &mut C) -> Vec<Choice> {
    C::VALUES
        .iter()
        .map(|(_, value, label)| Choice { value: (*value).to_owned(), label: (*label).to_owned() })
        .collect()
}

fn assign<C: Condition>(field: &mut C, value: &str) -> bool {
    let Some(condition) = C::from_id(value) else {
        return false;
    };
    *field = condition;
    true
}

impl TenantState {
    /// Every condition as a switch, in the order of the guide's parts.
    pub fn switches(&self) -> Vec<Switch> {
        ROWS.iter()
            .map(|row| Switch {
                id: row.id.to_owned(),
                part: row.part,
                label: row.label.to_owned(),
                choices: (row.choices)(),
                value: (row.read)(self).to_owned(),
            })
            .collect()
    }

    /// Sets one switch.
    ///
    /// # Errors
    ///
    /// [`UnknownSwitch`] when there is no such switch or it has no such value; the state is then as
    /// before.
    pub fn set(&mut self, switch_id: &str, value: &str) -> Result<(), UnknownSwitch> {
        match ROWS.iter().find(|row| row.id == switch_id) {
            Some(row) if (row.write)(self, value) => Ok(()),
            _ => Err(UnknownSwitch { switch_id: switch_id.to_owned(), value: value.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_every_switch_can_be_set_and_read_back() {
        let mut state = TenantState::healthy();
        for switch in state.switches() {
            for choice in &switch.choices {
                state.set(&switch.id, &choice.value).unwrap();
                let read_back = state.switches().into_iter().find(|other| other.id == switch.id).unwrap();
                assert_eq!(read_back.value, choice.value, "{}", switch.id);
            }
        }
    }

    #[test]
    fn the_first_choice_is_the_healthy_one() {
        for switch in TenantState::healthy().switches() {
            assert_eq!(switch.choices[0].value, switch.value, "{}", switch.id);
        }
    }

    #[test]
    fn switches_name_every_condition_that_the_state_serialises() {
        let json = serde_json::to_value(TenantState::healthy()).unwrap();
        let mut fields: Vec<_> = json.as_object().unwrap().keys().filter(|key| *key != "identities").cloned().collect();
        let mut switches: Vec<_> = TenantState::healthy().switches().into_iter().map(|switch| switch.id).collect();
        fields.sort();
        switches.sort();
        assert_eq!(fields, switches);
    }

    #[test]
    fn an_unknown_switch_or_value_is_refused_and_changes_nothing() {
        let mut state = TenantState::healthy();
        let before = state.switches();
        assert!(state.set("weather", "fine").is_err());
        assert!(state.set("full_access", "perhaps").is_err());
        assert_eq!(state.switches(), before);
    }
}
