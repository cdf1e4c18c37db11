//! The command as a shell sees it: words, files, exit status.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn outlast(folder: &Path, words: &[&str]) -> Output {
    Command::cargo_bin("outlast").unwrap().current_dir(folder).args(words).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn every_command_has_help_with_examples() {
    let here = tempfile::tempdir().unwrap();
    for command in [
        "init",
        "check",
        "run",
        "explain",
        "contingency",
        "scenarios",
        "schema",
        "rule",
        "pac",
        "pac test",
        "completions",
        "man",
    ] {
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = outlast(here.path(), &words);
        assert_eq!(status(&help), 0);
        let text = said(&help);
        assert!(text.contains("Examples:\n  outlast "), "{command}: {text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{command}: {text}");
    }
    assert!(!said(&outlast(here.path(), &["--help"])).contains("pac-worker"));
}

#[test]
fn wrong_usage_is_two() {
    let here = tempfile::tempdir().unwrap();
    let cases: [&[&str]; 5] =
        [&["nonsense"], &["run"], &["man", "rnu"], &["completions", "dos"], &["init", "bnak"]];
    for words in cases {
        let output = outlast(here.path(), words);
        assert_eq!(status(&output), 2, "{words:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{words:?}");
    }
    assert!(complained(&outlast(here.path(), &["init", "bnak"])).contains("did you mean `bank`?"));
}

#[test]
fn a_file_of_an_unknown_name_is_pointed_out() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("mine")).unwrap();
    let output = outlast(here.path(), &["scenarios", "mine"]);
    assert_eq!(status(&output), 2);
    assert!(complained(&output).contains("`./mine`"), "{}", complained(&output));
}

#[test]
fn a_file_is_pointed_out_by_its_name_without_the_ending() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("mine.yaml"), "outlast: 1\n").unwrap();
    for words in [["run", "mine", "disaster"], ["run", "bank", "mine"]] {
        let output = outlast(here.path(), &words);
        assert_eq!(status(&output), 2);
        assert!(complained(&output).contains("`./mine.yaml`"), "{}", complained(&output));
    }
}

#[test]
fn init_tells_a_plan_from_a_folder() {
    let here = tempfile::tempdir().unwrap();
    for word in ["plan", "plan.yaml"] {
        let output = outlast(here.path(), &["init", word]);
        assert_eq!(status(&output), 2);
        assert!(complained(&output).contains("`outlast init --out plan`"), "{word}");
    }
    assert!(complained(&outlast(here.path(), &["init", "bnk"])).contains("did you mean `bank`?"));
}

#[test]
fn a_shipped_plan_is_told_from_a_folder_of_its_name() {
    let here = tempfile::tempdir().unwrap();
    outlast(here.path(), &["init"]);
    let run = ["run", "starter", "isp-lost"];
    assert!(complained(&outlast(here.path(), &run)).contains("`./starter`"));
    assert_eq!(complained(&outlast(here.path(), &["run", "./starter", "isp-lost"])), "");
    assert_eq!(complained(&outlast(here.path(), &[&run[..], &["--quiet"]].concat())), "");
}

#[test]
fn init_writes_and_never_overwrites() {
    let here = tempfile::tempdir().unwrap();
    let plan = here.path().join("starter/plan.yaml");
    let first = outlast(here.path(), &["init"]);
    assert_eq!(status(&first), 0, "{}", complained(&first));
    assert!(said(&first).contains("outlast run ./starter "));
    fs::write(&plan, "mine").unwrap();
    let second = outlast(here.path(), &["init"]);
    assert_eq!(status(&second), 2);
    assert!(complained(&second).contains("--force"));
    assert_eq!(fs::read_to_string(&plan).unwrap(), "mine");
    assert_eq!(status(&outlast(here.path(), &["init", "--force", "--quiet"])), 0);
    assert_ne!(fs::read_to_string(&plan).unwrap(), "mine");
}

#[test]
fn init_is_all_or_nothing() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir_all(here.path().join("drill/pac")).unwrap();
    fs::write(here.path().join("drill/pac/legacy.pac"), "mine").unwrap();
    assert_eq!(status(&outlast(here.path(), &["init", "bank", "--out", "drill"])), 2);
    assert!(!here.path().join("drill/plan.yaml").exists());
    assert_eq!(status(&outlast(here.path(), &["init", "bank"])), 0);
    assert!(here.path().join("bank/plan.yaml").exists());
    assert!(here.path().join("bank/pac/corporate.pac").exists());
}

#[test]
fn init_writes_the_schema_that_editors_look_for() {
    let here = tempfile::tempdir().unwrap();
    outlast(here.path(), &["init"]);
    let read = |name: &str| fs::read_to_string(here.path().join("starter").join(name)).unwrap();
    let head = "# yaml-language-server: $schema=./outlast.schema.json\n\
                # $schema: ./outlast.schema.json\n";
    assert!(read("plan.yaml").starts_with(head));
    assert_eq!(read("outlast.schema.json"), said(&outlast(here.path(), &["schema"])));
    assert_eq!(status(&outlast(here.path(), &["run", "./starter", "isp-lost"])), 0);
    // What is there is kept, and then nothing else is written.
    fs::create_dir(here.path().join("mine")).unwrap();
    fs::write(here.path().join("mine/outlast.schema.json"), "mine").unwrap();
    assert_eq!(status(&outlast(here.path(), &["init", "--out", "mine"])), 2);
    assert_eq!(fs::read_dir(here.path().join("mine")).unwrap().count(), 1);
}

#[test]
fn schemas_are_json_and_written_like_any_answer() {
    let here = tempfile::tempdir().unwrap();
    for (of, key) in [("plan", "sites"), ("scenario", "events")] {
        let text = said(&outlast(here.path(), &["schema", "--for", of]));
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert_eq!(schema["additionalProperties"], false);
        assert!(schema["properties"][key]["description"].is_string(), "{of}");
        assert!(schema["properties"][key]["examples"][0].is_object() || of == "scenario");
    }
    assert_eq!(status(&outlast(here.path(), &["schema", "--out", "s.json"])), 0);
    assert_eq!(status(&outlast(here.path(), &["schema", "--out", "s.json"])), 2);
    assert_eq!(status(&outlast(here.path(), &["schema", "--out", "s.json", "--force"])), 0);
    assert_eq!(status(&outlast(here.path(), &["schema", "--for", "pan"])), 2);
}

#[cfg(unix)]
#[test]
fn init_follows_no_link_out_of_its_folder() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir_all(here.path().join("bank")).unwrap();
    fs::create_dir_all(here.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", here.path().join("bank/pac")).unwrap();
    assert_eq!(status(&outlast(here.path(), &["init", "bank", "--force"])), 2);
    assert_eq!(fs::read_dir(here.path().join("elsewhere")).unwrap().count(), 0);
}

#[test]
fn nothing_of_a_name_reaches_the_terminal_raw() {
    let here = tempfile::tempdir().unwrap();
    let output = outlast(here.path(), &["init", "a\u{1b}]0;x\u{7}\u{202e}b"]);
    assert_eq!(status(&output), 2);
    let text = complained(&output);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
}

#[test]
fn completions_and_manual_are_written() {
    let here = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = outlast(here.path(), &["completions", shell]);
        assert!(status(&output) == 0 && said(&output).contains("outlast"), "{shell}");
        assert!(!said(&output).is_empty());
    }
    assert!(said(&outlast(here.path(), &["man", "run"])).contains("outlast\\-run"));
    assert_eq!(status(&outlast(here.path(), &["man", "--out", "pages"])), 0);
    let pages = here.path().join("pages");
    assert!(pages.join("outlast.1").exists() && pages.join("outlast-run.1").exists());
    assert!(!pages.join("outlast-pac-worker.1").exists());
    assert_eq!(status(&outlast(here.path(), &["man", "--out", "pages"])), 2);
}

#[cfg(unix)]
#[test]
fn a_broken_pipe_is_quiet() {
    let here = tempfile::tempdir().unwrap();
    let bin = assert_cmd::cargo::cargo_bin("outlast");
    let script = format!(
        "{{ sleep 0.2; '{}' completions bash; }} | true; echo ${{PIPESTATUS[0]}}",
        bin.display()
    );
    let output = std::process::Command::new("bash")
        .current_dir(here.path())
        .args(["-c", &script])
        .output()
        .unwrap();
    assert_eq!(said(&output), "0\n");
    assert_eq!(complained(&output), "");
}

#[test]
fn words_of_run_and_explain_are_checked() {
    let here = tempfile::tempdir().unwrap();
    let cases: [(&[&str], i32, &str); 6] = [
        (&["run", "bank", "data-centre-lost"], 2, "did you mean `data-center-lost`?"),
        (&["run", "bank", "data-center-lost:dc-yrok"], 3, "dc-york"),
        (&["run", "bank", "./none.yaml"], 3, "none.yaml"),
        (&["explain", "bank", "--group", "cards-leds"], 2, "did you mean `cards-leeds`?"),
        (&["explain", "bank", "isp-lost", "--group", "cards-leeds", "--at", "5"], 2, "--at"),
        (&["explain", "bank", "--group", "cards-leeds", "--at", "73h"], 2, "--at"),
    ];
    for (words, expected, part) in cases {
        let output = outlast(here.path(), words);
        assert_eq!(status(&output), expected, "{words:?} {}", complained(&output));
        assert!(complained(&output).contains(part), "{words:?} {}", complained(&output));
    }
}

#[test]
fn long_work_shows_nothing_in_a_pipe() {
    let here = tempfile::tempdir().unwrap();
    let scenarios = ["disaster", "private-network-lost", "vpn-overload", "isp-lost"];
    let run = outlast(here.path(), &[&["run", "bank"][..], &scenarios].concat());
    assert_eq!((status(&run), complained(&run)), (0, String::new()));
    assert!(!said(&run).contains('\r') && !said(&run).contains('\u{1b}'));
}
