//! Prints the quantities of a line: tag, tab, text.
fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("text");
        let Some((tag, text)) = line.split_once('\t') else { continue };
        let language = recto::lang::find(tag).expect("language");
        for mention in recto::mentions::quantities(text, language) {
            println!("{:?} {:?}", mention.span.of(text), mention.value);
        }
        println!("neg {:?}", recto::mentions::negation::negations(text, language).iter().map(|s| s.of(text)).collect::<Vec<_>>());
    }
}
