// The expressions of bench/run mapping in V8: node bench/mapping.js SECONDS prints evaluations a second as one JSON object.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const text = fs.readFileSync(path.join(__dirname, "inputs", "order-5k.json"), "utf8");
const order = JSON.parse(text);
const seconds = Number(process.argv[2] ?? 5);
const expressions = {
  "": "({ id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) })",
  template_: "`Order ${o.id} for ${o.customer.name}`",
  lines_: "o.lines.filter(l => l.qty > 2).map(l => `${l.sku}: ${l.qty} x ${l.price}`)",
};
let sink = 0;

function rate(operation) {
  const run = (end) => {
    let count = 0;
    while (performance.now() < end) {
      for (let i = 0; i < 100; i++) {
        const result = operation();
      sink += (result.id ?? result).length;
      }
      count += 100;
    }
    return count;
  };
  run(performance.now() + seconds * 500);
  const start = performance.now();
  const count = run(start + seconds * 1000);
  return (count / (performance.now() - start)) * 1000;
}

const context = vm.createContext({ o: order });
const rates = {};
for (const [name, expression] of Object.entries(expressions)) {
  const byFunction = eval(`o => ${expression}`);
  const script = new vm.Script(expression);
  rates[`${name}node_function`] = rate(() => byFunction(order));
  rates[`${name}node_vm`] = rate(() => script.runInContext(context));
}
const textContext = vm.createContext({ text, JSON });
const textScript = new vm.Script(`o = JSON.parse(text); JSON.stringify(${expressions[""]})`);
rates.node_vm_text = rate(() => textScript.runInContext(textContext));
console.log(JSON.stringify(rates));
