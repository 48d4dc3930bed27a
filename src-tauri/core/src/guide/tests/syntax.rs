//! The scripts as a PowerShell grammar reads them, and as people do.

use tree_sitter::{Node, Parser, Tree};

use super::every_script;
use crate::cloud::Cloud;

/// The parse tree of a script.
pub(super) fn tree(script: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_powershell::LANGUAGE.into()).unwrap();
    parser.parse(script, None).unwrap()
}

/// Every node, in the order of the text.
pub(super) fn nodes(tree: &Tree) -> Vec<Node<'_>> {
    let (mut found, mut cursor) = (Vec::new(), tree.walk());
    loop {
        found.push(cursor.node());
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

/// Where the grammar cannot follow.
pub(super) fn faults(script: &str) -> Vec<String> {
    let lines: Vec<&str> = script.lines().collect();
    let tree = tree(script);
    let faulty = nodes(&tree).into_iter().filter(|node| node.is_error() || node.is_missing());
    faulty.map(|node| format!("{}: {}", node.start_position(), lines[node.start_position().row])).collect()
}

#[test]
fn every_script_is_powershell() {
    for cloud in Cloud::ALL {
        for (name, script) in every_script(|request| request.cloud = cloud) {
            assert_eq!(faults(&script), Vec::<String>::new(), "{name}, {}", cloud.name());
        }
    }
}

#[test]
fn the_grammar_sees_a_fault() {
    for broken in ["if ($true) { 'a'", "$a = 'it's'", "@{ a = 1", "function Get-It {"] {
        assert!(!faults(broken).is_empty(), "{broken}");
    }
}

#[test]
fn what_the_administrator_gets() {
    for (name, script) in every_script(|_| {}) {
        insta::assert_snapshot!(name, script);
    }
}

/// Between clouds, two values differ and nothing else.
#[test]
fn what_differs_in_a_national_cloud() {
    let global = every_script(|_| {});
    let mut differs = Vec::new();
    for cloud in Cloud::ALL.into_iter().filter(|cloud| *cloud != Cloud::Global) {
        for ((name, script), (_, global)) in every_script(|request| request.cloud = cloud).iter().zip(&global) {
            let lines = script.lines().zip(global.lines()).filter(|(line, global)| line != global);
            let lines: Vec<&str> = lines.map(|(line, _)| line.trim()).collect();
            assert_eq!((lines.len(), script.lines().count()), (2, global.lines().count()), "{name}");
            differs.push(format!("{}: {}", cloud.name(), lines.join(", ")));
        }
    }
    differs.dedup();
    insta::assert_snapshot!(differs.join("\n"), @r"
    US Government GCC High: GraphEnvironment    = 'USGov', ExchangeEnvironment = 'O365USGovGCCHigh'
    US Government DoD: GraphEnvironment    = 'USGovDoD', ExchangeEnvironment = 'O365USGovDoD'
    China (21Vianet): GraphEnvironment    = 'China', ExchangeEnvironment = 'O365China'
    ");
}

/// Windows PowerShell 5.1 does not know what PowerShell 7 added.
#[test]
fn nothing_needs_powershell_7() {
    for (name, script) in every_script(|_| {}) {
        assert!(script.is_ascii(), "{name}");
        for newer in [" ?? ", " ??= ", "}?.", "}?[", " && ", " || ", " ? ", "-Parallel", "-AsHashtable", "$Is"] {
            assert!(!script.contains(newer), "{name}: {newer}");
        }
    }
}
