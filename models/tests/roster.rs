//! A roster read: who is alike, in what they differ from their group, and that the
//! order of rows and columns means nothing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use outlast_models::{Plan, Sources, diagnostic, read};

const PLAN: &str = "\
outlast: 1
sites:
  leeds: {kind: office, region: north}
  york: {kind: office, region: north}
  homes-north: {kind: homes, region: north}
  homes-south: {kind: homes, region: south}
circuits: {leeds-isp: {from: leeds, to: internet}}
phones: {mobile: {kind: pstn, rings: mobile}}
roster: {file: people.csv}
groups:
  cards:
    work_at: [leeds, homes-north, homes-south]
    phones: [webrtc-embedded, mobile]
    provisioned: [webrtc-embedded]
  loans: {like: cards, agents: 7}
  sales: {like: loans}
";

fn read(rows: &str) -> Result<Plan, String> {
    let mut sources = Sources::new();
    let file = sources.add("plan.yaml", PLAN);
    read::plan(&mut sources, file, &mut |_| Ok(rows.to_owned()))
        .map_err(|errors| diagnostic::render(&errors, &sources, false))
}

/// Each crew in a line: its group, what its rows make of it, what tells it apart.
fn crews(plan: &Plan) -> Vec<String> {
    let roster = plan.roster.as_ref().unwrap();
    let ids = |list: &[outlast_models::plan::Named]| -> String {
        list.iter().map(|named| named.id.as_str()).collect::<Vec<_>>().join("+")
    };
    let crew = |crew: &outlast_models::plan::Crew| {
        let own = &crew.own;
        assert_eq!(own.agents, crew.people.len() as u64);
        let places = ids(&own.work_at);
        let phones = format!("{}/{}", ids(&own.phones), ids(&own.provisioned.value));
        let detail: Vec<&str> = crew.detail.iter().map(outlast_models::Id::as_str).collect();
        let people = crew.people.join("+");
        let priority = own.priority.value;
        format!("{} {people}: {places} {phones} {priority} [{}]", crew.group, detail.join(", "))
    };
    roster.crews.iter().map(crew).collect()
}

#[test]
fn rows_say_what_differs_from_the_group() {
    let plan = read(
        "agent_id,group,site,home_region,phones,provisioned,priority\n\
         a,cards,,,,,\n\
         b,cards,leeds,,webrtc-embedded;mobile,webrtc-embedded,1\n\
         c,cards,york,south,,,\n\
         d,cards,homes-south,,,,\n\
         e,cards,,north,mobile webrtc-embedded,,\n\
         f,cards,,,,mobile webrtc-embedded,3\n\
         g,loans,,,,,\nh,loans,,,,,\ni,loans,,,,,\nj,loans,,,,,\nk,loans,,,,,\n\
         l,loans,,,,,\nm,loans,,,,,\n\
         n,sales,,,,,\n",
    )
    .unwrap();
    let expected = [
        "cards d: homes-south+leeds webrtc-embedded+mobile/webrtc-embedded 1 [first place \
         homes-south, home homes-south, phones webrtc-embedded then mobile, provisioned \
         webrtc-embedded, priority 1]",
        "cards e: leeds+homes-north mobile+webrtc-embedded/mobile 1 [first place leeds, home \
         homes-north, phones mobile then webrtc-embedded, provisioned mobile, priority 1]",
        "cards a+b: leeds+homes-north+homes-south webrtc-embedded+mobile/webrtc-embedded 1 \
         [first place leeds, home homes-north or homes-south, phones webrtc-embedded then \
         mobile, provisioned webrtc-embedded, priority 1]",
        "cards f: leeds+homes-north+homes-south webrtc-embedded+mobile/webrtc-embedded+mobile 3 \
         [first place leeds, home homes-north or homes-south, phones webrtc-embedded then \
         mobile, provisioned webrtc-embedded and mobile, priority 3]",
        "cards c: york+leeds+homes-south webrtc-embedded+mobile/webrtc-embedded 1 [first place \
         york, home homes-south, phones webrtc-embedded then mobile, provisioned \
         webrtc-embedded, priority 1]",
        "loans g+h+i+j+k+l+m: leeds+homes-north+homes-south \
         webrtc-embedded+mobile/webrtc-embedded 1 []",
        "sales n: leeds+homes-north+homes-south webrtc-embedded+mobile/webrtc-embedded 1 []",
    ];
    assert_eq!(crews(&plan), expected);
    let heads: Vec<u64> = plan.groups.values().map(|group| group.agents).collect();
    assert_eq!(heads, [6, 7, 1]);
    assert_eq!(plan.sites["york"].seats.value, Some(1), "seats are those who sit there");
}

#[test]
fn the_order_of_rows_and_columns_means_nothing() {
    let one = "agent_id,group,site,priority\na,cards,york,\nb,cards,,2\nc,cards,york,\n";
    let two = "priority\tsite\tgroup\tagent_id\r\n\tyork\tcards\tc\r\n2\t\tcards\tb\r\n\
               \tyork\tcards\ta\r\n";
    let [one, two] = [one, two].map(|rows| crews(&read(rows).unwrap()));
    assert_eq!(one, two);
}

#[test]
fn what_may_not_be_meant_is_noted() {
    let remarks = |rows: &str| -> Vec<String> {
        let roster = read(rows).unwrap().roster.unwrap();
        let line = |one: &diagnostic::Diagnostic| format!("{}: {}", one.place.line, one.message);
        roster.remarks.iter().map(line).collect()
    };
    assert_eq!(remarks("agent_id,group,site\na,cards,leeds\nb,cards,homes-south\n"), [""; 0]);
    let rows = "agent_id,group,site\nAB1,cards,york\nab1,cards,leeds\nc,cards,york\n";
    let expected = [
        "3: agent `ab1` differs from another in case only",
        "2: `york` is no place of group `cards`, and 2 of its agents sit there",
    ];
    assert_eq!(remarks(rows), expected);
    let rows = (0..9).map(|n| format!("A{n},cards\na{n},cards\n")).collect::<Vec<_>>().concat();
    let told = remarks(&format!("agent_id,group\n{rows}"));
    assert_eq!(told.len(), 5);
    assert!(told[4].ends_with("in case only, and 4 more do"), "{told:?}");
}

#[test]
fn a_hundred_thousand_mistakes_are_counted() {
    let rows: Vec<String> = (0..100_000).map(|n| format!("x{n},crads,1,0")).collect();
    let told = read(&format!("agent_id,group,site,priority\n{}", rows.join("\n"))).unwrap_err();
    assert_eq!(told.matches("is not a group of this plan").count(), 45);
    assert!(told.contains("and 99955 more mistakes in the roster"), "{told}");
    assert!(told.len() < 50_000);
}

#[test]
fn any_bytes_end_in_a_roster_or_mistakes() {
    let pieces = [
        "a", "\"", ",", ";", "\t", "\n", "\r", "é", "\u{202e}", "\0", "agent_id", "group", "=", " ",
    ];
    let mut seed = 7_u64;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..30 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        assert!(read(&text).is_err());
        assert!(read(&format!("agent_id,group,phones\n{text}")).is_err());
    }
}
