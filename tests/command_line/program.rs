//! The program as a file: what it needs of the server it runs on.

use std::process::Command;

use crate::PROGRAM;

/// The oldest C library it may need: Debian 12 builds it, and RHEL 9 (May 2022), Ubuntu 22.04 and
/// Amazon Linux 2023 have this one or a later one.
const GLIBC: (u32, u32) = (2, 34);

fn readelf(option: &str) -> String {
    let output = Command::new("readelf").args(["--wide", option, PROGRAM]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn it_links_the_c_library_and_nothing_else() {
    let section = readelf("--dynamic");
    let needed = section.lines().filter(|line| line.contains("(NEEDED)"));
    let needed: Vec<&str> = needed.filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert!(needed.contains(&"libc.so.6"), "{needed:?}");
    for library in needed {
        let known =
            ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2", "ld-linux-x86-64.so.2"];
        assert!(known.contains(&library), "{library}");
    }
}

#[test]
fn it_needs_no_newer_c_library_than_the_documentation_says() {
    let versions = readelf("--version-info");
    let needed = versions.split("GLIBC_").skip(1).filter_map(|rest| {
        let mut numbers =
            rest.split(|character: char| !character.is_ascii_digit() && character != '.').next()?.split('.');
        Some((numbers.next()?.parse::<u32>().ok()?, numbers.next()?.parse::<u32>().ok()?))
    });
    let newest = needed.max().unwrap();
    assert!(newest <= GLIBC, "GLIBC_{}.{}", newest.0, newest.1);
    let page = include_str!("../../docs/incorta-server.md");
    assert!(page.contains(&format!("glibc {}.{}", GLIBC.0, GLIBC.1)));
}
