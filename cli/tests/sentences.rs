//! What the first paragraph and the objectives say of a run.
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::fs;

use assert_cmd::Command;
use outlast_reports::RunsDocument;
use outlast_reports::document::RunDocument;

/// Two lines into one office; at home nobody has a way.
const PLAN: &str = "\
outlast: 1
name: Two lines
sites: {leeds: {kind: office}, home: {kind: homes}}
networks: {mpls: {}}
circuits:
  line: {from: leeds, to: mpls}
  net: {from: leeds, to: internet}
phones: {desk-line: {kind: pstn, rings: desk}}
objectives: [{overall: true, mbco: 100%, rto: 1h}]
groups:
  team: {agents: 10, work_at: [leeds], phones: [desk-line], access: [private, internet]}
";

fn run_of(plan: &str, events: &str) -> RunDocument {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = format!("outlast-scenario: 1\nname: S\nhorizon: 2d\nevents: {events}\n");
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let words = ["run", "./plan.yaml", "./s.yaml", "--format", "json"];
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut document: RunsDocument = serde_json::from_slice(&output.stdout).unwrap();
    document.runs.remove(0)
}

fn assert_says(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in: {text}");
}

#[test]
fn the_provider_with_most_agents_is_taken() {
    let plan = "\
outlast: 1
sites:
  h1: {kind: homes, region: r, internet: {isps: {aa: 55%, bb: 45%}}}
  h2: {kind: homes, region: s, internet: {isps: {bb: 50%, cc: 50%}}}
phones: {mob: {kind: pstn, rings: mobile}}
cloud:
  access:
    sso: {provider: cloud}
    mfa: true
    open_access: [agent-desktop]
    direct_urls: {services: [agent-desktop], as_of: 2026-09-01}
groups:
  g: {agents: 320, work_at: h1, phones: [mob], access: [internet], enters_by: direct}
  f: {agents: 286, work_at: h2, phones: [mob], access: [internet], enters_by: direct}
";
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let words = ["run", "./plan.yaml", "isp-lost", "--format", "json"];
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
    let document: RunsDocument = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!(document.runs[0].chose[0].value, "bb");
}

#[test]
fn an_explanation_says_what_the_others_find_full() {
    let here = tempfile::tempdir().unwrap();
    let plan = "\
outlast: 1
sites: {leeds: {kind: office, seats: 6}}
circuits: {leeds-net: {from: leeds, to: internet}}
groups: {team: {agents: 10, work_at: leeds, phones: webrtc-embedded}}
";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let words = ["explain", "./plan.yaml", "--group", "team"];
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    assert_says(&text, "6 agents; for the others leeds seats full");
}

#[test]
fn more_calls_at_once_are_said_where_they_cost_agents() {
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}, york: {kind: data-center}}
circuits:
  leeds-net: {from: leeds, to: internet, capacity: 10Mbps}
  york-net: {from: york, to: internet}
groups: {team: {agents: 100, work_at: leeds, phones: webrtc-embedded}}
";
    let run = run_of(plan, "[{at: 1h, fail: york-net}]");
    assert_eq!(run.remarks.len(), 1, "{:?}", run.remarks);
    assert_says(&run.remarks[0], "100% of the agents count as in a call instead of 80%");
    assert_says(&run.remarks[0], "by that alone 100 agents fewer work");
    let roomy = plan.replace("10Mbps", "100Mbps");
    assert!(run_of(&roomy, "[{at: 1h, fail: york-net}]").remarks.is_empty());
}

#[test]
fn what_is_missed_with_nothing_failed_is_told_apart() {
    let two = "groups:
  team: {agents: 10, work_at: [leeds], phones: [desk-line], access: [private], queues: [calls]}
  lame: {agents: 10, work_at: [home], phones: [desk-line], access: [private], queues: [other]}
";
    let plan = PLAN.split("groups:").next().unwrap().replace(
        "objectives: [{overall: true, mbco: 100%, rto: 1h}]",
        "queues: {calls: {}, other: {}}\nobjectives: [{overall: true, mbco: 10 agents, rto: 1h}, \
         {queue: other, mbco: 50%, rto: 1h}]",
    );
    let run = run_of(&format!("{plan}{two}"), "[{at: 0h, for: 20h, fail: line}]");
    assert_says(&run.verdict, "All 2 objectives are missed, 1 of them with nothing failed too");
    for one in &run.objectives {
        let normally = one.says.contains("(also with nothing failed)");
        assert_eq!(normally, one.objective == "other", "{}", one.says);
    }
}

#[test]
fn the_page_counts_on_one_base_and_says_what_has_no_limit() {
    let here = tempfile::tempdir().unwrap();
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}}
circuits: {leeds-net: {from: leeds, to: internet, capacity: 19100kbps}}
firewalls: {fw: {site: leeds, guards: internet}}
groups: {team: {agents: 20, work_at: leeds, phones: webrtc-embedded}}
";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = "outlast-scenario: 1\nname: S\nevents: [{at: 1h, absent: team, share: 40%}, \
                    {at: 2h, evacuate: leeds}]\n";
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let page = |more: &[&str]| {
        let words = [&["run", "./plan.yaml", "./s.yaml"], more].concat();
        let output =
            Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let short = page(&[]);
    assert_says(&short, "0 of 12 work (normally 20)");
    assert!(!short.contains("busiest"), "{short}");
    assert!(!short.contains("Full or over"), "{short}");
    assert_says(&page(&["--details"]), "19.1M");
    let open = plan.replace(", capacity: 19100kbps", "");
    fs::write(here.path().join("plan.yaml"), open).unwrap();
    assert_says(&page(&[]), "no limit is given, so none counts: ");
    assert_says(&page(&[]), " of leeds-net");
}

#[test]
fn minutes_without_work_are_said() {
    let run = run_of(PLAN, "[{at: 0h, for: 1h, fail: line}]");
    assert_says(
        &run.verdict,
        "10 of 10 agents work, 10 of them after logging in again another way",
    );
    assert_says(&run.verdict, "within 5min");
    assert_says(&run.objectives[0].says, "reached after 5min");
}

#[test]
fn minutes_before_the_worst_moment_are_said() {
    let events = "[{at: 0h, for: 1h, fail: line}, {at: 5h, absent: team, share: 20%}]";
    let run = run_of(PLAN, events);
    assert_says(&run.verdict, "At 0h 10 agents are out until logged in again another way");
}

#[test]
fn times_count_from_the_first_event() {
    let run = run_of(PLAN, "[{at: 3h, for: 2h, fail: leeds}]");
    assert_says(&run.verdict, "All is well again 2h after the first event");
    assert_says(&run.objectives[0].says, "reached only 2h after the first event");
    let run = run_of(PLAN, "[{at: 3h, fail: leeds}]");
    assert_says(&run.verdict, "Not well again within 1d 21h of the first event");
}

#[test]
fn nobody_is_not_as_many_as_normally() {
    let plan = PLAN.replace("work_at: [leeds]", "work_at: [home]");
    let run = run_of(&plan, "[{at: 0h, fail: leeds}]");
    assert_says(&run.verdict, "0 of 10 agents work");
    assert_says(&run.verdict, "Nobody works even with nothing failed.");
}

#[test]
fn figures_of_another_hour_than_the_first_say_which() {
    let run = run_of(PLAN, "[{at: 30h, fail: leeds}]");
    assert_says(&run.verdict, "At 1d 6h (Tue 06:00) 0 of 10 agents work.");
    let run = run_of(PLAN, "[{at: 0h, fail: leeds}]");
    assert!(run.verdict.starts_with("0 of 10 agents work."), "{}", run.verdict);
}

#[test]
fn the_need_of_one_hour_is_not_said_of_all() {
    let shifts = "on_shift: {daily: {08:00-18:00: 100%, 18:00-08:00: 40%}}";
    let plan = PLAN.replace("team: {", &format!("team: {{{shifts}, "));
    let run = run_of(&plan.replace("mbco: 100%", "mbco: 50%"), "[{at: 0h, fail: net}]");
    let says = "needs 2 to 5 (50%) as shifts go within 1h: met at all times; at the least 4 count, \
                where 2 are needed";
    assert_says(&run.objectives[0].says, says);
    let run = run_of(&PLAN.replace("mbco: 100%", "mbco: 50%"), "[{at: 0h, fail: net}]");
    assert_says(&run.objectives[0].says, "needs 5 (50%) within 1h: at least 10 count at all times");
    let run = run_of(&plan.replace("mbco: 100%", "mbco: 8 agents"), "[{at: 0h, fail: net}]");
    assert_says(&run.objectives[0].says, "only 4 agents are on shift then");
}

#[test]
fn what_nobody_can_reach_or_miss_is_said() {
    let none = run_of(&PLAN.replace("mbco: 100%", "mbco: 0%"), "[{at: 0h, fail: leeds}]");
    assert_says(&none.objectives[0].says, "needs 0 (0%) within 1h: that is always met");
    let more = run_of(&PLAN.replace("mbco: 100%", "mbco: 20 agents"), "[{at: 0h, fail: net}]");
    assert_says(&more.objectives[0].says, "needs 20 within 1h: at worst 10 count");
    assert_says(&more.objectives[0].says, "there are only 10 agents in all");
}

#[test]
fn what_the_plan_gives_nothing_of_is_noted() {
    let plan = PLAN
        .replace(
            "net: {from: leeds, to: internet}",
            "net: {from: leeds, to: internet, capacity: 0kbps}",
        )
        .replace("{overall: true, mbco: 100%, rto: 1h}", "{queue: idle, mbco: 10%}")
        + "  spare: {like: team, agents: 0}\nqueues: {calls: {}, idle: {}}\n";
    let plan = plan.replace("team: {", "team: {queue: calls, ");
    let run = run_of(&plan, "[{at: 0h, fail: leeds}]");
    let says = [
        "the plan writes 0 for capacity of net and agents of spare",
        "no group serves the queue idle: its objective asks for nobody",
    ];
    assert_eq!(run.remarks, says);
    assert!(run_of(PLAN, "[{at: 0h, fail: leeds}]").remarks.is_empty());
}

/// Ten move home; twenty move to an office whose circuit carries fifteen.
const TWO_OFFICES: &str = "\
outlast: 1
sites: {leeds: {kind: office}, york: {kind: office, seats: 20}, home: {kind: homes}}
networks: {mpls: {}}
circuits:
  leeds-mpls: {from: leeds, to: mpls}
  leeds-net: {from: leeds, to: internet}
  york-mpls: {from: york, to: mpls, capacity: 2Mbps}
  york-net: {from: york, to: internet}
phones: {mobile: {kind: pstn, rings: mobile}}
objectives: [{overall: true, mbco: 20 agents, rto: 4h}]
groups:
  movers: {agents: 20, work_at: [leeds, york], phones: sip-softphone, access: private}
  homers:
    agents: 10
    work_at: [leeds, home]
    phones: mobile
    access: internet
    provisioned: mobile
    apps: {}
";

#[test]
fn the_instruction_is_worth_what_it_adds_once_people_have_moved() {
    let plan = TWO_OFFICES.replace("rto: 4h", "rto: 1h");
    let run = run_of(&plan, "[{at: 0h, evacuate: leeds}]");
    let (one, moved) = (&run.objectives[0], &run.moments[0].moved);
    assert_eq!((one.verdict.as_str(), one.counted), ("missed but attainable", 0));
    let worth = moved.directed.all.working - moved.left_alone.all.working;
    assert_eq!(worth, 17);
    assert_says(&one.says, "attainable: the instruction would be worth 17 agents");
}

#[test]
fn who_is_late_needs_no_instruction() {
    let plan = TWO_OFFICES.replace("20 agents, rto: 4h", "10 agents, rto: 1h");
    let run = run_of(&plan, "[{at: 0h, evacuate: leeds}]");
    let one = &run.objectives[0];
    assert_eq!((one.verdict.as_str(), one.counted), ("missed but attainable", 0));
    assert_says(&one.says, "attainable in itself: people are too late");
}

#[test]
fn a_spell_that_begins_later_is_said() {
    let says = |events: &str| run_of(PLAN, events).objectives.remove(0);
    let twice = says("[{at: 1h, for: 30min, fail: leeds}, {at: 5h, for: 40min, fail: leeds}]");
    assert_eq!(twice.verdict, "met");
    assert_says(&twice.says, "below 2 times, for 40min at most, else at least 10 count");
    let spells: Vec<_> = twice.spells.iter().map(|one| (one.from_ms, one.until_ms)).collect();
    let minute = 60_000;
    let expected = [(60, 90), (300, 340)];
    assert_eq!(spells, expected.map(|(from, until)| (from * minute, Some(until * minute))));
    let late = says("[{at: 1h, for: 30min, fail: leeds}, {at: 5h, for: 3h, fail: leeds}]");
    assert_says(&late.says, "at worst 0 count; below from 5h on, reached only 3h later");
    let open = says("[{at: 1h, for: 30min, fail: leeds}, {at: 5h, fail: leeds}]");
    assert_says(&open.says, "at worst 0 count; below from 5h to the end");
}

#[test]
fn what_is_missed_for_certain_is_missed_though_attainability_is_open() {
    let plan = "\
outlast: 1
sites: {homes: {kind: homes}, dc: {kind: data-center}}
networks: {mpls: {}}
circuits: {dc-mpls: {from: dc, to: mpls}}
telephony:
  sbcs: {sbc: {site: dc}}
  trunks: {trunk: {sbc: sbc, network: mpls, channels: 100}}
carriers: {tellus: {hands_over: sbc, channels: 100}}
phones: {mobile: {kind: pstn, rings: mobile, via: [tellus]}}
objectives: [{overall: true, mbco: 83 agents, rto: 1h}]
groups:
  team: {agents: 100, work_at: homes, phones: mobile, access: internet, apps: {}, occupancy: 100%}
";
    let run = run_of(plan, "[{at: 0h, fail: dns}]");
    assert!(run.missed);
    assert_eq!(run.objectives[0].verdict, "missed");
    assert_says(&run.objectives[0].says, "whether any allocation could reach it is open");
    assert_eq!(run.moments[0].attainable.get("overall"), Some(&None));
}

/// Two work by night, from home; ten by day, at the office as well.
const SHIFTS: &str = "\
outlast: 1
sites: {leeds: {kind: office}, home: {kind: homes}}
circuits: {net: {from: leeds, to: internet}}
phones: {mobile: {kind: pstn, rings: mobile}}
queues: {calls: {}, rest: {}}
objectives: [{queue: calls, mbco: 60%, rto: 4h}]
groups:
  days:
    agents: 10
    work_at: leeds
    phones: mobile
    access: internet
    provisioned: mobile
    queue: calls
    apps: {}
    on_shift: {Mon-Fri: {\"08:00-18:00\": 100%}}
  nights:
    agents: 2
    work_at: home
    phones: mobile
    access: internet
    provisioned: mobile
    queue: rest
    apps: {}
";

fn shifts(head: &str, events: &str) -> RunDocument {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), SHIFTS).unwrap();
    let scenario = format!("outlast-scenario: 1\nname: S\n{head}\nevents: {events}\n");
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let words = ["run", "./plan.yaml", "./s.yaml", "--format", "json"];
    let output =
        Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
    let mut document: RunsDocument = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    document.runs.remove(0)
}

#[test]
fn night_does_not_make_it_well() {
    let failed = "[{at: 0h, fail: leeds}]";
    let run = shifts("starts: Mon 08:00\nhorizon: 1d", failed);
    assert_eq!(run.well_again_ms, None);
    assert_says(&run.verdict, "Not well again within 1d");
    let night = shifts("starts: Mon 18:00\nhorizon: 10h", failed);
    assert_says(&night.verdict, "As many work as normally, at all hours looked at");
    let later = shifts("starts: Mon 16:00\nhorizon: 1d", "[{at: 0h, for: 4h, fail: leeds}]");
    assert_says(&later.verdict, "All is well again after 4h");
    let absent = "[{at: 0h, for: 1h, fail: home}, {at: 0h, fail: leeds}]";
    let night = shifts("starts: Mon 18:00\nhorizon: 10h", absent);
    assert_says(&night.verdict, "As many work as normally after 1h, at the hours looked at");
}

#[test]
fn an_hour_without_need_is_not_the_worst() {
    let run = shifts("starts: Mon 08:00\nhorizon: 1d", "[{at: 0h, fail: home}]");
    assert_says(
        &run.objectives[0].says,
        "needs 0 to 6 (60%) as shifts go within 4h: met at all times; at the least 10 count, where 6 are needed",
    );
}

#[test]
fn a_surge_says_what_it_makes_of_occupancy() {
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}}
circuits: {net: {from: leeds, to: internet}}
queues: {calls: {}, chats: {}}
groups:
  team: {agents: 10, work_at: leeds, phones: webrtc-embedded, queue: calls}
  calm: {agents: 10, work_at: leeds, phones: webrtc-embedded, queue: calls, occupancy: 40%}
  other: {agents: 10, work_at: leeds, phones: webrtc-embedded, queue: chats}
";
    let run = run_of(plan, "[{at: 1h, for: 2h, surge: calls, times: 2}]");
    assert_eq!(run.remarks.len(), 1, "{:?}", run.remarks);
    assert_says(
        &run.remarks[0],
        "a surge raises occupancy at most to 100%: 2 times the calls count",
    );
    assert_says(&run.remarks[0], "count as 80% instead of 40%, 100% instead of 80%; groups of");
    assert_says(&run.remarks[0], "of other queues count as 100% too");
    let all = run_of(plan, "[{surge: [calls, chats], times: 1.1}]");
    assert_says(&all.remarks[0], "1.1 times the calls count as 44% instead of 40%, 100%");
    assert!(!all.remarks[0].contains("other queues"), "{:?}", all.remarks);
}

#[test]
fn users_who_are_no_agents_are_called_users() {
    let here = tempfile::tempdir().unwrap();
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}, york: {kind: office}}
circuits: {net: {from: leeds, to: internet}}
groups:
  team: {agents: 5, work_at: york, phones: webrtc-embedded}
  clerks: {agents: 7, work_at: leeds, media: []}
  lost: {agents: 3, work_at: york, media: []}
";
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = "outlast-scenario: 1\nname: S\nevents: [{at: 1h, fail: net}]\n";
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let page = |words: &[&str]| {
        let output =
            Command::cargo_bin("outlast").unwrap().current_dir(here.path()).args(words).output();
        let output = output.unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let run = page(&["run", "./plan.yaml", "./s.yaml"]);
    assert_says(&run, "Groups that lose users");
    assert_says(&run, "0 of 7 users work");
    assert_says(&run, "team 5 (no way), lost 3 users (no");
    let details = page(&["run", "./plan.yaml", "./s.yaml", "--details"]);
    assert_says(&details, "  group of users  users  working");
    assert_says(&page(&["explain", "./plan.yaml", "--group", "clerks"]), "7 users\n");
}

/// Five who all work, over a carrier of few channels.
const FEW_CHANNELS: &str = "\
outlast: 1
sites: {leeds: {kind: office}}
networks: {mpls: {}}
circuits: {line: {from: leeds, to: mpls}}
phones: {mobile: {kind: pstn, rings: mobile}}
carriers: {tellus: {channels: 12}}
objectives: [{overall: true, mbco: 100%, rto: 1h}]
groups: {team: {agents: 5, work_at: leeds, phones: mobile, access: private, provisioned: mobile}}
";

#[test]
fn a_verdict_says_why_fewer_count_than_work() {
    let run = run_of(FEW_CHANNELS, "[{at: 0h, absent: team, share: 0%}]");
    assert_says(
        &run.verdict,
        "5 of 5 agents work. They get only as many calls through as 4 would. The objective is missed",
    );
    let says = "at worst 4 count; not reached within 2d; 5 work, but the 12 channels of tellus \
                block 0.06% of calls, and effective agents are rounded down; ";
    assert_says(&run.objectives[0].says, says);
    let wide = FEW_CHANNELS.replace("{channels: 12}", "{}");
    let run = run_of(&wide, "[{at: 0h, congest: pstn, blocking: 40%}]");
    assert_says(&run.objectives[0].says, "5 work, but pstn declines 40% of calls; ");
    let worked = FEW_CHANNELS.replace("rto: 1h", "rto: 1h, count: working");
    let run = run_of(&worked, "[{at: 0h, congest: pstn, blocking: 40%}]");
    assert_eq!(run.objectives[0].verdict, "met");
}

/// What a command prints, line breaks taken out.
fn shown(plan: &str, events: &str, command: &[&str]) -> String {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    let scenario = format!("outlast-scenario: 1\nname: S\nhorizon: 2d\nevents: {events}\n");
    fs::write(here.path().join("s.yaml"), scenario).unwrap();
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let words = [&command[..1], &["./plan.yaml", "./s.yaml"], &command[1..]].concat();
    let output = outlast.current_dir(here.path()).args(words).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn congestion_is_congestion_and_a_full_trunk_is_none() {
    let crowd = FEW_CHANNELS.replace("agents: 5", "agents: 250");
    let crowd = crowd.replace("channels: 12", "channels: 275");
    let full = shown(&crowd, "[{at: 0h, surge: all, times: 1.2}]", &["run"]);
    let says = "Trunks block calls: at 0h, once moved, the 275 channels of tellus block 0.";
    assert_says(&full, says);
    assert!(!full.contains("Congestion"), "{full}");
    let congested = shown(FEW_CHANNELS, "[{at: 0h, congest: pstn, blocking: 40%}]", &["run"]);
    let says = "Congestion: at 0h, once moved, pstn declines 40% of calls and the 12 channels of \
                tellus block 0.";
    assert_says(&congested, says);
    assert_says(&congested, "those who work get as many calls through as 2 would.");
}

#[test]
fn an_explanation_says_how_many_are_effective() {
    let congested = "[{at: 0h, congest: pstn, blocking: 40%}]";
    let text = shown(FEW_CHANNELS, congested, &["explain", "--group", "team"]);
    let says = "5 of 5 work once all have moved, as effective as 2 (pstn declines 40% of calls \
                and the 12 channels of tellus block 0.";
    assert_says(&text, says);
    let wide = FEW_CHANNELS.replace("{channels: 12}", "{}");
    let calm = shown(&wide, "[{at: 9h, fail: leeds}]", &["explain", "--group", "team"]);
    assert!(!calm.contains("as effective"), "{calm}");
}

#[test]
fn who_is_impaired_left_alone_and_works_if_directed_is_said_apart() {
    let plan = "\
outlast: 1
sites: {home: {kind: homes}, dc: {kind: data-center}}
networks: {mpls: {}}
circuits: {dc-mpls: {from: dc, to: mpls}, dc-net: {from: dc, to: internet}}
vpn: {v: {site: dc, tunnel: full, throughput: 140kbps}}
groups: {team: {agents: 10, work_at: home, phones: pstn, access: v, occupancy: 80%}}
";
    let text = shown(plan, "[{at: 0h, absent: team, share: 0%}]", &["explain", "--group", "team"]);
    let says = "impaired at home (home), VPN v, PSTN phone left alone 10 are impaired: v (bit/s \
                up) is over its limit; if directed 9 work; for the others v (bit/s up) full";
    assert_says(&text, says);
}

#[test]
fn assumptions_that_lean_neither_way_or_against_are_said() {
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}}
circuits: {net: {from: leeds, to: internet}}
pac: {corp: {file: p.pac}}
groups: {team: {agents: 5, work_at: leeds, phones: webrtc-embedded, pac: corp}}
";
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("plan.yaml"), plan).unwrap();
    fs::write(here.path().join("p.pac"), "function FindProxyForURL() { return 'DIRECT'; }")
        .unwrap();
    let mut outlast = Command::cargo_bin("outlast").unwrap();
    let words = ["explain", "./plan.yaml", "--group", "team"];
    let output = outlast.current_dir(here.path()).args(words).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_says(&text, " lean neither way: domain (cloud.example), ");
    assert_says(&text, "turn_host (turn.cloud.example)");
    let run = shown(FEW_CHANNELS, "[{at: 0h, fail: dns}]", &["run"]);
    assert_says(&run, "1 leans against working: perhaps more agents do");
}

#[test]
fn ways_that_the_same_thing_closes_are_told_as_one() {
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}, york: {kind: data-center}}
circuits: {net: {from: leeds, to: internet}, york-net: {from: york, to: internet}}
vpn: {v: {site: york, tunnel: full}}
phones: {line: {kind: pstn, rings: desk}}
groups:
  team:
    agents: 1
    work_at: leeds
    phones: [webrtc-embedded, line]
    provisioned: [webrtc-embedded, line]
    access: [internet, v]
";
    let text = shown(plan, "[{at: 0h, evacuate: leeds}]", &["explain", "--group", "team"]);
    assert_says(&text, "refused at leeds, Internet or VPN v, embedded WebRTC or line BCP-02 leeds");
    assert_eq!(text.matches("BCP-02").count(), 1, "{text}");
}

/// Whoever finds no session does without the application behind it, and without
/// nothing else.
#[test]
fn an_application_is_lost_with_the_desktop_it_runs_in() {
    let plan = "\
outlast: 1
sites: {leeds: {kind: office}}
circuits: {net: {from: leeds, to: internet}}
vdi: {farm: {site: leeds, platform: citrix-7, sessions: 4}}
groups:
  team:
    agents: 10
    work_at: leeds
    phones: webrtc-embedded
    access: internet
    apps: {agent-desktop: required, wfm: {on: farm, required: false}}
";
    let lost = |events: &str| -> Vec<(String, u64)> {
        let run = run_of(plan, events);
        let all = &run.moments[0].moved.left_alone.lost_applications;
        all.iter().map(|one| (one.application.clone(), one.agents)).collect()
    };
    let wfm = |agents| vec![("workforce management".to_owned(), agents)];
    assert_eq!(lost("[{at: 0min, absent: team, share: 0%}]"), wfm(6));
    assert_eq!(lost("[{at: 0min, fail: farm}]"), wfm(10));
}
