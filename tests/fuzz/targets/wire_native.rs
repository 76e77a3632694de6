//! The claim `wire_native`, against what libFuzzer comes up with.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sprat_fuzz::hold("wire_native", data));
