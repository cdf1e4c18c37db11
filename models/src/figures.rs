//! Every figure that is ours or overridable: id, default, range, source, lean.
//!
//! A plan overrides them under `assumptions:`. A result that used one that the
//! plan did not give lists it as an assumption.

use serde::Serialize;

use crate::fact::Fact;
use crate::place::Place;
use crate::read::{Parsed, quantity};
use crate::units::{Bps, Millionths, Millis};

/// Which way a default errs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leans {
    /// More agents work than perhaps will.
    FavoursWorking,
    /// Fewer agents work than perhaps will.
    AgainstWorking,
    /// Neither by nature.
    Neither,
}

/// What describes a figure: everything but its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureSpec {
    /// Its id under `assumptions:`.
    pub id: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The default, as written in a plan.
    pub default: &'static str,
    /// The plausible range.
    pub range: &'static str,
    /// Rule id or `language` where the design sets it.
    pub source: &'static str,
    /// Which way it errs.
    pub leans: Leans,
}

macro_rules! figures {
    ($( $name:ident : $type:ty = $default:expr, $text:literal, $range:literal, $source:literal, $leans:ident, $says:literal; )*) => {
        /// The figures in force for a plan.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Figures {
            $( #[doc = $says] pub $name: Fact<$type>, )*
        }

        impl Default for Figures {
            fn default() -> Self {
                Self { $( $name: Fact::defaulted($default), )* }
            }
        }

        impl Figures {
            /// Overrides a figure by the text of a plan; `None` if there is no
            /// such figure.
            pub fn set(&mut self, id: &str, text: &str, place: Place) -> Option<Parsed<()>> {
                match id {
                    $( stringify!($name) => Some(<$type as Figure>::parse_figure(text).map(|value| {
                        self.$name = Fact::given(value, place);
                    })), )*
                    _ => None,
                }
            }

            /// Whether the plan gives a figure; `None` if there is no such figure.
            pub fn is_given(&self, id: &str) -> Option<bool> {
                match id {
                    $( stringify!($name) => Some(self.$name.is_given()), )*
                    _ => None,
                }
            }

            /// Marks a figure as unknown; whether there is such a figure.
            pub fn set_unknown(&mut self, id: &str, place: Place) -> bool {
                match id {
                    $( stringify!($name) => {
                        self.$name = Fact::unknown(self.$name.value, place);
                        true
                    } )*
                    _ => false,
                }
            }
        }

        /// Every figure, in the order of the struct.
        pub const FIGURES: &[FigureSpec] = &[
            $( FigureSpec { id: stringify!($name), says: $says, default: $text, range: $range, source: $source, leans: Leans::$leans }, )*
        ];
    };
}

/// A type that figures have.
trait Figure: Sized {
    fn parse_figure(text: &str) -> Parsed<Self>;
}

impl Figure for Bps {
    fn parse_figure(text: &str) -> Parsed<Self> {
        quantity::bandwidth(text)
    }
}

impl Figure for Millionths {
    fn parse_figure(text: &str) -> Parsed<Self> {
        quantity::share(text)
    }
}

impl Figure for Millis {
    fn parse_figure(text: &str) -> Parsed<Self> {
        quantity::duration(text)
    }
}

impl Figure for u64 {
    fn parse_figure(text: &str) -> Parsed<Self> {
        quantity::count(text)
    }
}

impl Figure for bool {
    fn parse_figure(text: &str) -> Parsed<Self> {
        quantity::yes_no(text)
    }
}

/// A choice between two readings, where the guide leaves one open.
pub type YesNo = bool;

figures! {
    voice_sip: Bps = Bps(100_000), "100kbps", "80kbps to 120kbps", "BWD-01", Neither, "one SIP call, each direction";
    voice_webrtc_low: Bps = Bps(10_000), "10kbps", "10kbps to 160kbps", "BWD-02", FavoursWorking, "one WebRTC call, the low end of Opus";
    voice_webrtc_planned: Bps = Bps(100_000), "100kbps", "10kbps to 160kbps", "BWD-02", Neither, "one WebRTC call as circuits are planned for";
    voice_webrtc_high: Bps = Bps(160_000), "160kbps", "10kbps to 160kbps", "BWD-02", AgainstWorking, "one WebRTC call, the high end of Opus";
    desktop_traffic: Bps = Bps(16_000), "16kbps", "8kbps to 64kbps", "BWD-03", Neither, "one agent desktop in a call, each direction";
    recording_two_screens: Bps = Bps(350_000), "350kbps", "175kbps to 700kbps", "BWD-04", Neither, "upload of one recorded call, two screens";
    recording_one_screen: Bps = Bps(175_000), "175kbps", "100kbps to 350kbps", "BWD-04", Neither, "upload of one recorded call, one screen";
    vdi_per_session: Bps = Bps(150_000), "150kbps", "50kbps to 1Mbps", "language", Neither, "one virtual desktop session, each direction";
    occupancy: Millionths = Millionths(800_000), "80%", "60% to 95%", "language", Neither, "share of agents in a call in normal operation";
    occupancy_stressed: Millionths = Millionths(1_000_000), "100%", "80% to 100%", "language", AgainstWorking, "share of agents in a call while something is failed or demand is raised";
    grade_of_service: Millionths = Millionths(10_000), "1%", "0.1% to 5%", "language", Neither, "blocking at which trunks and carriers are full (Erlang B)";
    udp_sessions_per_sip_phone: u64 = 3, "3", "2 to 4", "PRV-06", Neither, "UDP sessions of one SIP phone: signalling, RTP, RTCP";
    short_udp_timeout_breaks: YesNo = true, "yes", "yes or no", "PRV-03", AgainstWorking, "a firewall timeout below 140 s breaks inbound calls to SIP phones";
    portal_over_private: YesNo = true, "yes", "yes or no", "TRN-02", FavoursWorking, "the Portal answers over the private network";
    login_over_private: YesNo = true, "yes", "yes or no", "INT-08", FavoursWorking, "a login over the private network passes authentication IP control";
    embedded_webrtc_in_vdi: YesNo = true, "yes", "yes or no", "VDI-03", FavoursWorking, "an embedded WebRTC phone works in a virtual desktop";
    turn_passes_security_gateways: YesNo = false, "no", "yes or no", "TRN-08", FavoursWorking, "TURN media passes the cloud's security gateways";
    direct_url_age: Millis = Millis::hours(24 * 180), "180d", "30d to 365d", "OFF-08", Neither, "age at which direct URLs on file count as stale";
    proxy_from_internet: YesNo = true, "yes", "yes or no", "OFF-04", FavoursWorking, "a corporate proxy can be reached by home workers without a VPN";
    sessions_survive_login_loss: YesNo = false, "no", "yes or no", "APP-09", AgainstWorking, "who is logged in works on while login, Portal, identity provider or DNS are lost";
    vpn_voice_overhead: Millionths = Millionths(180_000), "18%", "10% to 30%", "language", Neither, "what a tunnel adds to voice";
    vpn_data_overhead: Millionths = Millionths(100_000), "10%", "5% to 20%", "language", Neither, "what a tunnel adds to data";
    moving_place: Millis = Millis::hours(2), "2h", "30min to 8h", "language", Neither, "time to travel to another place of work";
    moving_machine: Millis = Millis::minutes(3), "3min", "1min to 15min", "language", Neither, "time to log in on another machine";
    moving_phone: Millis = Millis::minutes(5), "5min", "1min to 30min", "language", Neither, "time to log in with another phone";
    moving_notice: Millis = Millis::minutes(5), "5min", "1min to 60min", "language", Neither, "time until an agent knows that he must act";
}

/// What Outlast takes for granted where neither guide nor plan says, and a plan
/// cannot say otherwise.
pub const READINGS: &[FigureSpec] = &[
    FigureSpec {
        id: "bundle_hash",
        says: "an active-active bundle hashes all flows of a user to one circuit",
        default: "by user",
        range: "by user or by flow",
        source: "language",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "crl_host",
        says: "one host stands for all revocation lists when a PAC file is asked",
        default: crate::catalogue::REVOCATION_HOST,
        range: "any host of an authority",
        source: "APP-07",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "crl_port",
        says: "a rule for TCP 80 or for TCP 443 lets revocation lists through",
        default: "either",
        range: "80 only, or either",
        source: "APP-07",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "elux_is_the_endpoint",
        says: "eLux in the table of supported virtual desktops is the endpoint's system",
        default: "the endpoint's",
        range: "the endpoint's, or the server's",
        source: "VDI-02",
        leans: Leans::AgainstWorking,
    },
    FigureSpec {
        id: "identity_provider",
        says: "every login by single sign-on stands on the identity provider",
        default: "it does",
        range: "it does or does not",
        source: "language",
        leans: Leans::AgainstWorking,
    },
    FigureSpec {
        id: "identity_provider_way",
        says: "no rule of the company refuses a login on its way to its own identity provider",
        default: "none does",
        range: "none does, or some do",
        source: "language",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "known_sources",
        says: "the company's own circuits, proxies and sites are known to the cloud",
        default: "they are",
        range: "all, or those that the vendor has on its list",
        source: "INT-04",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "on_shift",
        says: "of a group without shifts everybody is there at all hours",
        default: "everybody",
        range: "30% to 100%",
        source: "language",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "one_ip_control",
        says: "IP control of the login holds for the whole contact center",
        default: "it does",
        range: "for all, or service by service",
        source: "INT-08",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "pstn_without_carrier",
        says: "an SBC or PBX at which no carrier hands over reaches the PSTN by lines of its site",
        default: "it does",
        range: "it does or does not",
        source: "language",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "session_port",
        says: "sessions with VPN gateways and virtual desktops run over TCP 443",
        default: "443",
        range: "443, or ports of the product",
        source: "language",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "vdi_revocation",
        says: "browsers in a virtual desktop check revocation as the workstations do",
        default: "they do",
        range: "they do or do not",
        source: "APP-07",
        leans: Leans::AgainstWorking,
    },
];

/// What holds for whatever the plan leaves out; it can say otherwise of each thing.
pub const LEFT_OUT: &[FigureSpec] = &[
    FigureSpec {
        id: "connectors_enabled",
        says: "a softphone of which the plan does not say has its connector enabled",
        default: "enabled",
        range: "enabled or disabled",
        source: "PHN-09",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "firewalls_as_asked",
        says: "a firewall without `allow` lets through what the cloud asks for",
        default: "it does",
        range: "it does, or less",
        source: "INT-02",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "first_phone_provisioned",
        says: "of a group's phones the first is provisioned and no other",
        default: "the first",
        range: "any of them",
        source: "PHN-06",
        leans: Leans::AgainstWorking,
    },
    FigureSpec {
        id: "home_lines_carry",
        says: "a home line of which the plan does not say carries its agent's traffic",
        default: "it does",
        range: "it does or does not",
        source: "OFF-05",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "ipv4_lines",
        says: "circuits and home lines of which the plan does not say carry IPv4",
        default: "they do",
        range: "they do, or IPv6 only",
        source: "TRN-05",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "mobile_battery",
        says: "mobile networks fail with their region's power: no battery is given",
        default: "0s",
        range: "any",
        source: "language",
        leans: Leans::AgainstWorking,
    },
    FigureSpec {
        id: "one_home_provider",
        says: "homes of which the plan does not say have one provider",
        default: "one",
        range: "any number",
        source: "language",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "one_mobile_operator",
        says: "mobiles of which the plan does not say have one operator a region",
        default: "one",
        range: "any number",
        source: "language",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "power_never_lost",
        says: "sites without `power` never lose it",
        default: "never",
        range: "any",
        source: "language",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "pstn_rings_at_home",
        says: "a PSTN phone of which the plan does not say rings at home",
        default: "at home",
        range: "desk, home or mobile",
        source: "PHN-01",
        leans: Leans::Neither,
    },
    FigureSpec {
        id: "revocation_soft",
        says: "browsers of which the plan does not say do without revocation lists",
        default: "they do",
        range: "they do, or insist on them",
        source: "APP-07",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "sip_unencrypted",
        says: "SIP phones of which the plan does not say are not encrypted",
        default: "they are not",
        range: "they are or are not",
        source: "APP-08",
        leans: Leans::FavoursWorking,
    },
    FigureSpec {
        id: "split_takes_own_systems",
        says: "a split tunnel takes in the PBX and the desktops that go by it, though its list is silent",
        default: "it does",
        range: "it does or does not",
        source: "VPN-02",
        leans: Leans::FavoursWorking,
    },
];

/// Looks a reading's description up.
pub fn reading(id: &str) -> Option<&'static FigureSpec> {
    READINGS.iter().chain(LEFT_OUT).find(|spec| spec.id == id)
}

/// Whether an id is a reading of what plans mostly leave out.
pub fn is_left_out(id: &str) -> bool {
    LEFT_OUT.iter().any(|spec| spec.id == id)
}

/// Looks a figure's description up.
pub fn spec(id: &str) -> Option<&'static FigureSpec> {
    FIGURES.iter().find(|spec| spec.id == id)
}
