//! Plans and scenarios as files: found, refused, and shown with their place.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const PLAN: &str = "outlast: 1
sites:
  home: {kind: homes}
groups:
  people: {agents: 10, work_at: [home], phones: [pstn]}
";

/// Runs `outlast scenarios WORD`, which loads a plan whole, and returns status,
/// standard output and standard error.
fn load(folder: &Path, word: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("outlast")
        .unwrap()
        .current_dir(folder)
        .args(["scenarios", word])
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Asserts that a plan is refused with a message that holds all of `parts`.
fn assert_refused(folder: &Path, word: &str, status: i32, parts: &[&str]) {
    let (got, answer, message) = load(folder, word);
    assert_eq!(got, status, "{word}: {message}");
    assert_eq!(answer, "", "{word}");
    for part in parts {
        assert!(message.contains(part), "{word}: {message}");
    }
}

fn with_pac(file: &str) -> String {
    format!("{PLAN}pac:\n  corporate: {{file: {file}}}\n")
}

#[test]
fn plans_are_files_folders_and_words() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("mine")).unwrap();
    fs::write(here.path().join("mine/plan.yaml"), PLAN).unwrap();
    for word in ["./mine", "mine/", "mine/plan.yaml", "bank"] {
        let (status, answer, message) = load(here.path(), word);
        assert_eq!((status, message.as_str()), (0, ""), "{word}");
        assert!(answer.contains("corporate-systems-lost"), "{word}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("empty")).unwrap();
    assert_refused(here.path(), "./none", 3, &["`./none`", "no such file"]);
    assert_refused(here.path(), "./empty", 3, &["`./empty`", "plan.yaml"]);
    assert_refused(here.path(), "empty", 2, &["shipped plan `empty`", "`./empty`"]);
    assert_refused(here.path(), "bnk", 2, &["did you mean `bank`?"]);
    assert_refused(here.path(), "", 2, &["outlast scenarios"]);
}

#[test]
fn what_is_no_plan_is_refused() {
    let here = tempfile::tempdir().unwrap();
    let contents: [(&str, &[u8]); 6] = [
        ("empty.yaml", b""),
        ("latin.yaml", b"outlast: 1\nname: Z\xfcrich\n"),
        ("nul.yaml", b"outlast: 1\nname: a\0b\n"),
        ("list.yaml", b"- 1\n- 2\n"),
        ("binary.yaml", b"\x7fELF\x02\x01\x01\0\0\0"),
        ("version.yaml", b"outlast: 2\n"),
    ];
    for (name, bytes) in contents {
        fs::write(here.path().join(name), bytes).unwrap();
        assert_refused(here.path(), name, 3, &[]);
    }
    assert_refused(here.path(), "latin.yaml", 3, &["line 2"]);
}

#[test]
fn mistakes_carry_their_place() {
    let here = tempfile::tempdir().unwrap();
    let text = PLAN.replace("homes}", "hoems}");
    fs::write(here.path().join("plan.yaml"), text).unwrap();
    assert_refused(
        here.path(),
        "plan.yaml",
        3,
        &["plan.yaml:3:", "hoems", "did you mean `homes`?"],
    );
}

#[test]
fn a_plan_reads_in_its_own_folder_only() {
    let here = tempfile::tempdir().unwrap();
    let folder = here.path().join("mine");
    fs::create_dir(&folder).unwrap();
    fs::write(here.path().join("secret.pac"), "secret").unwrap();
    let outside = here.path().join("secret.pac").display().to_string();
    let names = ["../secret.pac", outside.as_str(), "sub/../../secret.pac", "none.pac", "."];
    for name in names {
        fs::write(folder.join("plan.yaml"), with_pac(name)).unwrap();
        assert_refused(here.path(), "./mine", 3, &["plan.yaml:7:", name]);
    }
}

#[cfg(unix)]
#[test]
fn links_out_and_pipes_are_refused() {
    let here = tempfile::tempdir().unwrap();
    let folder = here.path().join("mine");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.join("link.pac")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.pac")).status().unwrap();
    assert!(made.success());
    for name in ["link.pac", "pipe.pac"] {
        fs::write(folder.join("plan.yaml"), with_pac(name)).unwrap();
        assert_refused(here.path(), "./mine", 3, &[name]);
    }
}

#[test]
fn a_hostile_pac_file_does_not_stop_the_others() {
    let here = tempfile::tempdir().unwrap();
    let text = format!("{PLAN}pac:\n  bad: {{file: bad.pac}}\n  good: {{file: good.pac}}\n");
    fs::write(here.path().join("plan.yaml"), text).unwrap();
    fs::write(here.path().join("bad.pac"), "for (;;) {}").unwrap();
    let good = "function FindProxyForURL(url, host) { return 'DIRECT' }";
    fs::write(here.path().join("good.pac"), good).unwrap();
    let (status, _, message) = load(here.path(), "plan.yaml");
    assert_eq!(status, 0, "{message}");
}

#[test]
fn names_of_files_are_harmless() {
    let here = tempfile::tempdir().unwrap();
    assert_refused(here.path(), "./a\u{1b}[31m\u{202e}b", 3, &["␛", "\\u{202e}"]);
}
