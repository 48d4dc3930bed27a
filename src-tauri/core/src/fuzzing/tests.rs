//! The samples (`fuzz/corpus`, with all that fuzzing has found), as they are and
//! changed at random. Long runs of the fuzz targets: `npm run fuzz`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

type Property = fn(&[u8]);

/// Each property with its name, which is its fuzz target's and its samples'.
const TARGETS: [(&str, Property); 15] = [
    ("claims", claims),
    ("dialogue", dialogue),
    ("discovery", discovery),
    ("form", form),
    ("pasted", pasted),
    ("profiles_file", profiles_file),
    ("redaction", redaction),
    ("replies", replies),
    ("reply_block", reply_block),
    ("reply_contents", reply_contents),
    ("report_file", report_file),
    ("requests_file", requests_file),
    ("send_report", send_report),
    ("settings_file", settings_file),
    ("token_answer", token_answer),
];

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Each property with each of its samples.
fn samples() -> Vec<(Property, PathBuf)> {
    let of_target = |(name, property): (&str, Property)| {
        let files = files(&format!("corpus/{name}"));
        files.into_iter().map(move |file| (property, file))
    };
    TARGETS.into_iter().flat_map(of_target).collect()
}

#[test]
fn every_property_has_a_fuzz_target_and_a_few_samples() {
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let stems = |folder: &str| -> BTreeSet<String> {
        files(folder).iter().map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(stems("fuzz_targets"), names);
    assert_eq!(stems("corpus"), names);
    for (name, _) in TARGETS {
        let samples = files(&format!("corpus/{name}"));
        assert!((1..=60).contains(&samples.len()), "{name}: {}", samples.len());
        assert!(samples.iter().all(|sample| sample.metadata().unwrap().len() <= 4096), "{name}");
    }
}

#[test]
fn every_sample_holds() {
    for (property, file) in samples() {
        println!("{}", file.display());
        property(&fs::read(file).unwrap());
    }
}

proptest! {
    #[test]
    fn every_changed_sample_holds(
        (property, file) in prop::sample::select(samples()),
        at in any::<Index>(),
        taken in 0_usize..8,
        put in prop_oneof![prop::collection::vec(any::<u8>(), 0..8), ".{0,8}".prop_map(String::into_bytes)],
    ) {
        let sample = fs::read(file).unwrap();
        let at = at.index(sample.len() + 1);
        let end = sample.len().min(at + taken);
        property(&[&sample[..at], &put, &sample[end..]].concat());
    }
}

/// A server that says as much as it may, in characters that grow when they are shown.
#[test]
fn the_longest_replies_hold() {
    let text = "\u{1}".repeat(8000);
    let longest = |code: u16| format!("{}{code} {text}\r\n", format!("{code}-{text}\r\n").repeat(127));
    let greeting = "220 mail.contoso.com\r\n";
    let offered = "250-mail.contoso.com\r\n250 AUTH XOAUTH2\r\n";
    dialogue(longest(554).as_bytes());
    dialogue(format!("{greeting}{}", longest(554)).as_bytes());
    dialogue(format!("{greeting}{offered}{}", longest(535)).as_bytes());
}
