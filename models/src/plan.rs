//! The plan as read: valid, typed, names resolved, every entry with its place.
//!
//! Field names are the keys of the language (`docs/plan-language.md`). Lists
//! of ids keep the place of each mention ([`Named`]). Sections keep the order
//! of the file, which matters in a few places (two circuits of one site to one
//! network are active and passive in file order).

use indexmap::IndexMap;

use crate::catalogue::{Networks, OpenAccess, PhoneKind};
use crate::fact::Fact;
use crate::figures::Figures;
use crate::id::Id;
use crate::place::Place;
use crate::units::{Bps, Day, Millionths, Millis, Version};

/// A section of the plan: entries by id in the order of the file.
pub type Section<T> = IndexMap<Id, T>;

/// A mention of an id at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: Id,
    /// Where it is mentioned.
    pub place: Place,
}

/// A whole plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// `name`.
    pub name: Option<String>,
    /// `date`: the day the plan speaks of.
    pub date: Fact<Option<Day>>,
    /// `currency`.
    pub currency: Option<String>,
    /// Figures, with the overrides under `assumptions`.
    pub figures: Figures,
    /// `sites`.
    pub sites: Section<Site>,
    /// `networks`, with the built-in `internet` and `pstn` first.
    pub networks: Section<Network>,
    /// `circuits`.
    pub circuits: Section<Circuit>,
    /// `bundles` as written; circuits of one site to one network that stand in
    /// no bundle are active and passive in file order.
    pub bundles: Section<Bundle>,
    /// `exits`: site, then network, then the ways out in order.
    pub exits: Section<Exits>,
    /// `firewalls`.
    pub firewalls: Section<Firewall>,
    /// `workstations`, with a built-in `workstation` where the plan names none.
    pub workstations: Section<Workstation>,
    /// `proxies`.
    pub proxies: Section<Proxy>,
    /// `pac`.
    pub pac: Section<PacFile>,
    /// `vpn`.
    pub vpn: Section<Vpn>,
    /// `vdi`.
    pub vdi: Section<Vdi>,
    /// `telephony.pbxs`.
    pub pbxs: Section<Pbx>,
    /// `telephony.sbcs`.
    pub sbcs: Section<Sbc>,
    /// `telephony.trunks`.
    pub trunks: Section<Trunk>,
    /// `carriers`, with the built-in `cloud-carrier` where the plan names none.
    pub carriers: Section<Carrier>,
    /// `phones`, with the six kinds built in.
    pub phones: Section<Phone>,
    /// `cloud`.
    pub cloud: Cloud,
    /// `pools`: something counted.
    pub pools: Section<Pool>,
    /// `resources` of the escape hatch: a capacity in thousandths.
    pub resources: Section<CountedResource>,
    /// `components` of the escape hatch.
    pub components: Section<Component>,
    /// `shared`, where the plan has it (then exhaustive).
    pub shared: Option<Shared>,
    /// Every feed named by a site or under `shared`.
    pub feeds: Section<Place>,
    /// Every conduit named by a circuit or under `shared`.
    pub conduits: Section<Place>,
    /// `queues`, with the built-in `all` where the plan names none.
    pub queues: Section<Queue>,
    /// `objectives`, in file order.
    pub objectives: Vec<Objective>,
    /// `groups`.
    pub groups: Section<Group>,
}

/// What every component may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// `needs`: all of these.
    pub needs: Vec<Need>,
    /// `units`: how many there are, and how many of them suffice.
    pub units: Option<Units>,
    /// `tags`.
    pub tags: Vec<Id>,
}

/// One need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A component.
    One(Named),
    /// At least one of these.
    Any(Vec<Need>),
    /// All of these.
    All(Vec<Need>),
    /// At least so many of these.
    AtLeast(u32, Vec<Need>),
}

/// `units`: a pair, a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// How many there are.
    pub count: u32,
    /// How many must be up.
    pub needed: u32,
}

/// What a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteKind {
    /// People sit here.
    Office,
    /// Systems stand here.
    DataCenter,
    /// The homes of a region.
    Homes,
    /// A third party's: cloud proxy, cloud VDI.
    Vendor,
}

/// An entry of `sites`.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Where it is written.
    pub place: Place,
    /// `kind`.
    pub kind: SiteKind,
    /// `region` (default: one region called `region`).
    pub region: Fact<Id>,
    /// `power`.
    pub power: Power,
    /// `seats`. Default for an office or data center: the head count of the
    /// groups whose first place it is, so that is what a `Defaulted` value
    /// holds; `None` is without limit (homes, vendors).
    pub seats: Fact<Option<u64>>,
    /// `internet` of homes: one line per agent, and the providers.
    pub internet: HomeInternet,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// `power` of a site; without feeds it never loses power.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Power {
    /// `feeds`: any one suffices.
    pub feeds: Vec<Named>,
    /// `ups`.
    pub ups: Millis,
    /// `generator.fuel`.
    pub fuel: Millis,
}

/// `internet` of homes.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeInternet {
    /// `per_agent`: the line of one agent; `None` is without limit.
    pub per_agent: Fact<Option<Directions>>,
    /// `isps` with their shares, which sum to the whole; the default is one
    /// provider called `isp`. Component ids are `SITE.ISP`.
    pub isps: Fact<Vec<(Named, Millionths)>>,
    /// `ip`.
    pub ip: Fact<IpVersion>,
}

/// Bits per second each way, as the site sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directions {
    /// Towards the site or agent.
    pub down: Bps,
    /// Away from the site or agent.
    pub up: Bps,
}

/// `ip` of a circuit or home line; an IPv6-only one carries nothing (TRN-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IpVersion {
    /// `v4`.
    V4,
    /// `v6`.
    V6,
    /// `both`.
    Both,
}

/// A network.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Where it is written.
    pub place: Place,
    /// What it is.
    pub kind: NetworkKind,
    /// `carrier`: the provider (a word for selectors).
    pub carrier: Option<Named>,
    /// `cloud_regions`: which regions of the cloud it reaches; `None` = all,
    /// an empty list = a corporate WAN between sites.
    pub cloud_regions: Option<Vec<Named>>,
    /// `routed`: the sites that are routed on it; `None` = all.
    pub routed: Option<Vec<Named>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// The three kinds of network (TRN-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkKind {
    /// The Internet.
    Internet,
    /// The public switched telephone network.
    Pstn,
    /// A private network.
    Private,
}

/// An entry of `circuits`.
#[derive(Debug, Clone, PartialEq)]
pub struct Circuit {
    /// Where it is written.
    pub place: Place,
    /// `from`: a site.
    pub from: Named,
    /// `to`: a network.
    pub to: Named,
    /// `capacity`.
    pub capacity: Fact<Capacity>,
    /// `provider`.
    pub provider: Option<Named>,
    /// `conduit`.
    pub conduit: Fact<Option<Named>>,
    /// `egress`: its source address, where the plan gives one.
    pub egress: Fact<Option<Address>>,
    /// `ip`.
    pub ip: Fact<IpVersion>,
    /// `admission: cac`: whether it refuses what does not fit.
    pub admission: bool,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// Capacity of a circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Not given: unlimited, which favours working.
    Unlimited,
    /// Bits per second each way.
    Bits(Directions),
    /// Voice channels (circuits to the PSTN).
    Channels(u64),
}

/// An address in the plan, with its text for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// One address or block; a single address is a block of one.
    pub net: ipnet::IpNet,
    /// Where it is written.
    pub place: Place,
}

/// An entry of `bundles`.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Where it is written.
    pub place: Place,
    /// `of`: circuits of one site to one network, in order.
    pub of: Vec<Named>,
    /// `mode`.
    pub mode: BundleMode,
    /// `sharing: adaptive`: whether capacity is the sum of what is left.
    pub adaptive: bool,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

/// How a bundle uses its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleMode {
    /// All members that are up, by nominal capacity.
    ActiveActive,
    /// The first member that is up.
    ActivePassive,
}

/// `exits` of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct Exits {
    /// Where they are written.
    pub place: Place,
    /// For a network (or `private` for every private network), the ways out.
    pub by_network: IndexMap<Id, Vec<Exit>>,
}

/// One way out of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// `here`.
    Here(Place),
    /// Through another site.
    Site(Named),
}

/// An entry of `firewalls`.
#[derive(Debug, Clone, PartialEq)]
pub struct Firewall {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `guards`: networks (`private` has been replaced by every private network).
    pub guards: Vec<Named>,
    /// `before`: the component it stands before; `None` = the site's edge.
    pub before: Option<Named>,
    /// `allow`; `None` = as the guide asks.
    pub allow: Option<Vec<AllowRule>>,
    /// `inbound`: which SBCs the cloud may call; `None` = as the guide asks.
    pub inbound: Option<Vec<Named>>,
    /// `dpi.turn`: whether TURN is inspected.
    pub inspects_turn: Fact<bool>,
    /// `udp_idle`; the default is what the guide asks, 140 s.
    pub udp_idle: Fact<Millis>,
    /// `nat_pool`: address:port pairs; `None` = without limit.
    pub nat_pool: Fact<Option<u64>>,
    /// `exposes`: private interfaces exposed to the Internet (PRV-02, a finding).
    pub exposes: Vec<Named>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// A rule of `allow`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowRule {
    /// Where it is written.
    pub place: Place,
    /// `from`.
    pub from: Senders,
    /// `to`.
    pub to: Vec<Destination>,
    /// `tcp`: this TCP port only; `None` = all ports and protocols.
    pub tcp: Option<u16>,
}

/// Whose traffic a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Senders {
    /// Everybody.
    Any,
    /// Workstations with their phones and virtual desktops.
    Workstations,
    /// Proxies.
    Proxies,
    /// Corporate telephony.
    Pbx,
    /// The customer's SBCs.
    Sbc,
}

/// A destination word, as in firewall rules, tunnel lists and allow lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where it is written.
    pub place: Place,
    /// What it names.
    pub word: Word,
}

/// What a destination word names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// `any`.
    Any,
    /// `services`: all HTTPS services by name, on the Internet.
    Services,
    /// `services-private`: all HTTPS services on the private network.
    ServicesPrivate,
    /// `sbc`: signalling and media of the cloud's SBC.
    Sbc,
    /// `sbc-signalling`.
    SbcSignalling,
    /// `sbc-media`.
    SbcMedia,
    /// `turn`.
    Turn,
    /// `proxies`: every proxy.
    Proxies,
    /// One proxy.
    Proxy(Id),
    /// `cloud-domain`: every name under the cloud's domain.
    CloudDomain,
    /// `crl`.
    Crl,
    /// One service (application or helper) by name.
    Service(Id),
    /// `{resolved: DATE}`: the services' Internet addresses of that day.
    Resolved(Day),
    /// An address block.
    Block(ipnet::IpNet),
}

/// An entry of `workstations`.
#[derive(Debug, Clone, PartialEq)]
pub struct Workstation {
    /// Where it is written.
    pub place: Place,
    /// `os`.
    pub os: Option<String>,
    /// `endpoint: linux-elux`.
    pub elux: bool,
    /// `revocation: hard-fail`: whether browsers refuse without CRL.
    pub hard_fail: Fact<bool>,
    /// `firewall.blocks`; empty = any.
    pub blocks: Vec<Blocked>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// What a software firewall on a workstation blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// A phone of this kind.
    Phone(PhoneKind),
    /// Both kinds of softphone.
    Softphone,
    /// The browser.
    Browser,
    /// The screen recorder.
    ScreenRecording,
}

/// An entry of `proxies`.
#[derive(Debug, Clone, PartialEq)]
pub struct Proxy {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `names`: host and port as a PAC file writes them.
    pub names: Vec<String>,
    /// `reaches`: networks; the default is the Internet.
    pub reaches: Fact<Vec<Named>>,
    /// `exclude: [turn]`: whether browsers set to it leave TURN direct.
    pub excludes_turn: bool,
    /// `allow`; `None` = any.
    pub allow: Option<Vec<Destination>>,
    /// `authentication`; `None` = off, else what is exempt.
    pub authentication: Option<Vec<Destination>>,
    /// `dpi.turn`: whether TURN is inspected.
    pub inspects_turn: Fact<bool>,
    /// `dpi.tls: only`: whether everything that is not TLS is refused.
    pub tls_only: bool,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `sessions_per_agent`.
    pub sessions_per_agent: Fact<u64>,
    /// `throughput`; `None` = without limit.
    pub throughput: Fact<Option<Bps>>,
    /// `egress`: a name or address of its own.
    pub egress: Option<Named>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `pac`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacFile {
    /// Where it is written.
    pub place: Place,
    /// `file`: path as written.
    pub file: Named,
    /// Its text.
    pub text: String,
}

/// An entry of `vpn`.
#[derive(Debug, Clone, PartialEq)]
pub struct Vpn {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `tunnel: split`.
    pub split: bool,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `throughput`; `None` = without limit.
    pub throughput: Fact<Option<Bps>>,
    /// `include`: what goes into a split tunnel.
    pub include: Vec<Destination>,
    /// `pool.nat`: the bundle or circuit whose address its users leave with.
    pub nat: Option<Named>,
    /// `overhead.voice`.
    pub voice_overhead: Fact<Millionths>,
    /// `overhead.data`.
    pub data_overhead: Fact<Millionths>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `vdi`.
#[derive(Debug, Clone, PartialEq)]
pub struct Vdi {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `platform`.
    pub platform: VdiPlatform,
    /// `server`.
    pub server: Fact<VdiServer>,
    /// `adapter`: whether the softphone's VDI adapter is installed.
    pub adapter: Fact<bool>,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `reached_over`: networks and VPNs in order; its own site always reaches it.
    pub reached_over: Fact<Vec<Named>>,
    /// `exit`.
    pub exit: VdiExit,
    /// `per_session`.
    pub per_session: Fact<Bps>,
    /// `egress`: a name or address of its own (vendor sites).
    pub egress: Option<Named>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// `platform` of a VDI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VdiPlatform {
    /// `citrix-7`.
    Citrix7,
    /// `horizon-7`.
    Horizon7,
    /// `rds`: Remote Desktop Services.
    Rds,
    /// `other`.
    Other,
}

/// `server` of a VDI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VdiServer {
    /// `windows-2012r2`.
    Windows2012R2,
    /// `windows-2008r2`.
    Windows2008R2,
    /// Any other word: not in the guide's table, read as its newest column.
    Other(String),
}

/// `exit` of a VDI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VdiExit {
    /// As a workstation of its site.
    Own,
    /// The private network only.
    Private(Place),
    /// An explicit proxy.
    Proxy(Named),
    /// A circuit.
    Circuit(Named),
    /// A bundle.
    Bundle(Named),
}

/// An entry of `telephony.pbxs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pbx {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `sbc`.
    pub sbc: Named,
    /// `pstn`: the carriers it dials out by, in order (overflow).
    pub pstn: Vec<Named>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `telephony.sbcs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sbc {
    /// Where it is written.
    pub place: Place,
    /// `site`.
    pub site: Named,
    /// `sessions`; `None` = without limit.
    pub sessions: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `telephony.trunks`.
#[derive(Debug, Clone, PartialEq)]
pub struct Trunk {
    /// Where it is written.
    pub place: Place,
    /// `sbc`.
    pub sbc: Named,
    /// `network`: a private network.
    pub network: Named,
    /// `channels`; `None` = without limit.
    pub channels: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// An entry of `carriers`.
#[derive(Debug, Clone, PartialEq)]
pub struct Carrier {
    /// Where it is written.
    pub place: Place,
    /// `role` has `customers`.
    pub for_customers: bool,
    /// `role` has `agents`.
    pub for_agents: bool,
    /// `hands_over`.
    pub hands_over: HandsOver,
    /// `channels`; `None` = without limit.
    pub channels: Fact<Option<u64>>,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// Where a carrier hands calls over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandsOver {
    /// At the cloud.
    Cloud,
    /// At a customer's SBC.
    Sbc(Named),
    /// At corporate telephony.
    Pbx(Named),
}

/// An entry of `phones`.
#[derive(Debug, Clone, PartialEq)]
pub struct Phone {
    /// Where it is written.
    pub place: Place,
    /// `kind`.
    pub kind: PhoneKind,
    /// `connector`: whether the Workspace Connector is enabled.
    pub connector: Fact<bool>,
    /// `encrypted`.
    pub encrypted: Fact<bool>,
    /// `proxy` of a softphone's signalling.
    pub proxy: Option<ProxyOption>,
    /// `on`: the machine of a softphone; `None` = the workstation.
    pub on: Option<Machine>,
    /// `rings`: where a PSTN phone rings.
    pub rings: Fact<Rings>,
    /// `operator` with shares, for mobiles; the default is one called
    /// `operator`. Component ids are `mobile.REGION.OPERATOR`.
    pub operators: Fact<Vec<(Named, Millionths)>>,
    /// `battery` of the mobile network behind the region's feeds.
    pub battery: Fact<Millis>,
    /// `via`: carriers or SBCs in order (overflow); empty = every carrier that
    /// serves agents and hands over at the cloud, in file order.
    pub via: Vec<Named>,
    /// `pbx`.
    pub pbx: Option<Named>,
    /// `off_site` of a phone behind the PBX.
    pub off_site: OffSite,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

/// The proxy of a standalone program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyOption {
    /// `via`.
    pub via: Named,
    /// `set_in`; `None` = wherever it is effective.
    pub set_in: Option<SetIn>,
}

/// Where a proxy option is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetIn {
    /// In the cloud's settings.
    Cloud,
    /// In the local configuration file.
    File,
}

/// A machine that an application runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Machine {
    /// The agent's workstation.
    Workstation,
    /// A virtual desktop.
    Vdi(Named),
}

/// Where a PSTN phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rings {
    /// On the desk of the agent's first place.
    Desk,
    /// At the agent's home.
    Home,
    /// In the agent's pocket.
    Mobile,
}

/// What a phone behind the PBX does away from its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffSite {
    /// `none`.
    None,
    /// `forward-to-mobile`: the PBX calls the agent's mobile.
    ForwardToMobile,
    /// `softphone-by-vpn`: a software phone over the VPN.
    SoftphoneByVpn,
    /// `pbx-edge`: a software phone over the Internet to the PBX's edge.
    PbxEdge,
}

/// `cloud`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// `regions`; empty = one unnamed region, component `cloud.region`.
    pub regions: Section<CloudRegion>,
    /// `domain` (default `cloud.example`).
    pub domain: Fact<String>,
    /// `turn_host` (default `turn.DOMAIN`, an assumption).
    pub turn_host: Fact<String>,
    /// Every service of the catalogue with the plan's overrides.
    pub services: Section<Service>,
    /// `addresses`, to compare blocks with.
    pub addresses: CloudAddresses,
    /// `access`.
    pub access: Access,
}

/// An entry of `cloud.regions`.
#[derive(Debug, Clone, PartialEq)]
pub struct CloudRegion {
    /// Where it is written.
    pub place: Place,
    /// `standby`: the region that takes over.
    pub standby: Option<Named>,
    /// `after`: how long that takes.
    pub after: Millis,
}

/// A service in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Where it is written.
    pub place: Place,
    /// `host` (default `ID.DOMAIN`; the Portal's is the domain).
    pub host: Fact<String>,
    /// `networks`.
    pub networks: Fact<Networks>,
    /// `open_access`.
    pub open_access: Fact<OpenAccess>,
    /// `authentication`.
    pub authentication: Fact<bool>,
}

/// `cloud.addresses`: blocks per word; empty = not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CloudAddresses {
    /// `services` on the Internet.
    pub services: Vec<Address>,
    /// `services-private`.
    pub services_private: Vec<Address>,
    /// `sbc`.
    pub sbc: Vec<Address>,
    /// `turn`.
    pub turn: Vec<Address>,
}

/// `cloud.access`.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// `sso`: `None` = no single sign-on.
    pub sso: Fact<Option<Sso>>,
    /// `mfa`.
    pub mfa: Fact<bool>,
    /// `open_access`: the services in force.
    pub open_access: Vec<Named>,
    /// `authentication_ip_control` (default: on while `open_access` is empty).
    pub ip_control: Fact<bool>,
    /// `off_site_data: forbidden`.
    pub off_site_forbidden: Fact<bool>,
    /// `known`; `None` = the company's own circuits, proxies and sites.
    pub known: Option<Known>,
    /// `direct_urls`; `None` = none on file.
    pub direct_urls: Option<DirectUrls>,
}

/// `sso`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sso {
    /// `provider: own`: whether the company runs the identity provider.
    pub own: bool,
    /// `at`: the site where it stands.
    pub at: Option<Named>,
}

/// `known`: exhaustive where it is present.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Where it is written.
    pub place: Option<Place>,
    /// `internet`: names of egresses, addresses.
    pub internet: Vec<KnownSource>,
    /// `private`: sites and VPNs.
    pub private: Vec<Named>,
}

/// An entry of `known.internet`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownSource {
    /// A circuit, bundle, proxy, VPN, VDI or site by name.
    Name(Named),
    /// An address, and whose it is where the plan says.
    Address(Address, Option<Named>),
}

/// `direct_urls`.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectUrls {
    /// Where it is written.
    pub place: Place,
    /// `services`.
    pub services: Vec<Named>,
    /// `as_of`.
    pub as_of: Fact<Option<Day>>,
}

/// An entry of `pools`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Where it is written.
    pub place: Place,
    /// How many there are.
    pub count: u64,
    /// `tags`, `needs`, `units`.
    pub common: Common,
}

/// An entry of `resources`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedResource {
    /// Where it is written.
    pub place: Place,
    /// Capacity in thousandths.
    pub milli: u64,
}

/// An entry of `components`.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Where it is written.
    pub place: Place,
    /// `needs`, `units`, `tags`.
    pub common: Common,
}

/// `shared`: exhaustive once there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// `conduits`.
    pub conduits: Vec<Named>,
    /// `feeds`.
    pub feeds: Vec<Named>,
    /// `providers`.
    pub providers: Vec<Named>,
}

/// An entry of `queues`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Where it is written.
    pub place: Place,
    /// `priority`, 1 the highest (default 1).
    pub priority: Fact<u32>,
}

/// An entry of `objectives`.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Where it is written.
    pub place: Place,
    /// `queue` or `overall: true` (`None`).
    pub queue: Option<Named>,
    /// `mbco`.
    pub mbco: Mbco,
    /// `rto`.
    pub rto: Option<Millis>,
    /// `mtpd`.
    pub mtpd: Option<Millis>,
    /// `count: working`; else effective.
    pub counts_working: bool,
}

/// The minimum business continuity objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mbco {
    /// A share of those on shift.
    Share(Millionths),
    /// So many agents.
    Agents(u64),
}

/// An entry of `groups`.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where it is written.
    pub place: Place,
    /// `agents`: heads.
    pub agents: u64,
    /// `on_shift`.
    pub on_shift: OnShift,
    /// `work_at`: places in order; the first is where they sit.
    pub work_at: Vec<Named>,
    /// `moving`.
    pub moving: Moving,
    /// `queue` or `queues`; empty where `media` is.
    pub queues: Vec<Named>,
    /// `priority` (default the first queue's).
    pub priority: Fact<u32>,
    /// `media` has `voice`.
    pub voice: bool,
    /// `media` has `digital`.
    pub digital: bool,
    /// `workstation`.
    pub workstation: Named,
    /// `phones` in order.
    pub phones: Vec<Named>,
    /// `provisioned` (default the first phone only).
    pub provisioned: Fact<Vec<Named>>,
    /// `access` in order (default private where the place has it, then Internet).
    pub access: Fact<Vec<AccessWay>>,
    /// `enters_by: direct`.
    pub enters_direct: Fact<bool>,
    /// `pac` or `proxy`: the browser's setting.
    pub browser: BrowserSetting,
    /// `apps`.
    pub apps: Section<AppUse>,
    /// `recording`.
    pub recording: Option<Recording>,
    /// `occupancy`, where the plan gives it.
    pub occupancy: Option<Fact<Millionths>>,
    /// `traffic` overrides.
    pub traffic: Traffic,
    /// `tags`.
    pub tags: Vec<Id>,
    /// `ways`: stated, not derived.
    pub ways: Section<StatedWay>,
}

/// `on_shift` of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnShift {
    /// A share, the same at every hour.
    Always(Fact<Millionths>),
    /// A share for each hour of the week from Monday 00:00 (168 entries).
    ByHour(Vec<Millionths>, Place),
}

/// `moving` of a group: how long each step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moving {
    /// To another place.
    pub place: Fact<Millis>,
    /// To another machine.
    pub machine: Fact<Millis>,
    /// To another phone.
    pub phone: Fact<Millis>,
    /// Until the agent knows.
    pub notice: Fact<Millis>,
}

/// An entry of `access`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessWay {
    /// `private`.
    Private(Place),
    /// `internet`.
    Internet(Place),
    /// A VPN.
    Vpn(Named),
    /// `internet` with this explicit proxy and no other setting.
    Proxy(Named),
    /// A virtual desktop.
    Vdi(Named),
}

/// The browser's proxy setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrowserSetting {
    /// Direct.
    Direct,
    /// A PAC file.
    Pac(Named),
    /// Explicit proxies in order.
    Proxies(Vec<Named>),
}

/// An entry of `apps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppUse {
    /// Where it is written.
    pub place: Place,
    /// Whether an agent cannot work without it.
    pub required: bool,
    /// `on`; `None` = the desktop's machine of the access way.
    pub on: Option<Machine>,
}

/// `recording` of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Where it is written.
    pub place: Place,
    /// `share` of calls.
    pub share: Fact<Millionths>,
    /// `screens`.
    pub screens: Fact<u32>,
    /// `version` of the recorder (default: the newest that the guide names).
    pub version: Fact<Version>,
    /// `on`; `None` = the desktop's machine.
    pub on: Option<Machine>,
    /// `proxy`.
    pub proxy: Option<ProxyOption>,
    /// `upload: scheduled`: not concurrent with calls.
    pub scheduled: Fact<bool>,
    /// `required`.
    pub required: bool,
}

/// `traffic` of a group: overrides of BWD, by figure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// `voice`: one call, each direction.
    pub voice: Option<Fact<Bps>>,
    /// `desktop`.
    pub desktop: Option<Fact<Bps>>,
    /// `recording`.
    pub recording: Option<Fact<Bps>>,
}

/// An entry of `ways`.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedWay {
    /// Where it is written.
    pub place: Place,
    /// `needs`.
    pub needs: Vec<Need>,
    /// `uses`: pool or resource, in thousandths for each agent.
    pub uses: Vec<(Named, u64)>,
    /// `ready`.
    pub ready: Millis,
}
