// Runs scripts in Node for the comparison with it: a JSON text a line comes in, one goes out. Values are in the exact form.
import { createInterface } from 'node:readline';
import { exact } from './conformance/check.mjs';

for (const name of ['__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']) {
  delete Object.prototype[name];
}
const old = ['__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'];

// As in the sandbox: only own fields are read.
globalThis.$own = (value) => {
  if (typeof value === 'function') {
    throw new TypeError('inherited');
  }
  return value;
};
globalThis.$field = (object, key) => {
  const name = typeof key === 'number' ? key : `${key}`;
  const value = object[name];
  if ((typeof value === 'function' || (value === undefined && old.includes(name))) && !Object.hasOwn(object, name)) {
    throw new TypeError('inherited');
  }
  return value;
};

const MOST = 5e6;

// Where there is nothing to compare: what this version does not have, …
const noComparison = () => {
  throw Object.assign(new Error('nothing to compare'), { name: 'Limit' });
};
Math.sumPrecise ??= noComparison;
Math.f16round ??= noComparison;

// … what the standard leaves to the engine, to the last digit, …
for (const name of ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp', 'expm1',
  'hypot', 'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh']) {
  const original = Math[name];
  Math[name] = (...given) => {
    const result = original(...given);
    return Number.isInteger(result) || !Number.isFinite(result) ? result : noComparison();
  };
}

// … and where V8 does something else than the standard: indents of less than one, and those with NUL in them.
const { stringify } = JSON;
JSON.stringify = (value, replacer, space) =>
  typeof space === 'string' && space.includes('\0')
    ? noComparison()
    : stringify(value, replacer, typeof space === 'number' ? Math.trunc(space) : space);

const isReserved = (name) => /^\$+(undefined|number|secret)$/.test(name);

function decode(value) {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(decode);
  }
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === '$undefined') {
    return undefined;
  }
  if (names.length === 1 && names[0] === '$number') {
    return Number(value.$number);
  }
  const object = {};
  for (const name of names) {
    Object.defineProperty(object, isReserved(name) ? name.slice(1) : name, {
      value: decode(value[name]), writable: true, enumerable: true, configurable: true,
    });
  }
  return object;
}

// Values have nothing but what their text has.
globalThis.structuredClone = (...given) => {
  if (given.length === 0) {
    throw new TypeError('structuredClone takes a value');
  }
  return decode(JSON.parse(exact(given[0])));
};

for await (const line of createInterface({ input: process.stdin })) {
  const { body, parameters, values } = JSON.parse(line);
  let answer;
  try {
    const result = new Function(...parameters, `'use strict'; ${body}`)(...values.map(decode));
    const text = exact(result);
    answer = text.length > MOST ? `!${JSON.stringify({ name: 'Limit', message: 'too long' })}` : `=${text}`;
  } catch (error) {
    answer = `!${JSON.stringify({ name: error.name, message: error.message })}`;
  }
  process.stdout.write(`${answer}\n`);
}
