//! PSScriptAnalyzer's default rules, as far as text shows them, and our own: every change stands
//! behind `ShouldProcess`, and no error of Exchange Online is passed over.

use tree_sitter::Node;

use super::every_script;
use super::syntax::{nodes, tree};

/// A verb that says something is changed.
fn changes(verb: &str) -> bool {
    ["Add", "Clear", "Disable", "Enable", "Grant", "New", "Remove", "Reset", "Revoke", "Set", "Update"].contains(&verb)
}

/// Commands of ours, and PowerShell's own, that change nothing in Microsoft 365.
const HARMLESS: [&str; 4] = ["Add-Row", "Add-Check", "New-Object", "Set-StrictMode"];

/// Functions that change something: whoever calls them must ask.
const CHANGING: [&str; 2] = ["Write-Note", "Add-ApplicationMark"];

/// Name and text of every command, with its node.
fn commands<'tree>(all: &[Node<'tree>], script: &'tree str) -> Vec<(&'tree str, &'tree str, Node<'tree>)> {
    let named = all.iter().filter(|node| node.kind() == "command_name");
    named
        .filter_map(|name| {
            let command = name.parent()?;
            Some((&script[name.byte_range()], &script[command.byte_range()], command))
        })
        .collect()
}

fn ancestors<'tree>(node: Node<'tree>) -> impl Iterator<Item = Node<'tree>> {
    std::iter::successors(node.parent(), Node::parent)
}

/// What stands between `function` and its name's end.
fn functions<'script>(all: &[Node<'_>], script: &'script str) -> Vec<&'script str> {
    all.iter().filter(|node| node.kind() == "function_name").map(|node| &script[node.byte_range()]).collect()
}

#[test]
fn names_are_whole_and_approved() {
    // Get-Verb, as far as needed.
    let approved = ["Add", "Assert", "Find", "Get", "Invoke", "Read", "Show", "Test", "Write"];
    for (name, script) in every_script(|_| {}) {
        let tree = tree(&script);
        let all = nodes(&tree);
        for function in functions(&all, &script) {
            let (verb, noun) = function.split_once('-').unwrap();
            assert!(approved.contains(&verb), "{name}: {function}");
            assert!(!noun.ends_with('s'), "{name}: {function}");
        }
        let commands = commands(&all, &script);
        assert!(commands.len() > 50, "{name}: {}", commands.len());
        for (command, ..) in commands {
            let whole = command.split_once('-').is_some_and(|(verb, noun)| {
                verb.starts_with(char::is_uppercase) && noun.starts_with(char::is_uppercase)
            });
            assert!(whole, "{name}: {command}");
            let avoided = ["Write-Host", "Invoke-Expression", "ConvertTo-SecureString", "Get-WmiObject", "Out-File"];
            assert!(!avoided.contains(&command), "{name}: {command}");
        }
    }
}

#[test]
fn variables_are_used_and_ones_own() {
    let automatic = "args error event foreach home host input matches myinvocation nestedpromptlevel pid profile \
                     psitem pwd sender shellid switch this true false null";
    for (name, script) in every_script(|_| {}) {
        let tree = tree(&script);
        let all = nodes(&tree);
        let text = |node: &Node<'_>| script[node.byte_range()].to_owned();
        let variables: Vec<String> =
            all.iter().filter(|node| node.kind() == "variable").map(|node| text(node).to_lowercase()).collect();
        let in_strings = |variable: &str| {
            let texts = all.iter().filter(|node| node.kind() == "expandable_string_literal");
            texts.map(text).any(|text| text.to_lowercase().contains(variable))
        };
        let mut declared = Vec::new();
        for node in &all {
            match node.kind() {
                "assignment_expression" => declared.extend(node.child(0).map(|left| text(&left))),
                "script_parameter" => declared.push(text(node)),
                _ => {}
            }
        }
        assert!(declared.len() > 20, "{name}");
        for declaration in declared {
            let begin = declaration.rfind("] $").map_or(0, |place| place + 2);
            let variable = declaration[begin..].split([' ', '.', '\n', '[']).next().unwrap().to_lowercase();
            if !variable.starts_with('$') || variable == "$null" {
                continue;
            }
            assert!(!automatic.split_whitespace().any(|own| variable == format!("${own}")), "{name}: {variable}");
            let read = variables.iter().filter(|used| **used == variable || **used == variable.replace('$', "@"));
            let preference = variable == "$erroractionpreference";
            assert!(read.count() > 1 || preference || in_strings(&variable), "{name}: {variable} is not used");
        }
        assert!(!script.contains("$global:"), "{name}");
    }
}

#[test]
fn the_text_keeps_the_other_rules() {
    for (name, script) in every_script(|_| {}) {
        for line in script.lines() {
            assert_eq!(line.trim_end(), line, "{name}");
            assert!(!line.contains('\t') && !line.ends_with(';') && !line.ends_with('`'), "{name}: {line}");
            let compared = line.contains("-eq $null") || line.contains("-ne $null");
            assert!(!compared, "{name}: $null stands on the left: {line}");
            assert!(line.len() <= 132, "{name}: {line}");
        }
        let lower = script.to_lowercase();
        for parameter in ["$password", "$passphrase", "$credentials", "$username"] {
            assert!(!lower.contains(&format!("[string] {parameter}")), "{name}: {parameter}");
        }
        assert!(!lower.contains("[switch] $newsecret = "), "{name}");
        assert!(script.contains(".SYNOPSIS") && script.contains(".EXAMPLE"), "{name}");
        let asks = script.contains("SupportsShouldProcess");
        assert_eq!(asks, script.contains("$PSCmdlet.ShouldProcess("), "{name}");
    }
}

#[test]
fn every_change_is_asked_for() {
    for (name, script) in every_script(|_| {}) {
        let tree = tree(&script);
        let all = nodes(&tree);
        let mut changed = 0;
        for (command, text, node) in commands(&all, &script) {
            let verb = command.split('-').next().unwrap();
            let writes = ["POST", "PATCH", "DELETE"].iter().any(|method| text.contains(&format!("-Method {method}")));
            if !(writes || changes(verb) || CHANGING.contains(&command)) || HARMLESS.contains(&command) {
                continue;
            }
            changed += 1;
            let asked = ancestors(node).any(|node| {
                let condition = script[node.byte_range()].split('{').next().unwrap_or_default();
                let is_branch = ["if_statement", "elseif_clause"].contains(&node.kind());
                is_branch && condition.contains("$PSCmdlet.ShouldProcess(")
            });
            let inside = ancestors(node).any(|node| {
                let header = script[node.byte_range()].lines().next().unwrap_or_default();
                node.kind() == "function_statement" && CHANGING.iter().any(|function| header.contains(function))
            });
            assert!(asked || inside, "{name}: {text}");
        }
        assert_eq!(changed == 0, name.starts_with("verify"), "{name}: {changed}");
    }
}

/// A function of a module does not see the script's `$ErrorActionPreference`.
#[test]
fn no_error_is_passed_over() {
    let nouns = [
        "Mailbox",
        "CASMailbox",
        "EXOMailbox",
        "MailboxPermission",
        "RecipientPermission",
        "ServicePrincipal",
        "ManagementScope",
        "ManagementRoleAssignment",
        "ServicePrincipalAuthorization",
        "TransportConfig",
        "ExchangeOnline",
    ];
    for (name, script) in every_script(|_| {}) {
        let tree = tree(&script);
        let all = nodes(&tree);
        let mut seen = 0;
        for (command, text, _) in commands(&all, &script) {
            if command.split_once('-').is_some_and(|(_, noun)| nouns.contains(&noun)) {
                seen += 1;
                assert!(text.contains("-ErrorAction "), "{name}: {text}");
            }
        }
        assert!(seen > 5, "{name}: {seen}");
    }
}

/// A transcript holds what goes through PowerShell's streams, and a file what is written to it.
#[test]
fn the_secret_goes_to_the_console_alone() {
    for (name, script) in every_script(|_| {}) {
        let secret = |line: &&str| line.contains("ClientSecret") || line.contains("secretText");
        for line in script.lines().filter(secret).map(str::trim) {
            let kept = line.starts_with("$Known.ClientSecret = ") || line == "ClientSecret = $Known.ClientSecret";
            let passed = line.starts_with("param(") || line == "ClientSecret = $ClientSecret";
            let asked = line.starts_with("if (") || line.starts_with("} elseif (");
            let shown = line == "[Console]::WriteLine(\"Client secret            $ClientSecret\")";
            assert!(name.starts_with("setup") && (kept || passed || asked || shown), "{name}: {line}");
        }
        for writer in ["Out-File", "Set-Content", "Add-Content", "Export-", "Tee-Object", "Start-Transcript", "> "] {
            let code = script.lines().filter(|line| !line.trim_start().starts_with(['#', '.']));
            assert!(!code.clone().any(|line| line.contains(writer) && !line.contains("(?<")), "{name}: {writer}");
        }
    }
}
