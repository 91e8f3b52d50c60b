//! `recto explain`: the casebook of a check.

use std::io::Write;

use anyhow::bail;

use recto::checks;

use super::Outcome;

/// Explain a check: what it finds, why it matters, examples
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Name of the check
    check: String,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Some(card) = checks::find(&arguments.check) else {
        let hint = checks::nearest(&arguments.check)
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        bail!("no check `{}`{hint} (`recto list checks` shows all)", arguments.check)
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", card.casebook.trim_end())?;
    writeln!(
        out,
        "\nMQM type {}, severity {} unless a case says otherwise.",
        card.error_type.as_str(),
        card.severity.as_str()
    )?;
    Ok(Outcome::Fine)
}
