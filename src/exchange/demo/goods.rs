//! What is sold: a catalogue, and from it the items, cartons and containers of one order.

use rust_decimal::{Decimal, RoundingStrategy};

use super::dice::Dice;
use super::numbers;
use super::terms::{Mode, Terms};

/// A catalogue entry. Prices in cents of a US dollar, weights in units of ten grams.
struct Product {
    sku: &'static str,
    name: &'static str,
    zh: &'static str,
    hs: &'static str,
    unit: &'static str,
    cents: i64,
    per_carton: i64,
    net: i64,
    tare: i64,
    size: [i64; 3],
}

macro_rules! products {
    ($($sku:literal $name:literal $zh:literal $hs:literal $unit:literal $cents:literal $per:literal $net:literal $tare:literal $l:literal $w:literal $h:literal;)*) => {
        const CATALOGUE: &[Product] = &[$(Product {
            sku: $sku, name: $name, zh: $zh, hs: $hs, unit: $unit, cents: $cents, per_carton: $per,
            net: $net, tare: $tare, size: [$l, $w, $h],
        }),*];
    };
}

products! {
    "LED-12W" "LED BULB 12W E27" "LED灯泡 12W E27" "8539520000" "PCS" 235 60 720 120 46 38 30;
    "LED-09W" "LED BULB 9W E27" "LED灯泡 9W E27" "8539520000" "PCS" 198 80 680 110 46 36 28;
    "LED-PNL" "LED PANEL LIGHT 600X600 40W" "LED面板灯 600x600" "9405410000" "PCS" 1480 6 1260 180 64 62 24;
    "BOWL-18" "STAINLESS STEEL MIXING BOWL SET 18CM" "不锈钢打蛋盆 18cm" "7323930000" "SET" 525 12 960 120 46 46 38;
    "BOWL-24" "STAINLESS STEEL MIXING BOWL SET 24CM" "不锈钢打蛋盆 24cm" "7323930000" "SET" 680 8 990 130 50 45 40;
    "PAN-28" "ALUMINIUM FRY PAN 28CM NON-STICK" "铝制不粘煎锅 28cm" "7615109000" "PCS" 610 12 1080 140 58 32 36;
    "FAN-16" "ELECTRIC STAND FAN 16 INCH" "落地扇 16寸" "8414510000" "PCS" 1480 2 960 160 62 48 26;
    "KET-17" "ELECTRIC KETTLE 1.7L" "电热水壶 1.7升" "8516799000" "PCS" 890 12 1320 190 68 46 48;
    "DRILL-18" "CORDLESS DRILL 18V WITHOUT BATTERY" "充电式电钻 18V（不含电池）" "8467210000" "PCS" 2360 6 1140 150 52 42 32;
    "WREN-12" "COMBINATION WRENCH SET 12 PCS" "两用扳手 12件套" "8204110000" "SET" 1190 10 1850 110 42 32 26;
    "CHAIR-F" "FOLDING GARDEN CHAIR STEEL" "折叠花园椅 钢制" "9401790000" "PCS" 1130 4 1520 180 96 54 30;
    "TABLE-F" "FOLDING GARDEN TABLE 80CM" "折叠花园桌 80cm" "9403200000" "PCS" 2480 2 1680 200 86 84 18;
    "TOWEL-C" "COTTON BATH TOWEL 70X140CM" "棉浴巾 70x140cm" "6302600000" "PCS" 345 40 1800 130 60 42 40;
    "JKT-SS" "MEN'S SOFTSHELL JACKET" "男式软壳夹克" "6201409000" "PCS" 1680 20 1360 150 60 40 44;
    "BAG-30" "NYLON BACKPACK 30L" "尼龙双肩包 30升" "4202920000" "PCS" 940 20 1240 160 62 46 50;
    "SOCK-5" "COTTON SPORT SOCKS 5-PAIR PACK" "棉运动袜 5双装" "6115950019" "PACK" 215 60 1320 120 58 40 38;
    "VALVE-1" "BRASS BALL VALVE 1 INCH" "黄铜球阀 1寸" "8481804090" "PCS" 412 60 2160 70 36 28 22;
    "HOSE-15" "GARDEN HOSE 15M PVC" "PVC花园水管 15米" "3917390000" "PCS" 585 8 1440 90 56 40 34;
    "TOY-BLK" "WOODEN BUILDING BLOCKS 100 PCS" "木制积木 100粒" "9503002100" "SET" 720 12 1560 140 56 42 40;
    "BIKE-LT" "BICYCLE LIGHT SET USB CABLE" "自行车灯套装" "8512100000" "SET" 480 50 900 120 48 36 32;
    "PUMP-75" "SUBMERSIBLE WATER PUMP 750W" "潜水泵 750W" "8413709990" "PCS" 3260 2 1780 120 48 38 32;
    "TAPE-48" "PACKING TAPE 48MM X 66M" "封箱胶带 48mm" "3919109900" "ROLL" 78 72 1300 70 46 31 28;
    "MUG-350" "CERAMIC MUG 350ML" "陶瓷马克杯 350毫升" "6912001000" "PCS" 92 36 1340 140 52 36 34;
    "TENT-4" "CAMPING TENT 4 PERSONS" "四人露营帐篷" "6306220000" "PCS" 3980 4 1720 160 66 40 38;
}

/// A line of the order.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) name_zh: String,
    pub(super) hs: &'static str,
    pub(super) unit: &'static str,
    pub(super) qty: i64,
    pub(super) price: Decimal,
    pub(super) amount: Decimal,
    pub(super) per_carton: i64,
    pub(super) cartons: i64,
    /// Per carton.
    pub(super) gross: Decimal,
    pub(super) net: Decimal,
    pub(super) cbm: Decimal,
    pub(super) size: [i64; 3],
    /// CNY for one unit, VAT included.
    pub(super) buy: Decimal,
}

/// A run of cartons of one item in one container.
pub(super) struct Row {
    pub(super) item: usize,
    pub(super) first: i64,
    pub(super) cartons: i64,
    pub(super) container: Option<usize>,
}

/// A loaded container.
pub(super) struct Container {
    pub(super) number: String,
    pub(super) kind: &'static str,
    pub(super) seal: String,
    pub(super) tare: i64,
    pub(super) packages: i64,
    pub(super) gross: Decimal,
    pub(super) cbm: Decimal,
}

/// All goods of one order with how they are packed.
pub(super) struct Goods {
    pub(super) items: Vec<Item>,
    pub(super) rows: Vec<Row>,
    pub(super) containers: Vec<Container>,
    pub(super) total: Decimal,
    pub(super) packages: i64,
    pub(super) gross: Decimal,
    pub(super) net: Decimal,
    pub(super) cbm: Decimal,
    pub(super) pieces: i64,
    /// CNY, VAT included.
    pub(super) cost: Decimal,
}

/// Rounded half up to the currency's minor unit.
pub(super) fn money(amount: Decimal, currency: &str) -> Decimal {
    let places = if currency == "JPY" { 0 } else { 2 };
    let mut rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    rounded
}

/// Chooses the goods of order `k`.
pub(super) fn goods(dice: &mut Dice, k: u32, terms: &Terms) -> Goods {
    let mut items = items(dice, terms);
    items.sort_by(|a, b| a.sku.cmp(&b.sku));
    loaded(k, items, terms.mode, 0)
}

/// Goods that leave together, the first carton's number after `before` others.
fn loaded(k: u32, items: Vec<Item>, mode: Mode, before: i64) -> Goods {
    let (rows, containers) = pack(k, &items, mode, before);
    let sum = |value: &dyn Fn(&Item) -> Decimal| items.iter().map(value).sum::<Decimal>();
    Goods {
        total: sum(&|item| item.amount),
        packages: items.iter().map(|item| item.cartons).sum(),
        gross: sum(&|item| item.gross * Decimal::from(item.cartons)),
        net: sum(&|item| item.net * Decimal::from(item.cartons)),
        cbm: sum(&|item| item.cbm * Decimal::from(item.cartons)).normalize(),
        pieces: items.iter().map(|item| item.qty).sum(),
        cost: sum(&|item| item.buy * Decimal::from(item.qty)),
        items,
        rows,
        containers,
    }
}

fn items(dice: &mut Dice, terms: &Terms) -> Vec<Item> {
    let (litres, most) = match terms.mode {
        Mode::SeaFcl => (dice.range(16_000, 105_000), 8),
        Mode::SeaBulk => (dice.range(40_000, 120_000), 3),
        Mode::SeaLcl => (dice.range(2_000, 11_000), 5),
        Mode::Rail | Mode::Road | Mode::Multimodal => (dice.range(14_000, 60_000), 5),
        Mode::Air => (dice.range(500, 3_500), 3),
        Mode::Courier => (dice.range(60, 250), 2),
    };
    let count = dice.range(1, most).min(dice.range(1, most));
    let start = usize::try_from(dice.range(0, 23)).unwrap_or(0);
    CATALOGUE
        .iter()
        .cycle()
        .skip(start)
        .take(usize::try_from(count).unwrap_or(1))
        .map(|product| item(dice, product, litres / count, terms.currency))
        .collect()
}

fn item(dice: &mut Dice, product: &Product, litres: i64, currency: &str) -> Item {
    const COLOURS: [(&str, &str, &str); 4] =
        [("", "", ""), ("-B", " BLACK", " 黑"), ("-W", " WHITE", " 白"), ("-R", " RED", " 红")];
    let (code, colour, colour_zh) = dice.pick(&COLOURS);
    let [length, width, height] = product.size;
    let cbm = Decimal::new(length * width * height, 6);
    let room = litres * 1_000 / (length * width * height);
    let cartons = if room > 40 { room / 10 * 10 } else { room.max(1) };
    let qty = cartons * product.per_carton;
    let price = price(dice, product.cents, currency);
    let margin = Decimal::new(dice.range(68, 80), 2);
    let buy = money(Decimal::new(product.cents, 2) * Decimal::new(715, 2) * margin, "CNY");
    Item {
        sku: format!("{}{code}", product.sku),
        name: format!("{}{colour}", product.name),
        name_zh: format!("{}{colour_zh}", product.zh),
        hs: product.hs,
        unit: product.unit,
        qty,
        price,
        amount: money(price * Decimal::from(qty), currency),
        per_carton: product.per_carton,
        cartons,
        gross: Decimal::new(product.net + product.tare, 2),
        net: Decimal::new(product.net, 2),
        cbm: cbm.normalize(),
        size: product.size,
        buy,
    }
}

impl Goods {
    /// The goods in two loads of about half the cartons each; nothing for goods too few to be worth it.
    pub(super) fn halves(&self, k: u32, terms: &Terms) -> Option<[Self; 2]> {
        if self.packages < 200 {
            return None;
        }
        let part = |second: bool| -> Vec<Item> {
            let take = |item: &Item| if second { item.cartons / 2 } else { item.cartons - item.cartons / 2 };
            self.items.iter().filter(|item| take(item) > 0).map(|item| item.less(take(item), terms)).collect()
        };
        let first = loaded(k, part(false), terms.mode, 0);
        let second = loaded(k, part(true), terms.mode, first.packages);
        Some([first, second])
    }
}

impl Item {
    /// The same goods, fewer cartons.
    fn less(&self, cartons: i64, terms: &Terms) -> Self {
        let qty = cartons * self.per_carton;
        Self { cartons, qty, amount: money(self.price * Decimal::from(qty), terms.currency), ..self.clone() }
    }
}

/// Containers of the second load are numbered from here; no load has as many.
const SECOND_LOAD: usize = 5;

/// A unit price in the currency, near the catalogue's.
fn price(dice: &mut Dice, cents: i64, currency: &str) -> Decimal {
    let rate = match currency {
        "EUR" => Decimal::new(92, 2),
        "GBP" => Decimal::new(79, 2),
        "CNY" => Decimal::new(715, 2),
        "JPY" => Decimal::new(150, 0),
        _ => Decimal::ONE,
    };
    money(Decimal::new(cents, 2) * rate * Decimal::new(dice.range(94, 112), 2), currency)
}

/// Fills containers item by item.
fn pack(k: u32, items: &[Item], mode: Mode, before: i64) -> (Vec<Row>, Vec<Container>) {
    let boxed = matches!(mode, Mode::SeaFcl | Mode::Rail | Mode::Multimodal);
    let (mut rows, mut containers, mut next) = (Vec::new(), Vec::<Container>::new(), before + 1);
    let shift = if before > 0 { SECOND_LOAD } else { 0 };
    let volume: Decimal = items.iter().map(|item| item.cbm * Decimal::from(item.cartons)).sum();
    let (kind, room, weight, tare) = match volume {
        v if v <= Decimal::from(27) => ("20GP", 27, 21_500, 2_230),
        v if v <= Decimal::from(56) => ("40GP", 56, 25_500, 3_750),
        _ => ("40HQ", 66, 25_500, 3_900),
    };
    for (number, item) in items.iter().enumerate() {
        let mut left = item.cartons;
        while left > 0 {
            let taken = if boxed { fitting(containers.last(), item, room, weight).min(left) } else { left };
            if taken == 0 {
                containers.push(empty(k, containers.len() + shift, kind, tare));
                continue;
            }
            let container = containers.len().checked_sub(1).filter(|_| boxed);
            if let Some(last) = containers.last_mut().filter(|_| boxed) {
                last.packages += taken;
                last.gross += item.gross * Decimal::from(taken);
                last.cbm += item.cbm * Decimal::from(taken);
            }
            rows.push(Row { item: number, first: next, cartons: taken, container });
            (next, left) = (next + taken, left - taken);
        }
    }
    (rows, containers)
}

/// How many cartons still go into the container; none where there is no container yet.
fn fitting(container: Option<&Container>, item: &Item, room: i64, weight: i64) -> i64 {
    let Some(container) = container else { return 0 };
    let by = |total: i64, used: Decimal, each: Decimal| {
        let free = (Decimal::from(total) - used) / each;
        i64::try_from(free.floor().mantissa()).unwrap_or(0)
    };
    let fits = by(room, container.cbm, item.cbm).min(by(weight, container.gross, item.gross)).max(0);
    // A carton always goes into an empty container, or loading would never end.
    if container.packages == 0 { fits.max(1) } else { fits }
}

fn empty(k: u32, position: usize, kind: &'static str, tare: i64) -> Container {
    let n = u64::from(k) * 10 + position as u64;
    Container {
        number: numbers::container(n),
        kind,
        seal: format!("ML-CN{:07}", n % 10_000_000),
        tare,
        packages: 0,
        gross: Decimal::ZERO,
        cbm: Decimal::ZERO,
    }
}
