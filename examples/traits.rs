//! Prints the traits that `tools/blemish.py` weighs: JSON Lines of pairs in, one line of figures each out.

use std::io::{self, BufRead, Write};

use rayon::prelude::*;
use recto::checks::{Context, blemish};
use recto::pipeline::{Input, prepare};
use recto::{align, read::jsonl};

fn main() -> io::Result<()> {
    let lines: Vec<String> = io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let rows: Vec<String> = lines
        .par_iter()
        .enumerate()
        .filter_map(|(index, line)| match jsonl::input(line, index + 1, (None, None)) {
            Input::Pair { id, source, target } => {
                let bitext = align::align(prepare(source), prepare(target));
                let traits = blemish::traits(&bitext, &Context::default());
                let figures: Vec<String> = traits.iter().map(|figure| format!("{figure:.6}")).collect();
                Some(format!("{id}\t{}", figures.join("\t")))
            }
            _ => None,
        })
        .collect();
    let mut out = io::stdout().lock();
    writeln!(out, "id\t{}", blemish::TRAITS.join("\t"))?;
    rows.iter().try_for_each(|row| writeln!(out, "{row}"))
}
