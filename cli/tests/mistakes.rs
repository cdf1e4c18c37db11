//! Every mistake of a plan and its scenarios at once, each at its own line.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn scenario(text: &str) -> String {
    format!("outlast-scenario: 1\nname: Test\n{text}")
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, scenario(text)).unwrap();
    }
}

/// What is said of a command that is refused, and its exit status.
fn refused(folder: &Path, words: &[&str]) -> (i32, String) {
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{words:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The mistakes in a scenario for the starter, as `line: message`.
fn mistakes(files: &[(&str, &str)]) -> Vec<String> {
    let here = tempfile::tempdir().unwrap();
    write(here.path(), files);
    let (status, text) = refused(here.path(), &["run", "starter", files[0].0]);
    assert_eq!(status, 3, "{text}");
    let mut lines = text.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((_, message)) = line.split_once("]: ") else { continue };
        let place = lines.next().and_then(|line| line.split_once("--> ")).unwrap().1;
        let mut parts = place.rsplitn(3, ':');
        let (_, line, file) = (parts.next(), parts.next().unwrap(), parts.next().unwrap());
        let file = if file == files[0].0 { String::new() } else { format!("{file}:") };
        found.push(format!("{file}{line}: {message}"));
    }
    found
}

#[test]
fn a_wrong_setting_is_shown_at_its_own_line() {
    let text = "events:
  - {at: 1h, misconfigure: {set: sites.leeds.seats, to: 150}}
  - {at: 1h, misconfigure: {set: vpn.nosuch.sessions, to: 5}}
";
    assert_eq!(mistakes(&[("s.yaml", text)]), ["5: `vpn` has no entry `nosuch`"]);
}

#[test]
fn every_wrong_setting_is_shown_once() {
    let text = "events:
  - {at: 1h, misconfigure: {set: sites.leeds.seatz, to: 5}}
  - {at: 1h, misconfigure: {set: vpn.nosuch.sessions, to: 5}}
  - at: 1h
    misconfigure:
      set: circuits.leeds-mpls.capacity
      to: 5
  - {at: 2h, misconfigure: {every: vpn, set: tunnel, to: splitt}}
  - {at: 3h, misconfigure: {set: sites.leeds.seats, to: 5}}
  - {at: 3h, misconfigure: {set: .seats, to: 5}}
";
    let expected = [
        "4: site `leeds` has no key `seatz`",
        "5: `vpn` has no entry `nosuch`",
        "9: `5` has no unit",
        "10: `splitt` is not one of `full`, `split`",
        "12: `.seats` is no path",
    ];
    assert_eq!(mistakes(&[("s.yaml", text)]), expected);
}

#[test]
fn what_a_setting_spoils_elsewhere_is_shown_at_the_setting() {
    let text = "events:
  - {at: 1h, misconfigure: {set: sites.leeds.seats, to: 150}}
  - {at: 1h, misconfigure: {set: sites.leeds.kind, to: homes}}
  - {at: 1h, misconfigure: {set: sites.york.region, to: south}}
";
    let found = mistakes(&[("s.yaml", text)]);
    assert!(found.iter().all(|one| one.starts_with("5: ")) && !found.is_empty(), "{found:?}");
}

#[test]
fn settings_that_are_right_only_together_are_right() {
    let here = tempfile::tempdir().unwrap();
    let text = "events:
  - {at: 1h, misconfigure: {set: vpn.vpn-york.egress, to: own-address}}
  - {at: 1h, misconfigure: {set: cloud.access.known, to: {internet: [own-address]}}}
";
    write(here.path(), &[("s.yaml", text)]);
    Command::cargo_bin("outlast")
        .unwrap()
        .current_dir(here.path())
        .args(["run", "starter", "s.yaml"])
        .assert()
        .success();
}

#[test]
fn shapes_names_and_settings_are_shown_together() {
    let text = "events:
  - {at: 5, fail: yorkk}
  - {fail: york, degrade: leedz, to: 40%}
  - {at: 1h, misconfigure: {set: sites.leeds.seatz, to: 5}}
  - {at: 1h, misconfigure: {every: vpnn, set: tunnel, to: split}}
  - {at: 1h, include: ./part.yaml}
  - {at: 1h, include: nosuch}
";
    let part = "takes: {share: {kind: share}}
events:
  - {at: 1h, misconfigure: {set: sites.leeds.seatz, to: 5}}
  - {absent: office-tem, share: $share}
";
    let expected = [
        "4: `5` has no unit",
        "4: the plan has nothing called `yorkk`",
        "5: the event says both `fail` and `degrade`",
        "5: the plan has nothing called `leedz`",
        "6: site `leeds` has no key `seatz`",
        "7: `vpnn` is no kind of entry",
        "8: `./part.yaml` needs `share`",
        "9: there is no scenario `nosuch`",
        "part.yaml:5: site `leeds` has no key `seatz`",
        "part.yaml:6: the plan has nothing called `office-tem`",
    ];
    assert_eq!(mistakes(&[("s.yaml", text), ("part.yaml", part)]), expected);
}

#[test]
fn scenarios_include_files_of_their_folder() {
    let here = tempfile::tempdir().unwrap();
    let part = "takes: {what: {kind: site}}\nevents:\n  - include: \"sub/inner.yaml:$what\"\n";
    let inner = "takes: {it: {kind: site}}\nevents:\n  - {at: 1h, fail: $it}\n";
    write(
        here.path(),
        &[
            ("mine/s.yaml", "events:\n  - {at: 1h, include: ./parts/part.yaml:york}\n"),
            ("mine/parts/part.yaml", part),
            ("mine/parts/sub/inner.yaml", inner),
        ],
    );
    let command = |words: &[&str]| {
        Command::cargo_bin("outlast")
            .unwrap()
            .current_dir(here.path())
            .args(words)
            .output()
            .unwrap()
    };
    let output = command(&["run", "starter", "mine/s.yaml"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().any(|line| line.contains(" 2h ") && line.contains("fail york")), "{text}");
    // What an answer is made from is not overwritten by it.
    let file = "mine/parts/sub/inner.yaml";
    let (status, text) =
        refused(here.path(), &["run", "starter", "mine/s.yaml", "--out", file, "--force"]);
    assert!(status == 2 && text.contains("the answer is made from"), "{text}");
    assert_eq!(fs::read_to_string(here.path().join(file)).unwrap(), scenario(inner));
}

#[test]
fn scenarios_include_nothing_from_elsewhere() {
    let here = tempfile::tempdir().unwrap();
    let outside = here.path().join("out.yaml").display().to_string();
    write(here.path(), &[("out.yaml", "events:\n  - {fail: york}\n")]);
    write(here.path(), &[("mine/parts/up.yaml", "events:\n  - {include: ../s.yaml}\n")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../out.yaml", here.path().join("mine/link.yaml")).unwrap();
    #[cfg(not(unix))]
    fs::copy(here.path().join("out.yaml"), here.path().join("mine/link.yaml")).unwrap();
    let mut names = vec!["../out.yaml", "parts/../../out.yaml", &outside, "parts\\up.yaml"];
    names.extend(["./parts/up.yaml", "./none.yaml", "./parts", "..", "./"]);
    if cfg!(unix) {
        names.push("./link.yaml");
    }
    for name in names {
        write(here.path(), &[("mine/s.yaml", &format!("events:\n  - include: {name}\n"))]);
        let (status, text) = refused(here.path(), &["run", "starter", "mine/s.yaml"]);
        assert!(status == 3 && text.contains("cannot include"), "{name}: {text}");
        let place = if name.contains("./parts/up") { "parts/up.yaml:4:" } else { "s.yaml:4:" };
        assert!(text.contains(place), "{name}: {text}");
    }
}

#[test]
fn standard_input_has_no_folder_to_include_from() {
    let mut command = Command::cargo_bin("outlast").unwrap();
    let text = scenario("events:\n  - {include: ./s.yaml}\n");
    let output = command.args(["run", "starter", "/dev/stdin"]).write_stdin(text).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("standard input has no folder"), "{text}");
}

#[test]
fn everything_that_the_command_line_names_is_looked_at() {
    let here = tempfile::tempdir().unwrap();
    write(here.path(), &[("a.yaml", "events: []\n"), ("b.yaml", "events:\n  - {at: 3}\n")]);
    fs::write(here.path().join("plan.yaml"), "outlast: 1\nsites: {a: {kind: ofice}}\n").unwrap();
    for plan in ["starter", "./plan.yaml"] {
        let (status, text) = refused(here.path(), &["run", plan, "a.yaml", "b.yaml", "c.yaml"]);
        assert_eq!(status, 3, "{text}");
        for part in ["a.yaml:3:", "b.yaml:4:", "`c.yaml`: there is no such file"] {
            assert!(text.contains(part), "no {part} in {text}");
        }
        assert_eq!(text.contains("plan.yaml:2:"), plan != "starter", "{text}");
    }
}

#[test]
fn each_wrong_argument_is_named() {
    let here = tempfile::tempdir().unwrap();
    let (status, text) = refused(here.path(), &["run", "bank", "data-center-lost:leeds,york:x"]);
    assert_eq!(status, 3);
    for part in ["`x` is one too many", "`leeds` is of kind `office`", "no data-center `york`"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}
