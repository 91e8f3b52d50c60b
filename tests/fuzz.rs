//! The targets of the fuzzer on the inputs that are kept in `fuzz/corpus`, without a fuzzer. `fuzz/run` finds new ones.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn inputs_that_are_kept_break_no_promise() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, run) in targets::TARGETS {
        let files = fs::read_dir(corpus.join(name)).expect("inputs for every target");
        let mut inputs: Vec<_> = files.map(|file| file.expect("an entry").path()).collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{name}");
        for path in inputs {
            run(&fs::read(path).expect("a file"));
        }
        run(b"");
    }
}
