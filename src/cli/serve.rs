//! `recto serve`: the gate over HTTP.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::{Outcome, Shared};

/// Answer over HTTP: texts in, a verdict out, and a page to review what was found
///
/// Listens on this machine alone unless --bind says otherwise, and then needs --access. Stops on SIGTERM and SIGINT when
/// the requests under way are answered.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The verdict on a text that could not be checked: block (nothing passes unchecked) or warn
    #[arg(long, value_name = "VERDICT", value_parser = ["block", "warn"])]
    on_error: String,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8377")]
    bind: SocketAddr,
    /// Who may ask: a TOML file of [[token]] and [[webhook]]
    #[arg(long, value_name = "FILE")]
    access: Option<PathBuf>,
    /// A name under which a proxy on this machine forwards, besides localhost; may be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    hosts: Vec<String>,
    /// The header in which the proxy says who asks
    #[arg(long, value_name = "HEADER")]
    user_header: Option<String>,
    /// The header in which the proxy says in what role
    #[arg(long, value_name = "HEADER")]
    role_header: Option<String>,
    /// The newsroom's ledger of who is who; `recto entities --ledger` keeps it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Decisions: a file, or postgres://…; findings that they cover are not reported, and new ones are added
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Kilobytes that a request may hold
    #[arg(long, value_name = "KB", default_value_t = 1024)]
    max_body: usize,
    /// Words that a request may hold, all its texts together; longer ones are not checked
    #[arg(long, value_name = "WORDS", default_value_t = 100_000)]
    max_words: usize,
    /// Checks at a time; 0 for one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    workers: usize,
    /// Checks that may wait for their turn; further ones are told to ask again
    #[arg(long, value_name = "N", default_value_t = 128)]
    queue: usize,
    /// Seconds that a check may take, waiting included
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    timeout: u64,
}

#[cfg(not(feature = "serve"))]
pub(super) fn run(_: &Arguments, _: &Shared) -> anyhow::Result<Outcome> {
    anyhow::bail!("this binary was built without the feature `serve`")
}

#[cfg(feature = "serve")]
pub(super) use with_server::run;

#[cfg(feature = "serve")]
mod with_server {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use anyhow::{Context, bail};
    use recto::decisions::overriding::Policy;
    use recto::serve::wire::OnError;
    use recto::serve::{self, Access, Limits, Newsroom, Setup, Token};
    use serde::Deserialize;
    use tokio::net::TcpListener;

    use super::super::clock;
    use super::super::session::Session;
    use super::{Arguments, Outcome, Shared};

    pub(in super::super) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
        let access = access(arguments)?;
        let session = Session::new(shared)?.with_ledger(arguments.ledger.as_deref())?;
        let quiet = session.quiet;
        let journal: serve::Journal = Arc::new(move |line| {
            if !quiet {
                anstream::eprintln!("{line}");
            }
        });
        let limits = limits(arguments);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            // Checks, and the warming up.
            .max_blocking_threads(limits.workers + 2)
            .thread_name("recto")
            .build()?;
        let store = session.store(arguments.baseline.as_deref())?;
        let policy = Policy::of_roles(&session.settings.decisions.roles);
        let mut newsroom = Newsroom::new(session.checker, clock::now);
        if let Some(store) = store {
            // What cannot be read now is better said now.
            store.read()?;
            newsroom = newsroom.with_decisions(store, policy);
        }
        // Held until the runtime has ended: a connection to a database cannot be closed inside of it.
        let newsroom = Arc::new(newsroom);
        let setup = Setup {
            engine: Arc::<Newsroom>::clone(&newsroom),
            access,
            on_error: if arguments.on_error == "block" { OnError::Block } else { OnError::Warn },
            limits,
            journal: Arc::clone(&journal),
        };
        serve::quiet_panics(journal);
        runtime.block_on(async {
            let listener = TcpListener::bind(arguments.bind)
                .await
                .with_context(|| format!("cannot listen on {}", arguments.bind))?;
            let stop = stop()?;
            let address = listener.local_addr()?;
            if !quiet {
                anstream::eprintln!("recto: listening on http://{address}");
            }
            serve::serve(listener, setup, stop).await;
            anyhow::Ok(())
        })?;
        // What is still at work has had its time.
        runtime.shutdown_background();
        drop(newsroom);
        Ok(Outcome::Fine)
    }

    fn limits(arguments: &Arguments) -> Limits {
        let limits = Limits::default();
        Limits {
            body: arguments.max_body << 10,
            words: arguments.max_words,
            workers: if arguments.workers == 0 { limits.workers } else { arguments.workers },
            queue: arguments.queue,
            check_time: Duration::from_secs(arguments.timeout),
            ..limits
        }
    }

    /// Done when somebody wants the gate to stop.
    fn stop() -> anyhow::Result<impl Future<Output = ()>> {
        #[cfg(unix)]
        let mut terminated =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).context("signals")?;
        Ok(async move {
            #[cfg(unix)]
            let terminated = terminated.recv();
            #[cfg(not(unix))]
            let terminated = std::future::pending::<Option<()>>();
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated => {}
            }
        })
    }

    /// The file of those who may ask.
    #[derive(Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct AccessFile {
        token: Vec<TokenEntry>,
        webhook: Vec<Webhook>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct TokenEntry {
        name: String,
        role: Option<String>,
        token: Option<String>,
        sha256: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Webhook {
        secret: String,
    }

    fn access(arguments: &Arguments) -> anyhow::Result<Access> {
        let file = arguments.access.as_deref().map(read).transpose()?.unwrap_or_default();
        let tokens: Vec<Token> = file.token.into_iter().map(token).collect::<Result<_, _>>()?;
        let local = arguments.bind.ip().is_loopback();
        if !local && tokens.is_empty() {
            bail!(
                "{} can be reached from other machines: give --access FILE with a [[token]], or bind to 127.0.0.1",
                arguments.bind
            );
        }
        let secrets: Vec<Vec<u8>> = file.webhook.into_iter().map(|hook| hook.secret.into_bytes()).collect();
        if secrets.iter().any(|secret| secret.len() < 16) {
            bail!("the secret of a [[webhook]] has 16 characters at least");
        }
        let header = |name: &Option<String>| {
            let name = name.as_deref().map(str::parse).transpose();
            name.context("--user-header and --role-header are names of headers")
        };
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into_iter();
        let own = std::iter::once(arguments.bind.ip().to_string());
        let hosts = names.chain(own).chain(arguments.hosts.iter().cloned()).collect();
        Ok(Access {
            user_header: header(&arguments.user_header)?,
            role_header: header(&arguments.role_header)?,
            hosts: (local || tokens.is_empty()).then_some(hosts),
            tokens,
            secrets,
        })
    }

    fn read(path: &Path) -> anyhow::Result<AccessFile> {
        let name = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(name)?;
        // What is wrong is told without the line, which may hold a secret.
        toml::from_str(&text).map_err(|error| anyhow::anyhow!("{}: {}", name(), error.message().trim()))
    }

    fn token(entry: TokenEntry) -> anyhow::Result<Token> {
        let TokenEntry { name, role, token, sha256 } = entry;
        match (token, sha256) {
            (Some(token), None) if token.len() >= 16 => Ok(Token::new(name, role, &token)),
            (Some(_), None) => bail!("the token of `{name}` has fewer than 16 characters"),
            (None, Some(digest)) => Token::hashed(&name, role, &digest)
                .with_context(|| format!("`sha256` of `{name}` is 64 hexadecimal digits")),
            _ => bail!("`{name}` needs either `token` or `sha256`"),
        }
    }
}
