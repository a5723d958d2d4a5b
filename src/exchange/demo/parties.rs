//! Who trades: the company's people, customers in some two dozen markets, suppliers, forwarders. All made up.

use rust_decimal::Decimal;

use super::dice::{Dice, Kind};
use super::toml::Toml;

/// A market: where its goods arrive and what its companies are called.
#[derive(Debug)]
pub(super) struct Market {
    pub(super) country: &'static str,
    city: &'static str,
    street: &'static str,
    form: &'static str,
    pub(super) currency: &'static str,
    pub(super) port: &'static str,
    pub(super) airport: &'static str,
    pub(super) inland: &'static str,
    /// Days at sea from Ningbo.
    pub(super) transit: i64,
    /// Reached by rail or road.
    pub(super) by_land: bool,
    pub(super) eu: bool,
}

macro_rules! markets {
    ($($country:literal $city:literal $street:literal $form:literal $currency:literal $port:literal $airport:literal $inland:literal $transit:literal $land:literal $eu:literal;)*) => {
        const MARKETS: &[Market] = &[$(Market {
            country: $country, city: $city, street: $street, form: $form, currency: $currency, port: $port,
            airport: $airport, inland: $inland, transit: $transit, by_land: $land, eu: $eu,
        }),*];
    };
}

markets! {
    "DE" "20457 Hamburg" "Am Sandtorkai" "GmbH" "EUR" "Hamburg" "Frankfurt" "Duisburg" 34 true true;
    "US" "Long Beach, CA 90802" "Harbor Avenue" "Inc." "USD" "Los Angeles" "Los Angeles" "Los Angeles" 18 false false;
    "NL" "3011 Rotterdam" "Maasboulevard" "B.V." "EUR" "Rotterdam" "Amsterdam" "Duisburg" 33 true true;
    "AE" "Dubai" "Al Quoz Industrial Street" "LLC" "USD" "Jebel Ali" "Dubai" "Jebel Ali" 21 false false;
    "GB" "Ipswich IP3 0BP" "Wharf Road" "Ltd." "GBP" "Felixstowe" "London" "Felixstowe" 35 false false;
    "FR" "76600 Le Havre" "Quai de Southampton" "S.A.S." "EUR" "Le Havre" "Paris" "Duisburg" 36 false true;
    "AU" "Port Melbourne VIC 3207" "Lorimer Street" "Pty Ltd." "USD" "Melbourne" "Melbourne" "Melbourne" 16 false false;
    "JP" "Tokyo 135-0064" "Aomi Koto-ku" "K.K." "JPY" "Tokyo" "Tokyo" "Tokyo" 5 false false;
    "PL" "80-555 Gdansk" "ul. Marynarki Polskiej" "Sp. z o.o." "USD" "Gdansk" "Warsaw" "Warsaw" 38 true true;
    "BR" "Santos SP" "Avenida Portuaria" "Ltda." "USD" "Santos" "Sao Paulo" "Santos" 32 false false;
    "KZ" "050000 Almaty" "Raiymbek Avenue" "LLP" "USD" "Qingdao" "Almaty" "Almaty" 14 true false;
    "ES" "08039 Barcelona" "Passeig de la Zona Franca" "S.L." "EUR" "Valencia" "Madrid" "Madrid" 32 false true;
    "SA" "Jeddah 21411" "King Fahd Road" "Est." "USD" "Jeddah" "Riyadh" "Jeddah" 22 false false;
    "SG" "Singapore 068898" "Robinson Road" "Pte. Ltd." "USD" "Singapore" "Singapore" "Singapore" 7 false false;
    "MX" "Manzanillo, Col." "Boulevard Costero" "S.A. de C.V." "USD" "Manzanillo" "Mexico City" "Manzanillo" 20 false false;
    "ZA" "Durban 4001" "Bayhead Road" "(Pty) Ltd." "USD" "Durban" "Johannesburg" "Durban" 24 false false;
    "VN" "Ho Chi Minh City" "Nguyen Tat Thanh Street" "Co., Ltd." "USD" "Ho Chi Minh City" "Ho Chi Minh City" "Hanoi" 6 true false;
    "IN" "Navi Mumbai 400707" "Uran Road" "Pvt. Ltd." "USD" "Nhava Sheva" "Mumbai" "Nhava Sheva" 19 false false;
    "CL" "San Antonio" "Avenida Barros Luco" "SpA" "USD" "San Antonio" "Santiago" "San Antonio" 34 false false;
    "KR" "Busan 48943" "Jungang-daero" "Co., Ltd." "USD" "Busan" "Seoul" "Busan" 3 false false;
    "IT" "16126 Genova" "Via di Francia" "S.r.l." "EUR" "Genoa" "Milan" "Milan" 31 false true;
    "TH" "Chonburi 20230" "Laem Chabang Road" "Co., Ltd." "USD" "Laem Chabang" "Bangkok" "Bangkok" 8 false false;
}

const STEMS: [&str; 40] = [
    "Adler", "Nordlys", "Vega", "Harbour", "Linden", "Alcor", "Meridian", "Castell", "Oakfield", "Pelican",
    "Sirius", "Brava", "Tamarind", "Falken", "Lumen", "Crescent", "Atlas", "Juniper", "Bayside", "Cobalt",
    "Delta", "Estrella", "Fjord", "Granite", "Horizon", "Iris", "Jasmin", "Keystone", "Lagoon", "Mistral",
    "Nova", "Orchard", "Palmera", "Quarry", "Riviera", "Solway", "Tundra", "Umbra", "Violet", "Windrose",
];
const SECTORS: [&str; 20] = [
    "Home",
    "Trading",
    "Lighting",
    "Tools",
    "Garden",
    "Textiles",
    "Imports",
    "Housewares",
    "Supply",
    "Retail",
    "Leisure",
    "Industrial",
    "Living",
    "Outdoor",
    "Distribution",
    "Electric",
    "Hardware",
    "Sports",
    "Wholesale",
    "Brands",
];

/// A customer.
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) market: &'static Market,
    /// Has an open account limit.
    pub(super) credit: bool,
    /// What the limit is, in the currency of the market.
    limit: i64,
    number: u32,
    house: i64,
    /// Merchandiser and clerk who look after it.
    pub(super) merchandiser: &'static Person,
    pub(super) clerk: &'static Person,
}

/// How many customers a root of `orders` orders has.
pub(super) fn customers(orders: u32) -> u32 {
    6 + orders / 25
}

/// How many suppliers.
pub(super) fn suppliers(orders: u32) -> u32 {
    4 + orders / 100
}

/// Customer number `n`, from 0.
pub(super) fn customer(seed: u64, n: u32) -> Customer {
    let mut dice = Dice::new(seed, Kind::Customer, n);
    let (stem, sector) = (nth(&STEMS, n), nth(&SECTORS, n / 40 + n));
    let mark = match n / 800 {
        0 => String::new(),
        again => format!(" {}", again + 1),
    };
    let at = usize::try_from(dice.range(0, 21).min(dice.range(0, 40))).unwrap_or(0);
    // The first market where the list is shorter than thought.
    let market = MARKETS.get(at).unwrap_or(&MARKETS[0]);
    let id = format!("{stem}-{sector}{}", mark.replace(' ', "-")).to_lowercase();
    Customer {
        id,
        name: format!("{stem} {sector}{mark} {}", market.form),
        market,
        credit: dice.chance(40),
        number: n,
        house: dice.range(1, 198),
        limit: dice.pick(&[800_000, 1_500_000, 2_500_000]),
        merchandiser: nth(&MERCHANDISERS, n),
        clerk: nth(&CLERKS, n),
    }
}

fn nth<T: Copy, const N: usize>(list: &'static [T; N], n: u32) -> T {
    list[n as usize % N]
}

impl Customer {
    /// Address lines as printed.
    pub(super) fn address(&self) -> Vec<String> {
        vec![format!("{} {}", self.market.street, self.house), self.market.city.to_owned()]
    }

    /// EU identification; only for customers in the EU.
    pub(super) fn eori(&self) -> Option<String> {
        self.market
            .eu
            .then(|| format!("{}{:015}", self.market.country, 811_000_000_u64 + u64::from(self.number)))
    }

    /// `customers/<id>.toml`.
    pub(super) fn file(&self) -> String {
        let mut out = Toml::default();
        out.text("name", &self.name);
        out.text("name_zh", &format!("{}（{}）", self.name, self.market.country));
        out.texts("address", &self.address());
        out.text("country", self.market.country);
        out.text("email", &format!("purchasing@{}.example", self.id));
        if let Some(eori) = self.eori() {
            out.text("eori", &eori);
        }
        if self.credit {
            let currency = self.market.currency;
            let limit = format!(
                "{{ amount = \"{currency} {}\", by = \"wang.lei\", until = 2027-12-31 }}",
                self.limit
            );
            out.raw("credit_limit", limit);
        }
        out.table("defaults");
        out.text("currency", self.market.currency);
        out.text("to", self.market.port);
        out.text("merchandiser", self.merchandiser.id);
        out.text("clerk", self.clerk.id);
        out.finish()
    }
}

/// Supplier number `n`, from 0: its id and its file.
pub(super) fn supplier(seed: u64, n: u32) -> (String, String) {
    const PLACES: [(&str, &str); 8] = [
        ("ningbo", "宁波"),
        ("yiwu", "义乌"),
        ("yongkang", "永康"),
        ("cixi", "慈溪"),
        ("taizhou", "台州"),
        ("wenzhou", "温州"),
        ("shaoxing", "绍兴"),
        ("jinhua", "金华"),
    ];
    const NAMES: [(&str, &str); 10] = [
        ("haoyu", "浩宇"),
        ("xinda", "鑫达"),
        ("ruifeng", "瑞丰"),
        ("tianhe", "天和"),
        ("huasheng", "华盛"),
        ("yongan", "永安"),
        ("jinhai", "金海"),
        ("dongsheng", "东升"),
        ("liyuan", "利源"),
        ("bofan", "博凡"),
    ];
    let mut dice = Dice::new(seed, Kind::Supplier, n);
    let ((place, place_zh), (name, name_zh)) = (nth(&PLACES, n), nth(&NAMES, n / 8));
    let mark = if n < 80 { String::new() } else { format!("-{}", n / 80 + 1) };
    let id = format!("{place}-{name}{mark}");
    let mut out = Toml::default();
    out.text(
        "name",
        &format!("{} {} Manufacturing Co., Ltd.", capital(place), capital(&format!("{name}{mark}"))),
    );
    out.text("name_zh", &format!("{place_zh}{name_zh}制造有限公司{mark}"));
    out.texts("address", &[format!("{place_zh}市工业区 {} 号", dice.range(1, 300))]);
    out.text("country", "CN");
    out.text("email", &format!("sales@{id}.example"));
    out.raw("lead_time_days", dice.range(20, 40));
    (id, out.finish())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// (id, name, Chinese name)
pub(super) const FORWARDERS: [(&str, &str, &str); 5] = [
    ("shunhai-nb", "Ningbo Shunhai International Logistics Co., Ltd.", "宁波顺海国际物流有限公司"),
    ("hengtong-nb", "Ningbo Hengtong Freight Co., Ltd.", "宁波恒通货运有限公司"),
    ("yuanyang-sh", "Shanghai Yuanyang Forwarding Co., Ltd.", "上海远洋货运代理有限公司"),
    ("landbridge-yw", "Yiwu Landbridge Rail Logistics Co., Ltd.", "义乌陆桥班列物流有限公司"),
    ("express-sh", "Shanghai Swift Express Co., Ltd.", "上海迅捷速递有限公司"),
];

/// `forwarders/<id>.toml`.
pub(super) fn forwarder_file((id, name, name_zh): (&str, &str, &str)) -> String {
    let mut out = Toml::default();
    out.text("name", name);
    out.text("name_zh", name_zh);
    out.texts("address", &["浙江省宁波市江北区人民路 132 号".to_owned()]);
    out.text("country", "CN");
    out.text("email", &format!("ops@{id}.example"));
    out.finish()
}

/// Somebody of the company.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    zh: &'static str,
    role: &'static str,
    chief: &'static str,
}

impl Person {
    pub(super) fn email(&self) -> String {
        format!("{}@gendan.example", self.id)
    }
}

macro_rules! person {
    ($($constant:ident $id:literal $name:literal $zh:literal $role:literal $chief:literal;)*) => {
        $(pub(super) const $constant: Person =
            Person { id: $id, name: $name, zh: $zh, role: $role, chief: $chief };)*
        const PEOPLE: &[&Person] = &[$(&$constant),*];
    };
}

person! {
    BOSS "wang.lei" "Wang Lei" "王磊" "boss" "";
    MANAGER "chen.hao" "Chen Hao" "陈浩" "manager" "wang.lei";
    LIN "lin.yan" "Lin Yan" "林燕" "merchandiser" "chen.hao";
    XU "xu.jing" "Xu Jing" "徐静" "merchandiser" "chen.hao";
    SUN "sun.tao" "Sun Tao" "孙涛" "merchandiser" "chen.hao";
    HE "he.fang" "He Fang" "何芳" "merchandiser" "chen.hao";
    ZHOU "zhou.min" "Zhou Min" "周敏" "clerk" "chen.hao";
    GAO "gao.ling" "Gao Ling" "高玲" "clerk" "chen.hao";
    FINANCE "qian.li" "Qian Li" "钱丽" "finance" "wang.lei";
    QC "li.qiang" "Li Qiang" "李强" "qc" "chen.hao";
}

const MERCHANDISERS: [&Person; 4] = [&LIN, &XU, &SUN, &HE];
const CLERKS: [&Person; 2] = [&ZHOU, &GAO];

/// `people.toml`.
pub(super) fn people_file() -> String {
    let mut out = Toml::default();
    for person in PEOPLE {
        out.table(&format!("\"{}\"", person.id));
        out.text("name", person.name);
        out.text("name_zh", person.zh);
        out.texts("emails", &[person.email()]);
        out.text("role", person.role);
        if !person.chief.is_empty() {
            out.text("reports_to", person.chief);
        }
    }
    out.finish()
}

/// Our name on every document.
pub(super) const SELLER: &str = "Ningbo Gendan Trading Co., Ltd.";
/// Our unified social credit code; fictional, with valid check digits.
pub(super) const USCC: &str = "91330201MA2GEND07G";
/// Our bank.
pub(super) const BANK: &str = "Bank of Example Ningbo Branch";
/// Our account.
pub(super) const ACCOUNT: &str = "3301 0000 0000 1178";

/// Bank charges deducted on the way, per currency.
pub(super) fn transfer_charge(currency: &str) -> Decimal {
    match currency {
        "JPY" => Decimal::new(2_500, 0),
        "EUR" | "GBP" => Decimal::new(1_800, 2),
        _ => Decimal::new(2_500, 2),
    }
}
