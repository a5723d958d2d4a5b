// extreme.cjs DIR: a data root of orders that try the sheets: a number as long as a folder may be named, 200 items, 60
// and more papers, no goods at all, names that are one word of 300 letters, right-to-left and control characters.
const fs = require("fs");
const path = require("path");

const root = process.argv[2];
const write = (name, text) => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};
const order = (id, text, docs) => {
  write(`orders/2026/${id}/order.toml`, text);
  if (docs) write(`orders/2026/${id}/docs.toml`, docs);
};
const item = (n, name = `Lamp number ${n} in a colour of its own`) =>
  `[[items]]\nsku = "SKU-${n}"\nname = "${name}"\nname_zh = "台灯 ${n}"\nqty = ${n}000\nprice = 1.25\n`;
const head = "customer = \"hanse\"\npo = \"4500089231\"\nsigned = 2026-09-03\ncurrency = \"USD\"\nincoterm = \"CIF Hamburg\"\n"
  + "mode = \"sea-fcl\"\nfrom = \"Ningbo\"\nto = \"Hamburg\"\npayment = \"30% deposit, 70% copy-bl\"\nship_by = 2027-01-10\n"
  + "merchandiser = \"lin.yan\"\nclerk = \"zhou.min\"\n";

write("gendan.toml", "schema = 1\nsite = \"https://trade.example/orders\"\nlanguages = [\"zh-CN\", \"en\"]\n[company]\nname = \"Ningbo Gendan Trading Co., Ltd.\"\n");
write("customers/hanse.toml", "name = \"Hanse Licht GmbH\"\ncountry = \"DE\"\n");
const word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk".repeat(6);
write("customers/long.toml", `name = "${word}"\nname_zh = "${"很长的客户名字".repeat(45)}"\n`);

order("PLAIN", head + item(1));
order("EMPTY", "customer = \"nobody\"\n");
// The longest number there can be, in narrow letters and in wide ones.
order(`LONG-${"x".repeat(59)}`, head + item(1));
order(`WIDE-${"W".repeat(59)}`, head + item(1));
order(`MID-${"W".repeat(14)}`, head + item(1));
order("ITEMS", head + Array.from({ length: 200 }, (_, n) => item(n + 1)).join(""));
const shipments = Array.from({ length: 12 }, (_, n) =>
  `[[shipments]]\nid = "${n + 1}"\netd = 2026-12-${String(10 + n).padStart(2, "0")}\neta = 2027-01-20\nvessel = "EXAMPLE STAR"\n`
  + `cutoffs = { si = 2026-12-01T12:00:00+08:00, vgm = 2026-12-02T12:00:00+08:00, cy = 2026-12-03T12:00:00+08:00 }\n`
  + `items = [{ sku = "SKU-1", qty = 100 }]\n`).join("");
order("PAPERS", head + "partial = true\n" + item(1) + item(2) + item(3) + item(4) + item(5) + item(6) + item(7) + shipments);
const asked = Array.from({ length: 60 }, (_, n) =>
  `[[lc.documents]]\nkind = "certificate"\ntext = "CERTIFICATE NO. ${n + 1} ISSUED BY AN AUTHORITY OF THE COUNTRY OF ORIGIN"\noriginals = 1\n`).join("");
order("CREDIT", head.replace("30% deposit, 70% copy-bl", "100% lc sight") + item(1),
  `[[lc]]\nnumber = "ILC26DXB07731"\nissued = 2026-10-01\nexpiry = 2027-02-01\nlatest_shipment = 2027-01-10\namount = 12500\n${asked}`);
order("WORDS", head.replace("\"hanse\"", "\"long\"").replace("4500089231", word.slice(0, 300))
  .replace("CIF Hamburg", `CIF ${word.slice(0, 250)}`).replace("30% deposit, 70% copy-bl", word)
  .replace("from = \"Ningbo\"", `from = "${word}"`).replace("\"lin.yan\"", `"${"林".repeat(150)}"`)
  + Array.from({ length: 30 }, (_, n) => item(n + 1, word)).join("") + shipments);
order("SIGNS", head.replace("4500089231", "<b>\\u202Edrow\\u202C & \\\"q\\\" </b>")
  + item(1, "<script>alert(1)</script> \\u200B\\u2066x\\u2069 \\t|||"));
