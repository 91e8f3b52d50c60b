//! A real PostgreSQL, started for a test and stopped after it. Where none is installed the tests say so.
#![allow(clippy::print_stdout, reason = "what is skipped is said in the log of the tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use recto::decisions::{Store, store};
use tempfile::TempDir;

/// A server of its own, on a socket in a folder of its own.
pub(crate) struct Server {
    folder: TempDir,
    program: PathBuf,
}

/// Programs of PostgreSQL lie in the path, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let version = |folder: &Path| {
        fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).max()
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(version(Path::new("/usr/lib/postgresql")));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// PostgreSQL does not run as root: then as the user that its package makes.
fn as_user(program: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let mut command = Command::new(if root { Path::new("runuser") } else { program });
    if root {
        command.args(["-u", "postgres", "--"]).arg(program);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

impl Server {
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            println!("SKIPPED: no PostgreSQL is installed (initdb, pg_ctl)");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o777))
            .expect("rights");
        let data = folder.path().join("data");
        let made = as_user(&programs.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D"])
            .arg(&data)
            .status();
        if !made.is_ok_and(|status| status.success()) {
            println!("SKIPPED: PostgreSQL cannot be started here (initdb failed)");
            return None;
        }
        let server = Self { folder, program: programs.join("pg_ctl") };
        server.come_back();
        Some(server)
    }

    pub(crate) fn place(&self) -> String {
        // A folder as host, its slashes written so that they are none of the address.
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgresql://postgres@{folder}/postgres")
    }

    pub(crate) fn open(&self) -> Box<dyn Store> {
        store::open(Path::new(&self.place()), None).expect("a database")
    }

    /// Ends at once, as where the machine lost its power.
    pub(crate) fn die(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
    }

    pub(crate) fn come_back(&self) {
        let options = format!("-c listen_addresses= -k {}", self.folder.path().display());
        let log = self.log().display().to_string();
        self.control(&["-w", "-o", &options, "-l", &log, "start"]);
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn control(&self, arguments: &[&str]) {
        let data = self.folder.path().join("data");
        let status = as_user(&self.program).arg("-D").arg(data).args(arguments).status();
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        assert!(status.is_ok_and(|status| status.success()), "{arguments:?}: {log}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ = as_user(&self.program).arg("-D").arg(data).args(["-m", "immediate", "stop"]).status();
        // What belongs to another user is removed by that user.
        let _ = as_user(Path::new("rm")).arg("-rf").arg(self.folder.path().join("data")).status();
    }
}
