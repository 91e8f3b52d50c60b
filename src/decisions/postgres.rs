//! The log in a table of PostgreSQL, for several gates that share it: the same lines, chained the same way. Triggers
//! refuse whoever would change or delete one.

use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use postgres::{Client, Config, NoTls};

use super::log::{self, LogError};
use super::store::{Appended, Store, StoreError, admit};
use super::{Log, Record};

/// Made where it is not there yet. The number of a line is its place: no gaps, so that the log is a log.
const TABLE: &str = "
CREATE TABLE IF NOT EXISTS recto_decisions (
    number bigint PRIMARY KEY,
    line text NOT NULL
);
CREATE OR REPLACE FUNCTION recto_decisions_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'decisions are only appended'; END $$;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'recto_decisions_append_only') THEN
        CREATE TRIGGER recto_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recto_decisions
            FOR EACH STATEMENT EXECUTE FUNCTION recto_decisions_refuse();
    END IF;
END $$;";

/// One writer at a time makes or extends the table: `recto` in ASCII.
const LOCK: i64 = 0x72_65_63_74_6F;

/// Decisions in PostgreSQL. The connection is not encrypted: use a socket, a private network or a tunnel.
pub struct PostgresStore {
    name: String,
    config: Config,
    client: Mutex<Option<Client>>,
}

impl PostgresStore {
    /// Connects, and makes the table where it is not there.
    pub fn connect(location: &str, password: Option<&str>) -> Result<Self, StoreError> {
        let name = without_password(location);
        let fault = |error: &postgres::Error| database(&name, error);
        let mut config = Config::from_str(location).map_err(|error| fault(&error))?;
        if let (None, Some(password)) = (config.get_password(), password) {
            config.password(password);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        config.application_name("recto");
        let store = Self { name, config, client: Mutex::new(None) };
        store.with(|client| {
            let mut transaction = client.transaction()?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            // Who may only read finds it there, and needs no right to make it.
            let there = transaction.query_one("SELECT to_regclass('recto_decisions') IS NOT NULL", &[])?;
            if !there.get::<_, bool>(0) {
                transaction.batch_execute(TABLE)?;
            }
            transaction.commit()
        })?;
        Ok(store)
    }

    fn client(&self) -> MutexGuard<'_, Option<Client>> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with a connection, a new one where the last was lost. Work is a transaction: what fails did nothing.
    fn with<T>(&self, work: impl Fn(&mut Client) -> Result<T, postgres::Error>) -> Result<T, StoreError> {
        let mut held = self.client();
        let reused = held.as_ref().is_some_and(|client| !client.is_closed());
        let mut client = match held.take().filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.config.connect(NoTls).map_err(|error| database(&self.name, &error))?,
        };
        match work(&mut client) {
            Ok(answer) => {
                *held = Some(client);
                Ok(answer)
            }
            // A connection that was kept may have been lost meanwhile.
            Err(_) if reused && client.is_closed() => {
                let mut client = self.config.connect(NoTls).map_err(|error| database(&self.name, &error))?;
                let answer = work(&mut client).map_err(|error| database(&self.name, &error))?;
                *held = Some(client);
                Ok(answer)
            }
            Err(error) => {
                *held = Some(client);
                Err(database(&self.name, &error))
            }
        }
    }
}

impl Store for PostgresStore {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn read(&self) -> Result<Log, StoreError> {
        let lines: Vec<String> = self.with(|client| {
            let rows = client.query("SELECT line FROM recto_decisions ORDER BY number", &[])?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })?;
        // A line with a break in it would be two.
        if let Some(at) = lines.iter().position(|line| line.contains('\n')) {
            let error = LogError { line: at + 1, message: "holds a line break".into() };
            return Err(StoreError::Line { name: self.name(), error });
        }
        Log::parse(&lines.join("\n")).map_err(|error| StoreError::Line { name: self.name(), error })
    }

    fn append(&self, records: Vec<Record>) -> Result<Appended, StoreError> {
        admit(&records)?;
        if records.is_empty() {
            return Ok(Appended::default());
        }
        let stored = self.with(|client| {
            let mut transaction = client.transaction()?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            let last = transaction
                .query_opt("SELECT number, line FROM recto_decisions ORDER BY number DESC LIMIT 1", &[])?;
            let (number, last): (i64, Option<String>) =
                last.map_or((0, None), |row| (row.get(0), Some(row.get(1))));
            let chained = log::chain(last.as_deref(), records.clone());
            let Ok((text, records)) = chained else { return Ok(None) };
            let insert = transaction.prepare("INSERT INTO recto_decisions (number, line) VALUES ($1, $2)")?;
            for (number, line) in (number + 1..).zip(text.lines()) {
                transaction.execute(&insert, &[&number, &line])?;
            }
            transaction.commit()?;
            Ok(Some(records))
        })?;
        let records =
            stored.ok_or_else(|| StoreError::Refused("the decision cannot be written as JSON".into()))?;
        Ok(Appended { records, repaired: None })
    }

    fn revision(&self) -> Result<u64, StoreError> {
        self.with(|client| {
            let row = client.query_one("SELECT coalesce(max(number), 0) FROM recto_decisions", &[])?;
            Ok(row.get::<_, i64>(0) as u64)
        })
    }
}

fn database(name: &str, error: &postgres::Error) -> StoreError {
    // The crate's own words name the stage; the server's say what is wrong.
    let cause = || std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let said = error.as_db_error().map(|said| said.message().to_owned());
    let message = said.unwrap_or_else(|| format!("{error}{}", cause()));
    StoreError::Database { name: name.to_owned(), message }
}

/// A place as it may be shown.
fn without_password(location: &str) -> String {
    let Some((scheme, rest)) = location.split_once("://") else { return "postgres".into() };
    let rest = rest.split('?').next().unwrap_or_default();
    let (user, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let user = user.split(':').next().unwrap_or_default();
    let at = if user.is_empty() { "" } else { "@" };
    format!("{scheme}://{user}{at}{place}")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_not_shown() {
        for place in ["postgres://desk:se:c@ret@db/recto?password=x", "postgres://desk@db/recto"] {
            assert_eq!(without_password(place), "postgres://desk@db/recto");
        }
        assert_eq!(without_password("postgresql:///recto?host=/tmp"), "postgresql:///recto");
    }
}
