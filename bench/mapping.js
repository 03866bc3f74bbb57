// The mapping in V8: node bench/mapping.js SECONDS prints evaluations a second as one JSON object.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const text = fs.readFileSync(path.join(__dirname, "inputs", "order-5k.json"), "utf8");
const order = JSON.parse(text);
const seconds = Number(process.argv[2] ?? 5);
const mapping = "({ id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) })";
let sink = 0;

function rate(operation) {
  const run = (end) => {
    let count = 0;
    while (performance.now() < end) {
      for (let i = 0; i < 100; i++) {
        sink += operation().id.length;
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

const byFunction = eval(`o => ${mapping}`);
const context = vm.createContext({ o: order });
const script = new vm.Script(mapping);
const textContext = vm.createContext({ text, JSON });
const textScript = new vm.Script(`o = JSON.parse(text); JSON.stringify(${mapping})`);

console.log(
  JSON.stringify({
    node_function: rate(() => byFunction(order)),
    node_vm: rate(() => script.runInContext(context)),
    node_vm_text: rate(() => ({ id: textScript.runInContext(textContext) })),
  }),
);
