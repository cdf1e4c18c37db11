//! The PAC runner against honest, broken and hostile files.

use std::path::PathBuf;
use std::time::Duration;

use outlast_cli::pac::Runner;
use outlast_models::pac::{PacAnswer, PacHop};

/// Questions about two hosts, so that one answer cannot hide another.
const QUESTIONS: &[(&str, &str)] = &[
    ("https://desk.genesyscloud.com/", "desk.genesyscloud.com"),
    ("https://turn.example.net/", "turn.example.net"),
];

fn runner(seconds: u64) -> Runner {
    Runner::new(PathBuf::from(env!("CARGO_BIN_EXE_outlast")), Duration::from_secs(seconds))
}

fn ask(text: &str) -> Vec<PacAnswer> {
    runner(60).ask_file(text, QUESTIONS)
}

fn direct() -> PacAnswer {
    PacAnswer::Hops(vec![PacHop::Direct])
}

fn proxy(name: &str) -> PacAnswer {
    PacAnswer::Hops(vec![PacHop::Proxy(name.to_owned())])
}

/// Asserts that all questions failed for a reason that holds `part`.
fn assert_fails(text: &str, part: &str) {
    for answer in ask(text) {
        match answer {
            PacAnswer::Failed(reason) => assert!(reason.contains(part), "{reason:?}"),
            PacAnswer::Hops(hops) => panic!("answered {hops:?}"),
        }
    }
}

/// A file whose answer is an expression of `url` and `host`.
fn returning(expression: &str) -> String {
    format!("function FindProxyForURL(url, host) {{ return {expression}; }}")
}

/// Asserts that an expression is true in a PAC file.
fn assert_true(expression: &str) {
    let text = returning(&format!("({expression}) ? 'PROXY yes' : 'PROXY no'"));
    assert_eq!(ask(&text)[0], proxy("yes"), "{expression}");
}

#[test]
fn a_file_in_the_form_of_the_guides_sample_answers() {
    let text = r#"
        function FindProxyForURL(url, host) {
            if (shExpMatch(host, "*.genesyscloud.com"))
            {
                return "PROXY To-GenesysMulticloudCX.internal.example.com:8080";
            }
            else
            {
                return "DIRECT";
            }
        }"#;
    let expected = [proxy("to-genesysmulticloudcx.internal.example.com:8080"), direct()];
    assert_eq!(ask(text), expected);
}

#[test]
fn old_fashioned_scripts_run() {
    assert_eq!(ask(&format!("\u{feff}x = 1; {}", returning("'DIRECT'"))), [direct(), direct()]);
    assert_eq!(ask("const FindProxyForURL = (url, host) => 'DIRECT'"), [direct(), direct()]);
    assert_eq!(ask("FindProxyForURLEx = function (url, host) { return '' }"), [direct(), direct()]);
}

#[test]
fn null_and_nothing_are_direct() {
    for expression in ["null", "undefined", "''", ""] {
        assert_eq!(ask(&returning(expression)), [direct(), direct()], "{expression:?}");
    }
}

#[test]
fn other_values_fail() {
    assert_fails(&returning("42"), "number");
    assert_fails(&returning("true"), "true or false");
    assert_fails(&returning("['DIRECT']"), "object");
    assert_fails(&returning("'PROXY'"), "cannot read");
    assert_fails(&returning("'DIRECT;'.repeat(1000)"), "too long");
    assert_fails(&returning("'\\ud800'"), "");
}

#[test]
fn errors_carry_their_message() {
    assert_fails("function FindProxyForURL(url, host) {", "it stopped in line 1");
    let quote = "function FindProxyForURL(url, host) {\n  if (host == 'x') {\n    return 'DIRECT'';\n  }\n}\n";
    assert_fails(quote, "it stopped in line 3, column ");
    let unknown = "function FindProxyForURL(url, host) {\n\n  return shExpMatsch(host, '*');\n}\n";
    assert_fails(unknown, "it stopped in line 3, column ");
    assert_fails("\u{feff}function FindProxyForURL() {\n  return url(;\n}\n", "line 2");
    assert_fails("", "defines no function");
    assert_fails("FindProxyForURL = 1", "defines no function");
    assert_fails(&returning("missing(host)"), "missing");
    assert_fails("throw null", "null");
    assert_fails("throw 'no\\u0007w'", "no w");
    assert_fails("throw {}", "without a message");
    assert_fails("// \0", "NUL");
}

#[test]
fn one_host_may_fail_alone() {
    let text = returning("host[0] == 't' ? missing : 'DIRECT'");
    let answers = ask(&text);
    assert_eq!(answers[0], direct());
    assert!(matches!(answers[1], PacAnswer::Failed(_)));
}

#[test]
fn questions_do_not_touch_each_other() {
    let text = "var n = 0; function FindProxyForURL(u, h) { n++; return 'PROXY n' + n }";
    assert_eq!(ask(text), [proxy("n1"), proxy("n1")]);
}

#[test]
fn loops_come_to_an_end() {
    assert_fails("for (;;) {}", "end");
    assert_fails(&returning("(function () { for (;;) try { for (;;); } catch (e) {} })()"), "end");
    assert_fails(&returning("/^(a+)+$/.test('a'.repeat(40) + '!') + ''"), "end");
}

#[test]
fn recursion_comes_to_an_end() {
    assert_fails(&returning("FindProxyForURL(url, host)"), "stack");
    assert_fails(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)), "");
    assert_fails(&format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000)), "");
}

#[test]
fn memory_comes_to_an_end() {
    let bombs = [
        "'x'.repeat(1e9)",
        "(function () { var a = []; for (;;) a.push(new Array(1000).fill(1)); })()",
        "(function () { var s = 'x'; for (;;) s += s; })()",
        "(function () { var o = {}; for (var i = 0;; i++) o['k' + i] = {}; })()",
        "(function () { var f = 1; for (;;) { let g = f; f = () => g; } })()",
        "JSON.stringify(Array.from({length: 1e9}))",
    ];
    for bomb in bombs {
        assert_fails(&returning(bomb), "");
    }
}

#[test]
fn what_no_limit_stops_is_killed() {
    let hang = returning("(a = [], a.length = 4294967295, a.join('x'))");
    let answers = runner(1).ask_file(&hang, QUESTIONS);
    assert_eq!(answers.len(), QUESTIONS.len());
    for answer in answers {
        assert!(matches!(&answer, PacAnswer::Failed(reason) if reason.contains("within 1s")));
    }
}

#[test]
fn a_program_that_is_no_runner_is_a_failure() {
    let missing = Runner::new(PathBuf::from("/nowhere/outlast"), Duration::from_secs(1));
    let answers = missing.ask_file(&returning("'DIRECT'"), QUESTIONS);
    assert!(answers.iter().all(|answer| matches!(answer, PacAnswer::Failed(_))));
}

#[test]
fn helper_functions_know_names() {
    assert_true("isPlainHostName('desk') && !isPlainHostName('desk.example')");
    assert_true("dnsDomainIs('a.example.com', '.example.com') && dnsDomainIs('a', '')");
    assert_true("!dnsDomainIs('example.com', '.example.com')");
    assert_true("localHostOrDomainIs('www', 'www.example.com')");
    assert_true("localHostOrDomainIs('www.example.com', 'www.example.com')");
    assert_true("!localHostOrDomainIs('home.example.com', 'www.example.com')");
    assert_true("dnsDomainLevels('www.example.com') === 2 && dnsDomainLevels('www') === 0");
    assert_true("shExpMatch(url, 'https://desk.*') && shExpMatch('abc', 'a?c')");
    assert_true("!shExpMatch('abc', 'ab') && shExpMatch('', '*') && !shExpMatch('a.b', 'a[.]b')");
    assert_true("shExpMatch('a'.repeat(2000), '*a'.repeat(50)) && !shExpMatch('a', '*b*')");
}

#[test]
fn helper_functions_know_addresses() {
    assert_true("isInNet('10.1.2.3', '10.0.0.0', '255.0.0.0')");
    assert_true("!isInNet('11.1.2.3', '10.0.0.0', '255.0.0.0')");
    assert_true("isInNet('198.51.100.7', '198.51.100.0', '255.255.255.0')");
    assert_true("!isInNet('300.1.2.3', '0.0.0.0', '0.0.0.0')");
    assert_true("convert_addr('104.16.41.2') === 1745889538");
}

#[test]
fn helper_functions_know_addresses_of_both_kinds() {
    assert_true("isInNetEx('10.1.2.3', '10.0.0.0/8') && !isInNetEx('11.1.2.3', '10.0.0.0/8')");
    assert_true("isInNetEx('2001:db8::1', '2001:db8::/32') && isInNetEx('::1', '::/0')");
    assert_true("isInNetEx('::ffff:10.1.2.3', '::ffff:10.0.0.0/104')");
    assert_true("!isInNetEx('2001:db9::1', '2001:db8::/32') && !isInNetEx('10.1.2.3', '::/0')");
    for wrong in ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "1::2::3/8", "/8"] {
        assert_true(&format!("!isInNetEx('10.1.2.3', '{wrong}')"));
    }
    assert_true("!isInNetEx('desk.example', '0.0.0.0/0')");
    assert_true(
        "sortIpAddressList('10.2.3.9; 2001:db8::2;::1;10.2.3.4') ===
            '::1;2001:db8::2;10.2.3.4;10.2.3.9'",
    );
    assert_true("sortIpAddressList('10.2.3.9;desk') === false && sortIpAddressList('') === false");
    assert_true("dnsResolveEx('::1') === '::1' && isResolvableEx('::1')");
    assert_true("dnsResolveEx('nowhere.example') === '' && getClientVersion() === '1.0'");
}

/// Documented limits: a PAC file gets these answers on every machine.
#[test]
fn the_machine_is_never_asked() {
    assert_true("dnsResolve(host) === null && dnsResolve('localhost') === null");
    assert_true("dnsResolve('10.0.0.1') === '10.0.0.1' && !isResolvable(host)");
    assert_true("myIpAddress() === '127.0.0.1' && Math.random() === 0");
    assert_true("new Date().getDay() === 1 && new Date().getHours() === 12");
    assert_true("Date.now() === new Date().getTime() && new Date(0).getFullYear() === 1970");
    assert_true("new Date() instanceof Date && typeof Date() === 'string'");
}

#[test]
fn it_is_monday_noon() {
    assert_true("weekdayRange('MON') && weekdayRange('MON', 'FRI') && weekdayRange('FRI', 'MON')");
    assert_true("!weekdayRange('TUE', 'SUN') && weekdayRange('SUN', 'TUE', 'GMT')");
    assert_true("timeRange(12) && timeRange(8, 18) && !timeRange(13, 18) && timeRange(22, 13)");
    assert_true("timeRange(12, 0, 12, 30) && !timeRange(12, 1, 12, 30)");
    assert_true("timeRange(11, 59, 59, 12, 0, 0, 'GMT') && !timeRange(0, 0, 0, 11, 59, 59)");
    assert_true("dateRange(3) && dateRange(1, 15) && !dateRange(4, 15) && dateRange('JUN')");
    assert_true("dateRange('APR', 'JUN') && dateRange(2024) && !dateRange(2025, 2030)");
    assert_true("dateRange(1, 'JUN', 15, 'AUG') && !dateRange(4, 'JUN', 15, 'AUG')");
    assert_true("dateRange(24, 'DEC', 2023, 3, 'JUN', 2024) && dateRange(3, 'JUN', 2024)");
    assert_true("dateRange('OCT', 2023, 'MAR', 2025) && dateRange('NOV', 'JUL')");
}

#[test]
fn the_environment_is_not_there() {
    for name in
        ["process", "require", "fetch", "console", "XMLHttpRequest", "std", "os", "performance"]
    {
        assert_true(&format!("typeof {name} === 'undefined'"));
    }
}

/// The line that answers each of [`QUESTIONS`].
fn lines(text: &str) -> Vec<Option<u32>> {
    let tested = runner(60).test_file(text, QUESTIONS, None);
    let plain = ask(text);
    let answers: Vec<PacAnswer> = tested.iter().map(|one| one.answer.clone()).collect();
    assert_eq!(answers, plain, "{text}");
    tested.into_iter().map(|one| one.line).collect()
}

#[test]
fn the_line_that_answers_is_found() {
    let text = "function FindProxyForURL(url, host) {
        // return 'a comment'
        var pattern = /return \"[/]\"/;
        if (shExpMatch(host, '*.genesyscloud.com')) {
            return 'PROXY a:80';
        }
        if (host == 'never') return 'PROXY b:80'
        return 'PROXY c:80; ' +
            'DIRECT';
    }";
    assert_eq!(lines(text), [Some(5), Some(8)]);
    assert_eq!(lines(&text.replace('\n', "\r\n")), [Some(5), Some(8)]);
    assert_eq!(lines(&format!("\u{feff}{text}")), [Some(5), Some(8)]);
}

#[test]
fn the_line_is_that_of_the_entry_point_not_of_its_helpers() {
    let text = "function pick(h) { return h == 'turn.example.net'
            ? 'DIRECT' : 'PROXY a:80' }
        function FindProxyForURL(url, host) {
          var a = (function () { return pick(host) })();
          return [1].map(function () { return pick(host) })[0] }";
    assert_eq!(lines(text), [Some(5), Some(5)]);
    assert_eq!(
        lines(&format!("{text}\nFindProxyForURL = FindProxyForURL.bind(null)")),
        [Some(5); 2]
    );
}

#[test]
fn a_return_that_is_overtaken_does_not_count() {
    let overtaken = "function fails() { throw 1 }
        function FindProxyForURL(url, host) {
          try { return fails() }
          catch (e) { if (host[0] == 't') return 'DIRECT' }
          if (host[0] == 'd') return
        }";
    assert_eq!(lines(overtaken), [Some(5), Some(4)]);
    let finally = "function FindProxyForURL() {
          try { return 'PROXY a:80' }
          finally { return 'DIRECT' } }";
    assert_eq!(lines(finally), [Some(3); 2]);
    let falls_off = "function fails() { throw 1 }
        function FindProxyForURL() { try { return fails() } catch (e) {} }";
    assert_eq!(lines(falls_off), [None; 2]);
}

#[test]
fn a_line_that_is_not_certain_is_not_told() {
    let unsure = [
        // No `return` at all, or one that only helpers have.
        "FindProxyForURL = () => 'DIRECT'",
        "function yes() { return true } FindProxyForURL = () => yes() ? 'DIRECT' : 'PROXY a:80'",
        "function FindProxyForURL() { }",
        // Made while it runs, from a text.
        "FindProxyForURL = new Function('return \"DIRECT\"')",
        "function f() { return 'DIRECT' } FindProxyForURL = new Function('return f() + \"\"')",
        // The copy answers otherwise than the file.
        "function FindProxyForURL() { return FindProxyForURL.toString().length > 110 ? 'PROXY a:80' : 'DIRECT' }",
        // Not understood.
        "var a = {} / 2; function FindProxyForURL() { return 'DIRECT' }",
        "<!-- a\nfunction FindProxyForURL() { return 'DIRECT' }",
    ];
    for text in unsure {
        assert_eq!(lines(text), [None; 2], "{text}");
    }
}

#[test]
fn a_file_that_fails_has_no_line() {
    let text = "function FindProxyForURL(u, h) {\n  return h[0] == 't' ? missing : 'DIRECT'\n}";
    assert_eq!(lines(text), [Some(2), None]);
    assert_eq!(lines("function FindProxyForURL() { return 42 }"), [None; 2]);
    assert_eq!(
        lines("function FindProxyForURL() { return (function () { for (;;) ; })() }"),
        [None; 2]
    );
}

#[test]
fn an_entry_that_no_browser_reads_is_skipped() {
    let text = returning("'PROXI a:80; PROXY b:80'");
    let tested = runner(60).test_file(&text, QUESTIONS, None);
    assert_eq!(tested[0].answer, proxy("b:80"));
    assert_eq!(tested[0].skipped, ["PROXI a:80"]);
    let tested = runner(60).test_file(&returning("'PROXI a:80'"), QUESTIONS, None);
    assert!(matches!(&tested[0].answer, PacAnswer::Failed(reason) if reason.contains("PROXI")));
    assert!(tested[0].skipped.is_empty());
}

#[test]
fn the_own_address_may_be_given() {
    let text = returning("'PROXY ' + myIpAddress()");
    let given = runner(60).test_file(&text, QUESTIONS, Some("10.1.2.3"));
    assert_eq!((&given[0].answer, given[0].outside.len()), (&proxy("10.1.2.3"), 0));
    let taken = runner(60).test_file(&text, QUESTIONS, None);
    assert_eq!((&taken[0].answer, taken[0].outside.len()), (&proxy("127.0.0.1"), 1));
}
