// Evaluates the expressions of the conformance tables in Node: `node check.mjs FILE…` prints every line whose result is
// another one there. A result is the exact form of a value, or `! ` and the kind of the failure.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

// What older versions do not have. Here, a group is a record like any other.
Object.groupBy = (items, by) => {
  if (typeof by !== 'function') {
    throw new TypeError('groupBy takes a function');
  }
  const groups = {};
  let i = 0;
  for (const item of items) {
    const name = `${by(item, i++)}`;
    if (Object.hasOwn(groups, name)) {
      groups[name].push(item);
    } else {
      Object.defineProperty(groups, name, { value: [item], writable: true, enumerable: true, configurable: true });
    }
  }
  return groups;
};
delete Object.prototype.__proto__;

const isReserved = (name) => /^\$+(undefined|number|secret)$/.test(name);

export function exact(value) {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? String(value) : `{"$number":"${value}"}`;
    case 'undefined':
      return '{"$undefined":true}';
    case 'object': {
      if (value === null) {
        return 'null';
      }
      if (Array.isArray(value)) {
        return `[${Array.from(value, exact).join()}]`;
      }
      const fields = Object.entries(value).map(
        ([name, field]) => `${JSON.stringify(isReserved(name) ? `$${name}` : name)}:${exact(field)}`,
      );
      return `{${fields.join()}}`;
    }
    case 'function':
      return '{"$undefined":true}';
    default:
      return JSON.stringify(value);
  }
}

const kinds = { TypeError: 'type_error', RangeError: 'range_error', SyntaxError: 'syntax_error', URIError: 'uri_error' };

export function result(expression) {
  const run = new Function(`'use strict'; return (${expression}\n);`);
  try {
    return exact(run());
  } catch (error) {
    return `! ${kinds[error.name] ?? error.name}`;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let wrong = 0;
  for (const file of process.argv.slice(2)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const [expression, expected] = line.split(' ⇒ ');
      if (expected === undefined || line.startsWith('#')) {
        continue;
      }
      const given = result(expression);
      if (given !== expected.trim()) {
        console.log(`${expression} ⇒ ${given}`);
        wrong++;
      }
    }
  }
  process.exitCode = wrong > 0 ? 1 : 0;
}
