//! What the cloud offers: its services, the agent phones, its own components.
//!
//! Facts of the guide (APP-01, APP-02, TRN-03, APP-09, INT-09); whatever the
//! guide leaves open is a figure in [`crate::figures`].

use serde::Serialize;

/// Stands for any host outside the cloud's domain from which revocation lists
/// are fetched (APP-07).
pub const REVOCATION_HOST: &str = "crl.authority.example";

/// What kind of program uses a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    /// Runs in a browser and honours its proxy settings (PRX-01).
    Web,
    /// Installed on the machine.
    Standalone,
    /// Called by other applications, never chosen by a person.
    Helper,
}

/// Which networks carry a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Networks {
    /// Internet and private network (TRN-02).
    Both,
    /// Internet only (TRN-03).
    InternetOnly,
    /// Private network only (TRN-04).
    PrivateOnly,
}

/// Whether a service may be opened to the whole Internet (INT-09, INT-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenAccess {
    /// Approved by the vendor.
    Approved,
    /// Never: controlled at the network and at the login.
    Never,
    /// The guide does not say: counts as not approved, and is said to be unknown.
    Unknown,
}

/// One service of the cloud as the guide describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ServiceSpec {
    /// Its id in plans.
    pub id: &'static str,
    /// Its name in sentences.
    pub name: &'static str,
    /// What kind of program uses it.
    pub program: Program,
    /// Which networks carry it.
    pub networks: Networks,
    /// Whether it logs in at the authentication service (APP-09).
    pub authentication: bool,
    /// Whether it may be opened to the Internet.
    pub open_access: OpenAccess,
}

const fn web(
    id: &'static str,
    name: &'static str,
    networks: Networks,
    open_access: OpenAccess,
) -> ServiceSpec {
    ServiceSpec { id, name, program: Program::Web, networks, authentication: true, open_access }
}

const fn other(
    id: &'static str,
    name: &'static str,
    program: Program,
    networks: Networks,
    open_access: OpenAccess,
) -> ServiceSpec {
    ServiceSpec { id, name, program, networks, authentication: false, open_access }
}

/// The services of the cloud, in the order of the guide's list.
pub const SERVICES: &[ServiceSpec] = &[
    web("agent-desktop", "agent desktop", Networks::Both, OpenAccess::Approved),
    web("crm-desktop", "CRM desktop", Networks::Both, OpenAccess::Unknown),
    web("agent-setup", "Agent Setup", Networks::Both, OpenAccess::Unknown),
    web("callback-admin", "callback administration", Networks::Both, OpenAccess::Unknown),
    web("campaign-admin", "campaign administration", Networks::Both, OpenAccess::Unknown),
    web("designer", "Designer", Networks::Both, OpenAccess::Unknown),
    web("historical-reporting", "historical reporting", Networks::Both, OpenAccess::Unknown),
    web("real-time-reporting", "real-time reporting", Networks::Both, OpenAccess::Unknown),
    web("recording-ui", "recording UI", Networks::InternetOnly, OpenAccess::Unknown),
    web("wfm", "workforce management", Networks::Both, OpenAccess::Unknown),
    web("platform-admin", "platform administration", Networks::Both, OpenAccess::Unknown),
    web("predictive-routing", "predictive routing UI", Networks::InternetOnly, OpenAccess::Unknown),
    other(
        "screen-recording",
        "screen recording",
        Program::Standalone,
        Networks::Both,
        OpenAccess::Unknown,
    ),
    other(
        "webrtc-softphone",
        "WebRTC softphone",
        Program::Standalone,
        Networks::InternetOnly,
        OpenAccess::Approved,
    ),
    other(
        "sip-softphone",
        "SIP softphone",
        Program::Standalone,
        Networks::PrivateOnly,
        OpenAccess::Never,
    ),
    other("portal", "Portal", Program::Helper, Networks::Both, OpenAccess::Never),
    other("authentication", "login service", Program::Helper, Networks::Both, OpenAccess::Approved),
    other(
        "webrtc-signalling",
        "WebRTC signalling",
        Program::Helper,
        Networks::InternetOnly,
        OpenAccess::Approved,
    ),
    other("telemetry", "telemetry", Program::Helper, Networks::Both, OpenAccess::Unknown),
    other("crypto", "recording crypto", Program::Helper, Networks::Both, OpenAccess::Unknown),
    other("playback", "recording playback", Program::Helper, Networks::Both, OpenAccess::Unknown),
];

/// Looks a service up.
pub fn service(id: &str) -> Option<&'static ServiceSpec> {
    SERVICES.iter().find(|spec| spec.id == id)
}

/// The six kinds of agent phone; their words are built-in phone ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneKind {
    /// Hard SIP phone on the private network; stays at its site (PHN-03).
    SipPhone,
    /// Softphone in SIP mode (PHN-03, TRN-04).
    SipSoftphone,
    /// WebRTC phone inside the agent desktop (APP-03).
    WebrtcEmbedded,
    /// Softphone in WebRTC mode (PRX-02, PRX-03).
    WebrtcSoftphone,
    /// Phone behind corporate telephony (PHN-02).
    Pbx,
    /// Any number on the PSTN (PHN-01).
    Pstn,
}

impl PhoneKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::SipPhone,
        Self::SipSoftphone,
        Self::WebrtcEmbedded,
        Self::WebrtcSoftphone,
        Self::Pbx,
        Self::Pstn,
    ];

    /// Its word, which is also the id of the built-in phone.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SipPhone => "sip-phone",
            Self::SipSoftphone => "sip-softphone",
            Self::WebrtcEmbedded => "webrtc-embedded",
            Self::WebrtcSoftphone => "webrtc-softphone",
            Self::Pbx => "pbx",
            Self::Pstn => "pstn",
        }
    }

    /// Its name in sentences.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SipPhone => "SIP phone",
            Self::SipSoftphone => "SIP softphone",
            Self::WebrtcEmbedded => "embedded WebRTC",
            Self::WebrtcSoftphone => "WebRTC softphone",
            Self::Pbx => "phone behind the PBX",
            Self::Pstn => "PSTN phone",
        }
    }
}

/// Components that every plan has without naming them, with what they are.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("cloud.portal", "the Portal"),
    ("cloud.authentication", "the login service"),
    ("cloud.voice", "the voice service"),
    ("cloud.sbc", "the cloud's SBCs"),
    ("cloud.webrtc", "WebRTC signalling"),
    ("cloud.turn", "TURN, the media relay"),
    ("cloud.security-gateways", "the security gateways before the Internet services"),
    ("cloud.recording", "recording"),
    ("dns", "name resolution"),
    ("crl", "certificate revocation lists"),
    ("sso-provider", "the identity provider of single sign-on"),
];
