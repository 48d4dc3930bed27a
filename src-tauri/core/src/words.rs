//! Words for people, from one Fluent catalogue (`words/en.ftl`) that the
//! window, the terminal and the reports share. Code names a message and its
//! parameters; no other room holds sentences.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const ENGLISH: &str = include_str!("../words/en.ftl");

thread_local! {
    // A bundle is not `Sync`; one parse a thread is cheap and needs no lock.
    static BUNDLE: OnceCell<FluentBundle<FluentResource>> = const { OnceCell::new() };
}

/// Parameters of a message, by name.
pub type Parameters<'a> = &'a [(&'static str, &'a str)];

/// The text of message `id`, or of its attribute with `id.attribute`. `None`
/// when the catalogue has no such message.
pub fn find(id: &str, parameters: Parameters<'_>) -> Option<String> {
    BUNDLE.with(|cell| {
        let bundle = cell.get_or_init(english);
        let (message_id, attribute) = id.split_once('.').map_or((id, None), |(m, a)| (m, Some(a)));
        let message = bundle.get_message(message_id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in parameters {
            arguments.set(*name, FluentValue::from(*value));
        }
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
    })
}

/// The text of message `id`; the id itself when the catalogue lacks it, so that
/// a gap is visible and nothing panics.
pub fn text(id: &str, parameters: Parameters<'_>) -> String {
    find(id, parameters).unwrap_or_else(|| id.to_owned())
}

fn english() -> FluentBundle<FluentResource> {
    let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = FluentBundle::new(vec!["en".parse().unwrap_or_default()]);
    // Marks around parameters would end up in copied commands and in terminals.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_parses_without_error() {
        let errors = FluentResource::try_new(ENGLISH.to_owned()).err().map(|(_, errors)| errors);
        assert_eq!(errors, None);
    }

    #[test]
    fn an_unknown_message_shows_its_id() {
        assert_eq!(text("no-such-message", &[]), "no-such-message");
    }
}
