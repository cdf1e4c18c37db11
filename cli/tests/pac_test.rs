//! `outlast pac test`, as a user meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const FILE: &str = "function FindProxyForURL(url, host) {
  if (host == \"turn.cloud.example\") return \"DIRECT\";
  if (dnsDomainIs(host, \".cloud.example\"))
    return isInNet(myIpAddress(), \"10.0.0.0\", \"255.0.0.0\")
      ? \"PROXY proxy.corp.example:8080; DIRECT\" : \"SOCKS old.example:1080\";
  if (host == \"loop.example\") for (;;) {}
  return missing(host);
}
";

fn test(folder: &Path, words: &[&str]) -> Output {
    fs::write(folder.join("proxy.pac"), FILE).unwrap();
    let mut command = Command::cargo_bin("outlast").unwrap();
    command.current_dir(folder).args(["pac", "test"]).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn each_answer_comes_with_its_line() {
    let here = tempfile::tempdir().unwrap();
    let urls = ["https://desk.cloud.example/a", "https://TURN.cloud.example", "http://other/"];
    let output = test(here.path(), &[&["proxy.pac"], &urls[..]].concat());
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!("pac-test", said(&output));
}

#[test]
fn an_address_of_the_workstation_may_be_given() {
    let here = tempfile::tempdir().unwrap();
    let words = ["proxy.pac", "https://desk.cloud.example", "--client-ip", "10.1.2.3"];
    let output = test(here.path(), &words);
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert!(text.contains("proxy proxy.corp.example:8080, then direct"), "{text}");
    assert!(!text.contains("Asked of the machine"), "{text}");
}

#[test]
fn a_document_says_the_same() {
    let here = tempfile::tempdir().unwrap();
    let words = ["proxy.pac", "https://me@Turn.cloud.example:443/x?y#z", "--format", "json"];
    let output = test(here.path(), &words);
    assert_eq!(output.status.code(), Some(0));
    let document: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(document["document"], "outlast-pac-test");
    let answer = &document["answers"][0];
    assert_eq!(answer["asked"]["url"], "https://turn.cloud.example:443/");
    assert_eq!(answer["asked"]["host"], "turn.cloud.example");
    assert_eq!(answer["goes"][0]["by"], "direct");
    assert_eq!(answer["line"], 2);
    assert_eq!(answer["text"], "if (host == \"turn.cloud.example\") return \"DIRECT\";");
}

#[test]
fn what_fails_says_why() {
    let here = tempfile::tempdir().unwrap();
    let output = test(here.path(), &["proxy.pac", "https://loop.example/", "https://x.example/"]);
    assert_eq!(output.status.code(), Some(3));
    let text = said(&output);
    assert!(text.starts_with("proxy.pac fails for 2 URLs."), "{text}");
    assert!(text.contains("it does not come to an end"), "{text}");
    assert!(text.contains("it stopped in line 7"), "{text}");
}

#[test]
fn wrong_words_say_what_to_write() {
    let here = tempfile::tempdir().unwrap();
    let cases: [(&[&str], i32, &str); 6] = [
        (&["proxy.pac", "desk.cloud.example"], 2, "write `https://desk.cloud.example/`"),
        (&["proxy.pac", "https://a b/"], 2, "blank"),
        (&["proxy.pac", "https://x/", "--client-ip", "300.1.1.1"], 2, "--client-ip"),
        (&["proxy.pac"], 2, "URL"),
        (&["none.pac", "https://x/"], 3, "there is no such file"),
        (&["proxy.pac", "https://x/", "-o", "proxy.pac", "--force"], 2, "made from"),
    ];
    for (words, status, part) in cases {
        let output = test(here.path(), words);
        assert_eq!(output.status.code(), Some(status), "{words:?}");
        let text = complained(&output);
        assert!(text.contains(part) && output.stdout.is_empty(), "{words:?}: {text}");
    }
    fs::write(here.path().join("bytes.pac"), [0xff, 0xfe]).unwrap();
    let output = test(here.path(), &["bytes.pac", "https://x/"]);
    assert!(complained(&output).contains("not UTF-8"));
}

#[test]
fn an_answer_that_cannot_be_read_has_its_line() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("odd.pac"), "function FindProxyForURL() {\n return 'a:80' }")
        .unwrap();
    let text = said(&test(here.path(), &["odd.pac", "https://x/"]));
    assert!(text.contains("cannot read `a:80`") && text.contains("line 2: return"), "{text}");
}

#[test]
fn a_hostile_file_is_harmless() {
    let here = tempfile::tempdir().unwrap();
    let text = "function FindProxyForURL(u) { throw 'a\\u001b[2J\\u202eb' } // \u{1b}[2J";
    fs::write(here.path().join("evil.pac"), text).unwrap();
    let output = test(here.path(), &["evil.pac", "https://x/"]);
    assert!(!said(&output).contains(['\u{1b}', '\u{202e}']));
}
