//! No value becomes code, whatever it is.

use lettre::Address;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::syntax::{faults, nodes, tree};
use super::{ScriptKind, ScriptRequest, request, script};
use crate::settings::{AccessPath, Tenant};

/// Text that would end a literal, begin code, or break a line.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("'"),
        Just("''; Remove-Item C:\\ -Recurse; '"),
        Just("\u{2019}; exit; \u{2018}"),
        Just("\u{201a}\u{201b}\u{201c}\u{201d}\""),
        Just("$(exit)"),
        Just("`'"),
        Just("%27; exit; %27"),
        Just("\r\n"),
        Just("\u{85}\u{2028}"),
        Just("\0\u{1b}"),
        Just("#>"),
        Just("'@"),
        Just("}"),
        Just("\u{d1}\u{fc}\u{2260}"),
    ];
    let text = prop_oneof![piece.prop_map(str::to_owned), any::<String>(), "[ -~]{0,12}"];
    prop::collection::vec(text, 1..6).prop_map(|texts| texts.concat())
}

/// The most that an address may hold before the `@`.
fn hostile_address() -> impl Strategy<Value = Address> {
    let characters = "[a-z'`$%{}|&!#*?=^~/+\u{d1}\u{fc}]{1,20}";
    characters.prop_filter_map("no address", |user| Address::new(user, "contoso.com").ok())
}

fn hostile_request() -> impl Strategy<Value = ScriptRequest> {
    let path = prop_oneof![Just(AccessPath::Classic), Just(AccessPath::Rbac)];
    (hostile(), hostile_address(), hostile(), path).prop_map(|(profile, mailbox, tenant, path)| ScriptRequest {
        profile,
        mailbox,
        tenant: Tenant::Domain(tenant),
        ..request(path)
    })
}

/// Kind and text of every token, with the literals of the values' block apart.
fn tokens(script: &str) -> (Vec<(String, String)>, Vec<String>) {
    let block = script.find("$Values = @{").unwrap();
    let block = block..block + script[block..].find("\n}\n").unwrap();
    let (mut code, mut values) = (Vec::new(), Vec::new());
    let tree = tree(script);
    for node in nodes(&tree).into_iter().filter(|node| node.child_count() == 0) {
        let text = script[node.byte_range()].to_owned();
        if block.contains(&node.start_byte()) && node.kind() == "verbatim_string_characters" {
            values.push(text);
            code.push((node.kind().to_owned(), String::new()));
        } else {
            code.push((node.kind().to_owned(), text));
        }
    }
    (code, values)
}

/// What PowerShell makes of a literal, and the script of that.
fn value(literal: &str) -> String {
    let inner = literal.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap();
    assert!(!inner.replace("''", "").contains('\''), "{literal}");
    percent_decode_str(&inner.replace("''", "'")).decode_utf8().unwrap().into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_stay_in_their_literals(hostile in hostile_request()) {
        for kind in ScriptKind::ALL {
            let script = script(kind, &hostile);
            prop_assert!(script.is_ascii());
            prop_assert_eq!(faults(&script), Vec::<String>::new());
            let (code, values) = tokens(&script);
            prop_assert_eq!(code, tokens(&super::script(kind, &request(hostile.access_path))).0);
            let shown = |text: &str| text.chars().filter(|character| !character.is_control()).collect::<String>();
            prop_assert_eq!(value(&values[0]), shown(&hostile.profile));
            prop_assert_eq!(value(&values[2]), shown(hostile.mailbox.as_ref()));
            prop_assert_eq!(value(&values[3]), shown(&hostile.tenant.to_string()));
        }
    }
}
