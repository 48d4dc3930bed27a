//! Two writers of one form: field by field, the one who changed a field wins
//! over the one who only still shows it.

use crate::settings::EmailSettings;

/// What to keep when `base` became `wanted` here while the file came to hold
/// `kept`: every field changed here, and the rest as it is in the file.
pub fn merged(base: &EmailSettings, wanted: EmailSettings, kept: EmailSettings) -> EmailSettings {
    // Named one by one, so that a new field does not compile until it is merged, too.
    EmailSettings {
        protocol: either(&base.protocol, wanted.protocol, kept.protocol),
        smtp_host: either(&base.smtp_host, wanted.smtp_host, kept.smtp_host),
        smtp_port: either(&base.smtp_port, wanted.smtp_port, kept.smtp_port),
        system_email_address: either(
            &base.system_email_address,
            wanted.system_email_address,
            kept.system_email_address,
        ),
        email_host_requires_authentication: either(
            &base.email_host_requires_authentication,
            wanted.email_host_requires_authentication,
            kept.email_host_requires_authentication,
        ),
        senders_username_auth: either(
            &base.senders_username_auth,
            wanted.senders_username_auth,
            kept.senders_username_auth,
        ),
        smtp_oauth_enabled: either(&base.smtp_oauth_enabled, wanted.smtp_oauth_enabled, kept.smtp_oauth_enabled),
        smtp_oauth_client_id: either(
            &base.smtp_oauth_client_id,
            wanted.smtp_oauth_client_id,
            kept.smtp_oauth_client_id,
        ),
        smtp_oauth_token_endpoint: either(
            &base.smtp_oauth_token_endpoint,
            wanted.smtp_oauth_token_endpoint,
            kept.smtp_oauth_token_endpoint,
        ),
        smtp_oauth_scope: either(&base.smtp_oauth_scope, wanted.smtp_oauth_scope, kept.smtp_oauth_scope),
    }
}

fn either<T: PartialEq>(base: &T, wanted: T, kept: T) -> T {
    if wanted == *base { kept } else { wanted }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;

    fn fields(settings: &EmailSettings) -> Map<String, Value> {
        let Value::Object(fields) = serde_json::to_value(settings).unwrap() else { unreachable!() };
        fields
    }

    /// The guide's settings, edited by one writer in some fields: a toggle is
    /// flipped, a text gets the writer's name.
    fn edited(edits: &[bool], writer: &str) -> EmailSettings {
        let mut settings = fields(&EmailSettings::default());
        for (value, edit) in settings.values_mut().zip(edits) {
            match value {
                _ if !edit => {}
                Value::Bool(on) => *on = !*on,
                text => *text = Value::String(format!("{text} {writer}")),
            }
        }
        serde_json::from_value(Value::Object(settings)).unwrap()
    }

    fn some_fields() -> impl Strategy<Value = Vec<bool>> {
        let count = fields(&EmailSettings::default()).len();
        prop::collection::vec(any::<bool>(), count)
    }

    proptest! {
        #[test]
        fn every_field_comes_from_who_changed_it(here in some_fields(), there in some_fields()) {
            let (wanted, kept) = (edited(&here, "here"), edited(&there, "there"));
            let result = fields(&merged(&EmailSettings::default(), wanted.clone(), kept.clone()));
            let (wanted, kept) = (fields(&wanted), fields(&kept));
            for ((name, value), changed_here) in result.iter().zip(&here) {
                let expected = if *changed_here { &wanted[name] } else { &kept[name] };
                prop_assert_eq!(value, expected, "{}", name);
            }
        }

        #[test]
        fn edits_of_different_fields_all_survive_in_either_order(split in some_fields()) {
            let others: Vec<bool> = split.iter().map(|here| !here).collect();
            let (one, other) = (edited(&split, "one"), edited(&others, "other"));
            let base = EmailSettings::default();
            let first = merged(&base, one.clone(), other.clone());
            prop_assert_eq!(&first, &merged(&base, other, one));
            for (name, value) in &fields(&first) {
                prop_assert_ne!(value, &fields(&base)[name], "{}", name);
            }
        }
    }
}
