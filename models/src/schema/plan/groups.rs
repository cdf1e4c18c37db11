//! `groups`.

use super::super::leaves::{self, bandwidth, count, duration, id, share, version, whole};
use super::super::{
    Key, Keys, Shape, any, by_id, key, list, map, or_unknown, table, words, words_or_id,
};
use super::{counted, machine, needs, proxy_option, uses};
use crate::catalogue::{Program, SERVICES, ServiceSpec};

pub(super) fn groups() -> Key {
    let mut keys = people();
    keys.extend(work());
    keys.extend([
        on_shift(),
        moving(),
        apps(),
        recording(),
        traffic(),
        key("occupancy", share(), "share of working agents in a call", "75%"),
        key("tags", list(id()), "words of your own", "[personal-data]").certain(),
        ways(),
    ]);
    let entry = Shape::Map(Keys { list: keys, instead: Some("like") });
    let about = "who works where, on what, over which ways";
    let example =
        "{tellers: {agents: 180, queue: claims, work_at: [harbour], phones: [sip-phone]}}";
    key("groups", by_id(entry), about, example).certain()
}

fn people() -> Vec<Key> {
    let like = "another group: every key that is not said again is copied";
    let media = "`voice`, `digital`; `[]` for users who are no agents";
    vec![
        key("agents", count(), "heads; left out where the roster has them", "180").certain(),
        key("like", id(), like, "claims-harbour").certain(),
        key("queue", id(), "the queue they serve", "claims").certain(),
        key("queues", list(id()), "the queues they serve, in order", "[claims, sales]").certain(),
        counted::priority(),
        key("media", list(words(&["voice", "digital"])), media, "[voice, digital]").certain(),
    ]
}

fn work() -> Vec<Key> {
    let work_at = "sites in order; the first is where they sit";
    let access = "how the applications connect, in order: `private`, `internet`, a VPN, a virtual \
                  desktop or a proxy";
    let enters_by = "`portal`, or `direct`: by direct URLs where they are on file";
    let provisioned = "those that are set up in the cloud; the first, if left out";
    vec![
        key("work_at", list(id()), work_at, "[harbour, homes-north]").needed().certain(),
        key("workstation", id(), "the profile of their machines", "office-pc").certain(),
        key("phones", list(id()), "phones in order of preference", "[softphone, mobile]").certain(),
        key("provisioned", list(id()), provisioned, "[softphone]"),
        key("access", list(words_or_id(&["private", "internet"])), access, "[private, vpn-hill]"),
        key("enters_by", words(&["portal", "direct"]), enters_by, "portal"),
        key("pac", id(), "the browser's PAC file; not beside `proxy`", "home"),
        key("proxy", list(id()), "the browser's proxies, in order", "[proxy-hill]"),
    ]
}

fn on_shift() -> Key {
    let part = or_unknown(share());
    let hours = table(leaves::HOURS, part.clone());
    let about = "how many are there: a share, or a table by days and hours; all, if left out";
    let example = "{Mon-Fri: {08:00-18:00: 90%}, Sat: 30%}";
    key("on_shift", any([share(), table(leaves::DAYS, any([part, hours]))]), about, example)
}

fn moving() -> Key {
    let time = |name, about, example| key(name, duration(), about, example);
    let keys = [
        time("place", "to travel to another place", "90min"),
        time("machine", "to log in on another machine", "3min"),
        time("phone", "to log in with another phone", "5min"),
        time("notice", "until an agent knows that he must act", "10min"),
    ];
    key("moving", map(keys), "how long a change takes", "{place: 90min}")
}

fn apps() -> Key {
    let web = SERVICES.iter().filter(|spec| spec.program == Program::Web);
    let of = |spec: &ServiceSpec| key(spec.id, Shape::Named("app"), spec.name, "required");
    let keys: Vec<Key> = web.map(of).collect();
    let about = "web applications; the agent desktop, if left out; `{}` for none";
    key("apps", map(keys), about, "{agent-desktop: required, wfm: optional}").certain()
}

pub(super) fn app() -> Shape {
    let required = "whether an agent cannot work without it; `true`, if left out";
    let entry = map([
        key("required", Shape::YesNo, required, "false"),
        machine("the machine it runs on; the desktop's, if left out", "farm-hill"),
    ]);
    any([words(&["required", "optional"]), entry])
}

fn recording() -> Key {
    let upload = "whether it is sent during the call; `at-once`, if left out";
    let required = "whether an agent cannot work without it; `false`, if left out";
    let keys = [
        key("share", share(), "share of calls; `100%`, if left out", "30%"),
        key("screens", whole(1, 2), "1 or 2; `2`, if left out", "2"),
        key("version", version(), "of the recorder", "8.5.370.85"),
        machine("the machine it runs on; the desktop's, if left out", "workstation"),
        proxy_option(),
        key("upload", words(&["at-once", "scheduled"]), upload, "scheduled"),
        key("required", Shape::YesNo, required, "false"),
    ];
    key("recording", map(keys), "screen recording; none, if left out", "{share: 30%, screens: 2}")
}

fn traffic() -> Key {
    let keys = [
        key("voice", bandwidth(), "of the call", "100kbps"),
        key("desktop", bandwidth(), "of the agent desktop", "20kbps"),
        key("recording", bandwidth(), "of the recording", "350kbps"),
    ];
    key("traffic", map(keys), "bandwidth of one call", "{voice: 100kbps}")
}

fn ways() -> Key {
    let keys = [
        needs(),
        uses(),
        key("ready", duration(), "after how long it can be used; `0s`, if left out", "2h"),
    ];
    let about = "ways of working that are stated, not derived";
    let example = "{partner: {needs: [partner], ready: 2h}}";
    key("ways", by_id(map(keys)), about, example).certain()
}
