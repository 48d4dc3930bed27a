//! What other processes see of one that holds the secret: its arguments, its environment, its children.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use mail_setup_tests::{Answer, Canaries, LoginHost, ScriptedSmtp, Step};

use crate::PROGRAM;
use crate::leaks::Computer;

/// The user that owns nothing.
const NOBODY: u32 = 65_534;

/// A check by another user, who may not reach the program where it was built.
fn by_nobody(computer: &Computer, login: &LoginHost) -> Command {
    let copy = computer.folder.path().join("incorta-mail");
    std::fs::copy(PROGRAM, &copy).unwrap();
    std::fs::set_permissions(computer.folder.path(), Permissions::from_mode(0o755)).unwrap();
    let mut command = computer.set_up(Command::new(copy), login, &[]);
    command.uid(NOBODY);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn no_argument_and_no_other_process_holds_a_secret() {
    let computer = Computer::new();
    let smtp = ScriptedSmtp::start([Step::line("220 mail.example ESMTP"), Step::Silence], None).await.unwrap();
    let login = LoginHost::answering([Answer::Silence]).await.unwrap();
    computer.fill_in(&smtp);
    let mut command = computer.check(&login, &[]);
    // Root may look into everything, and owns what nobody else may look into.
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        command = by_nobody(&computer, &login);
    }
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // The secret is on its way, and the check is under way.
    let mut begun = false;
    while !begun && child.try_wait().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
        begun = !login.requests().is_empty();
    }
    let arguments = std::fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
    let owner = std::fs::metadata(format!("/proc/{}/environ", child.id())).unwrap().uid();
    let children = descendants(child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(begun);
    let found = Canaries::all().found_in(&arguments).len();
    assert_eq!(found, 0, "{}", String::from_utf8_lossy(&arguments));
    assert_eq!(owner, 0, "other programs of the user may read the environment");
    // It starts no other program, so nobody inherits the environment that the secret came by.
    assert_eq!(children, [0; 0]);
}

/// The processes that a process has started, and those that they have.
fn descendants(process: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children: Vec<u32> = ids.filter(|id| parent(*id) == Some(process)).collect();
    children.iter().copied().chain(children.iter().flat_map(|child| descendants(*child))).collect()
}

fn parent(process: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}
