//! What Dovecot reads and writes, all of it below one temporary directory.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use super::DovecotError;
use crate::authority::Authority;
use crate::token::TokenIssuer;

/// The name of the log that Dovecot and its supervisor write to.
pub(super) const LOG: &str = "dovecot.log";

/// Everything but the main configuration, which changes with the port.
pub(super) fn write_files(directory: &Path, authority: &Authority, issuer: &TokenIssuer) -> Result<(), DovecotError> {
    // Started by root, Dovecot gives its processes other users, and they have to get in.
    fs::set_permissions(directory, Permissions::from_mode(0o755))?;
    let home = directory.join("home");
    fs::create_dir(&home)?;
    fs::set_permissions(&home, Permissions::from_mode(0o1777))?;
    for name in ["run", "state"] {
        fs::create_dir(directory.join(name))?;
    }

    let server = authority.issue_for_loopback()?;
    fs::write(directory.join("server.crt"), server.certificate_pem())?;
    write_private(&directory.join("server.key"), &server.key_pem())?;

    // <azp>/<alg>/<kid>, where azp and kid are "default" when the token does not name them. The debug
    // log puts "shared/" ahead of it, which the fs dictionary takes off again.
    let keys = directory.join("keys/default/RS256");
    fs::create_dir_all(&keys)?;
    fs::write(keys.join("default"), issuer.public_key_pem())?;

    let oauth2 = fill(
        include_str!("dovecot-oauth2.conf.ext"),
        &[("directory", &directory.display().to_string()), ("issuer", TokenIssuer::ISSUER)],
    );
    fs::write(directory.join("dovecot-oauth2.conf.ext"), oauth2)?;
    Ok(())
}

/// The main configuration.
pub(super) fn write_configuration(directory: &Path, port: u16, relay_port: u16) -> io::Result<()> {
    let (internal_user, internal_group, login_user) = if fs::metadata(directory)?.uid() == 0 {
        ("dovecot".to_owned(), "dovecot".to_owned(), "dovenull".to_owned())
    } else {
        let user = own_name("-un")?;
        (user.clone(), own_name("-gn")?, user)
    };
    let configuration = fill(
        include_str!("dovecot.conf"),
        &[
            ("directory", &directory.display().to_string()),
            ("internal_user", &internal_user),
            ("internal_group", &internal_group),
            ("login_user", &login_user),
            ("port", &port.to_string()),
            ("relay_port", &relay_port.to_string()),
        ],
    );
    fs::write(directory.join("dovecot.conf"), configuration)
}

/// The name of the user (`-un`) or group (`-gn`) that runs the tests.
fn own_name(option: &str) -> io::Result<String> {
    let output = Command::new("id").arg(option).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    File::create(path)?.set_permissions(Permissions::from_mode(0o600))?;
    fs::write(path, text)
}

/// The log so far, or why it cannot be read.
pub(super) fn read_log(directory: &Path) -> String {
    let path = directory.join(LOG);
    fs::read(path).map_or_else(|error| error.to_string(), |log| String::from_utf8_lossy(&log).into_owned())
}
