//! `mail_setup_core::fuzzing::settings_file`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| mail_setup_core::fuzzing::settings_file(input));
