//! Plans of any size from a seed: `large.yaml` written once for each of as many
//! districts as asked for. A district has a data center, two offices, homes, and
//! capacities that its groups contend for; of four in a block each stands in for the
//! one before, and a pool, a resource and the cloud are shared by all.

const TEMPLATE: &str = include_str!("large.yaml");

/// Districts in a block; one block is a plan of size 1, as large as the `insurer`.
const BLOCK: u64 = 4;

/// Agents of a district.
const AGENTS: u64 = 5_000;

/// A word of the template and what stands for it.
type Word = (&'static str, String);

/// Returns the YAML of a plan with `size` × 20,000 agents: the same bytes of the same
/// seed and size.
pub fn plan(seed: u64, size: u64) -> String {
    let mut dice = Dice(seed);
    let districts: Vec<Vec<Word>> = (0..size * BLOCK).map(|at| district(at, &mut dice)).collect();
    let blocks: Vec<Vec<Word>> = (0..size).map(|at| vec![("<b>", format!("b{at}"))]).collect();
    let whole = vec![
        ("<seed>", seed.to_string()),
        ("<size>", size.to_string()),
        ("<handsets>", (size * BLOCK * AGENTS * dice.between(6, 12) / 100).to_string()),
        ("<circuit>", dice.between(120, 720).to_string()),
        ("<partner>", (size * BLOCK * AGENTS * dice.between(1, 3) / 100).to_string()),
    ];
    let mut text = String::with_capacity(districts.len() * TEMPLATE.len());
    for line in TEMPLATE.lines().filter(|line| !line.starts_with('#')) {
        let written_for = if line.contains("<d>") {
            &districts[..]
        } else if line.contains("<b>") {
            &blocks[..]
        } else {
            std::slice::from_ref(&whole)
        };
        for words in written_for {
            text.push_str(&filled(line, words));
            text.push('\n');
        }
    }
    text
}

fn filled(line: &str, words: &[Word]) -> String {
    words.iter().fold(line.to_owned(), |line, (word, value)| line.replace(word, value))
}

/// What the words say in one district. Capacities are a share of what the groups that
/// use them on a normal day want when all of them talk: of what is used first more than
/// all of it, of what stands in often less.
fn district(at: u64, dice: &mut Dice) -> Vec<Word> {
    let block = at / BLOCK;
    let desk = dice.between(800, 1_000);
    let virtually = dice.between(1_000, 1_200);
    let web = dice.between(900, 1_100);
    let pbx = dice.between(400, 600);
    let tunnel = dice.between(900, 1_100);
    let civic = dice.between(40, 60);
    // In kbit/s: a call takes 100, a desktop 16; 18 % and 10 % more in a tunnel.
    let east = desk * 116 + virtually * 100;
    let center = tunnel * 116 + virtually * 16 + pbx * 100;
    let second_feed = if dice.chance(40) { format!(", d{at}-grid-f") } else { String::new() };
    let mut share = |of: u64, least, most| (of * dice.between(least, most) / 100).to_string();
    let mut words = vec![
        ("<east-a>", share(east, 105, 150)),
        ("<east-b>", share(east, 50, 100)),
        ("<west-net>", share(web * 100, 105, 160)),
        ("<dc-a>", share(center, 110, 170)),
        ("<dc-b>", share(center, 50, 100)),
        ("<dc-net>", share(tunnel * 136, 105, 150)),
        ("<vpn>", share(tunnel, 115, 180)),
        ("<farm>", share(virtually, 110, 180)),
        ("<trunk-a>", share(pbx, 80, 120)),
        ("<trunk-b>", share(pbx, 50, 80)),
        ("<carrier>", share(desk, 40, 90)),
        ("<ups>", share(100, 5, 30)),
        ("<net>", share(100, 60, 400)),
        ("<beta>", share(100, 5, 30)),
    ];
    let open = AGENTS - desk - virtually - web - pbx - tunnel;
    let next = block * BLOCK + (at + 1) % BLOCK;
    words.extend([
        ("<d>", format!("d{at}")),
        ("<n>", format!("d{next}")),
        ("<b>", format!("b{block}")),
        ("<desk>", desk.to_string()),
        ("<virtual>", virtually.to_string()),
        ("<web>", web.to_string()),
        ("<pbx-users>", pbx.to_string()),
        ("<tunnel>", tunnel.to_string()),
        ("<open>", open.to_string()),
        ("<civic>", civic.to_string()),
        ("<delta>", (100 - civic).to_string()),
        ("<second-feed>", second_feed),
        ("<east-duct>", if dice.chance(15) { "1" } else { "2" }.to_owned()),
        ("<mode>", if dice.chance(50) { "active-active" } else { "active-passive" }.to_owned()),
    ]);
    words
}

/// `SplitMix64`: random numbers that hang on the seed alone.
struct Dice(u64);

impl Dice {
    /// A number from `least` to `most`.
    fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        least + (z ^ (z >> 31)) % (most - least + 1)
    }

    /// Yes in so many of a hundred cases.
    fn chance(&mut self, percent: u64) -> bool {
        self.between(1, 100) <= percent
    }
}
