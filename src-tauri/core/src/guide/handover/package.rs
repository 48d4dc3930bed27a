//! What is handed to the Microsoft 365 administrator: a page that says what is asked,
//! the scripts, and the public key. Nothing in it is secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::CONTENTS_LIMIT;
use super::{NewRequest, Request, block};
use crate::powershell::literal;
use crate::report::{page, plain};
use crate::settings::AccessPath;
use crate::words;

/// Text in ASCII, so that Windows PowerShell reads it alike in every code page.
const SEAL: &str = include_str!("seal.ps1");

/// Asks for the values, where the set-up is done by hand.
const ASK: &str = include_str!("ask.ps1");

/// Who asks, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The sender mailbox.
    pub mailbox: &'a str,
    /// How the application is to get its rights.
    pub access_path: AccessPath,
    /// Who asks, as the administrator knows them; empty when nobody is named.
    pub asked_by: &'a str,
}

/// PowerShell that travels along.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scripts<'a> {
    /// Sets all up and seals what it made, by [`sealing`]; none when it is done by hand, and the values are asked for.
    pub setup: Option<&'a str>,
    /// Shows what is set up.
    pub verify: Option<&'a str>,
    /// Takes it back.
    pub undo: Option<&'a str>,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its name, without a folder.
    pub name: &'static str,
    /// What it holds.
    pub contents: String,
}

/// The files of the package, the page for people first.
pub fn package(new: &NewRequest, asking: &Asking<'_>, scripts: &Scripts<'_>) -> Vec<PackageFile> {
    let by_hand = format!("{}{ASK}", sealing(new));
    let setup = scripts.setup.unwrap_or(&by_hand);
    let script = |name, text: Option<&str>| text.map(|text| PackageFile { name, contents: marked(text) });
    let page = PackageFile { name: "README.html", contents: readme(&new.request, asking, scripts) };
    let key = PackageFile { name: "key.pem", contents: new.public_key.pem() };
    let scripts =
        [script("setup.ps1", Some(setup)), script("verify.ps1", scripts.verify), script("undo.ps1", scripts.undo)];
    std::iter::once(page).chain(scripts.into_iter().flatten()).chain([key]).collect()
}

/// The PowerShell function `Protect-Reply`, which seals for this request, with the request's values as literals.
pub fn sealing(new: &NewRequest) -> String {
    let (request, key) = (&new.request, &new.public_key);
    let values = [
        ("@REQUEST@", literal(&request.id.to_string())),
        ("@REQUEST_BYTES@", literal(&STANDARD.encode(request.id.as_bytes()))),
        ("@MODULUS@", literal(&key.modulus())),
        ("@EXPONENT@", literal(&key.exponent())),
        ("@LIMIT@", CONTENTS_LIMIT.to_string()),
        ("@BEGIN@", literal(&format!("-----BEGIN {}-----", block::LABEL))),
        ("@END@", literal(&format!("-----END {}-----", block::LABEL))),
    ];
    values.iter().fold(SEAL.to_owned(), |text, (mark, value)| text.replace(mark, value))
}

/// Windows PowerShell takes a script for UTF-8 only when it begins with this mark.
fn marked(script: &str) -> String {
    format!("\u{feff}{}", script.trim_start_matches(['\u{feff}', '\n']))
}

fn readme(request: &Request, asking: &Asking<'_>, scripts: &Scripts<'_>) -> String {
    let path = match asking.access_path {
        AccessPath::Classic => "classic",
        AccessPath::Rbac => "rbac",
    };
    let given = |given: bool| if given { "yes" } else { "no" };
    let (mailbox, asked_by) = (plain(asking.mailbox.trim()), plain(asking.asked_by.trim()));
    let parameters = [
        ("mailbox", mailbox.as_str()),
        ("who", if asked_by.is_empty() { "nobody" } else { "somebody" }),
        ("name", &asked_by),
        ("path", path),
        ("setup", given(scripts.setup.is_some())),
        ("verify", given(scripts.verify.is_some())),
        ("undo", given(scripts.undo.is_some())),
        ("request", &request.id.to_string()),
        ("until", &request.expires_at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
    ];
    page(&words::text("handover-readme", &parameters), "request")
}
