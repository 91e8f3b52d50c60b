#![no_main]
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (_, run) = targets::TARGETS.iter().find(|(name, _)| *name == "aligner").expect("a target");
    run(bytes);
});
