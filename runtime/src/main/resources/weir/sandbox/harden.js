// Makes a fresh JavaScript world safe to share between scripts that do not trust each other, and gives the one function
// through which the host runs them. Runs once a context, before anything else does.
//
// 1. keep the intrinsics that our own code uses, so that nothing a script does can change them;
// 2. take away what can see the clock, chance, or another script (`Date.now`, `Math.random`, `Symbol.for`, `WeakRef` …);
// 3. freeze everything that can be reached, so that no script leaves a trace for the next;
// 4. carry values across the border as JSON in the exact form (see weir.value.Json).
(function (host, builtIns, longest) {
  'use strict';

  // ---- 1. what our own code uses

  const { defineProperty, freeze, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, is, keys } = Object;
  const { apply, construct, ownKeys } = Reflect;
  const { isArray } = Array;
  const { parse, stringify } = JSON;
  const uncurry = (method) => (self, ...rest) => apply(method, self, rest);
  const charAt = uncurry(String.prototype.charAt);
  const slice = uncurry(String.prototype.slice);
  const indexOf = uncurry(String.prototype.indexOf);
  const isPrototypeOf = uncurry(Object.prototype.isPrototypeOf);
  const numberOf = uncurry(Number.prototype.valueOf);
  const stringOf = uncurry(String.prototype.valueOf);
  const booleanOf = uncurry(Boolean.prototype.valueOf);
  const setAdd = uncurry(Set.prototype.add);
  const setHas = uncurry(Set.prototype.has);
  const TrueDate = Date;
  const ObjectPrototype = Object.prototype;
  const PromisePrototype = Promise.prototype;

  // ---- 2. what scripts do not get

  const kept = [
    'Array', 'ArrayBuffer', 'Boolean', 'DataView', 'Date', 'Error', 'EvalError', 'Float32Array', 'Float64Array',
    'Infinity', 'Int16Array', 'Int32Array', 'Int8Array', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object',
    'RangeError', 'ReferenceError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError',
    'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray', 'WeakMap', 'WeakSet', 'decodeURI',
    'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'globalThis', 'isFinite', 'isNaN', 'parseFloat',
    'parseInt', 'undefined',
  ];
  const hidden = [];
  for (const name of getOwnPropertyNames(globalThis)) {
    if (!kept.includes(name)) {
      hidden.push(globalThis[name]);
      delete globalThis[name];
    }
  }

  const refuse = (what, instead) => {
    const refusal = { refused() { throw new TypeError(`${what} is not available in scripts${instead}`); } }.refused;
    return refusal;
  };
  const handIn = '; draw the value with now(), uuid() or random() and hand it in';
  Math.random = refuse('Math.random', handIn);
  delete Symbol.for;
  delete Symbol.keyFor;
  delete Object.prototype.__proto__;
  const accessors = ['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'];
  for (const name of accessors) {
    delete Object.prototype[name];
  }

  // Expressions read own fields only, so that a name from outside finds no function.
  const { hasOwn } = Object;
  const old = ['__proto__', ...accessors];
  const inherited = (name) =>
    new TypeError(`\`${name}\` is not a field of this value but what all of its kind inherit in JavaScript; only own`
      + ' fields can be read: ask `Object.hasOwn(value, name)` first');
  const isOld = (name) => {
    for (let i = 0; i < old.length; i++) {
      if (old[i] === name) {
        return true;
      }
    }
    return false;
  };
  defineProperty(globalThis, '$own', {
    value: (value) => {
      if (typeof value === 'function') {
        throw inherited(value.name);
      }
      return value;
    },
  });
  defineProperty(globalThis, '$field', {
    value: (object, key) => {
      const name = typeof key === 'number' ? key : asString(key);
      const value = object[name];
      if ((typeof value === 'function' || (value === undefined && isOld(name))) && !hasOwn(object, name)) {
        throw inherited(name);
      }
      return value;
    },
  });

  // The engine counts on with offsets from UTC that there are not; the standard knows no such time.
  const impossible = /T\d\d:\d\d(?::\d\d(?:\.\d+)?)?[+-](?:2[4-9]|[3-9]\d|\d\d:?[6-9])/;
  const matches = uncurry(RegExp.prototype.test);
  const known = (text) => (typeof text === 'string' && matches(impossible, text) ? NaN : text);

  // A Date that cannot read the clock.
  const SafeDate = function Date(...parts) {
    if (new.target === undefined || parts.length === 0) {
      throw new TypeError(`the clock is not available in scripts${handIn}`);
    }
    return construct(TrueDate, parts.length === 1 ? [known(parts[0])] : parts, new.target);
  };
  const parseDate = TrueDate.parse;
  SafeDate.parse = { parse(text) { return parseDate(known(`${text}`)); } }.parse;
  SafeDate.UTC = TrueDate.UTC;
  defineProperty(SafeDate, 'prototype', { value: TrueDate.prototype, writable: false });
  defineProperty(TrueDate.prototype, 'constructor', { value: SafeDate });
  defineProperty(globalThis, 'Date', { value: SafeDate });

  // Each kind of function has a constructor that makes code from text; the engine refuses that, too.
  const functions = [
    function () {}, function* () {}, async function () {}, async function* () {},
  ];
  for (const each of functions) {
    defineProperty(getPrototypeOf(each), 'constructor', { value: refuse('code made from text', '') });
  }

  // The engine computes some powers by multiplication, depending on what it has seen before; the operator does not.
  Math.pow = { pow(base, exponent) { return (+base) ** (+exponent); } }.pow;

  // The engine looks at its limits between steps of a script. Functions of its own that can take minutes or gigabytes in
  // one step get a limit at their door.

  const MOST_WORK = 2e8;
  const MOST_ITEMS = 4e6;
  const MOST_NAMES = 1e6;
  const tooLong = () => new RangeError('Invalid string length');
  const tooMany = () => new RangeError('Too many items');
  const refuseMany = () => {
    throw tooMany();
  };
  const asString = (value) => (typeof value === 'string' ? value : `${value}`);

  /** Puts a guard before a method: it gives what the method is to be called with. */
  const bounded = (prototype, name, guard) => {
    const original = prototype[name];
    const method = { [name](part, more) {
      return this === undefined || this === null
        ? apply(original, this, [part, more])
        : apply(original, ...guard(this, part, more));
    } }[name];
    defineProperty(prototype, name, { value: method });
  };

  /** Whether it says itself how texts are searched for it, as regular expressions do. */
  const isPattern = (part) =>
    typeof part === 'object' && part !== null
    && (part[Symbol.match] !== undefined || part[Symbol.replace] !== undefined || part[Symbol.split] !== undefined);

  /** Searching takes the product of both lengths at worst. */
  const searching = (self, given, more) => {
    const text = asString(self);
    const part = given === undefined || isPattern(given) ? given : asString(given);
    if (typeof part === 'string' && part.length > 64 && text.length * part.length > MOST_WORK) {
      throw tooLong();
    }
    return [text, [part, more]];
  };

  /** Replacing makes a text as long as the product of both lengths; "$`" and "$'" put in the text itself. */
  const checkReplaced = (text, by) => {
    if (typeof by === 'string') {
      const whole = indexOf(by, '$`') >= 0 || indexOf(by, "$'") >= 0 ? text.length : 0;
      if ((text.length + 1) * (by.length + whole) > MOST_WORK) {
        throw tooLong();
      }
    }
  };
  const replacing = (self, given, by) => {
    const [text, [part]] = searching(self, given);
    const replacement = typeof by === 'function' ? by : asString(by);
    checkReplaced(text, replacement);
    return [text, [part, replacement]];
  };
  for (const name of ['indexOf', 'lastIndexOf', 'includes', 'split']) {
    bounded(String.prototype, name, searching);
  }
  for (const name of ['replace', 'replaceAll']) {
    bounded(String.prototype, name, replacing);
  }
  bounded(RegExp.prototype, Symbol.replace, (self, given, by) => {
    const text = asString(given);
    const replacement = typeof by === 'function' ? by : asString(by);
    checkReplaced(text, replacement);
    return [self, [text, replacement]];
  });

  const flatten = (items, depth, into) => {
    for (let i = 0; i < items.length; i++) {
      if (depth >= 1 && isArray(items[i])) {
        flatten(items[i], depth - 1, into);
      } else if (i in items) {
        put(into, into.length, items[i]);
      }
    }
    return into;
  };
  defineProperty(Array.prototype, 'flat', {
    value: { flat(depth) { return flatten(this, depth === undefined ? 1 : +depth || 0, []); } }.flat,
  });

  // Going through something like a list, the engine does not stop before its end. So what says that it is longer than
  // anybody's list is refused, and what could say something else when it is asked again.

  const { isView } = ArrayBuffer;

  const isShort = (list) =>
    isArray(list) ? list.length <= MOST_ITEMS
    : list === undefined || list === null || isView(list) || !(lengthOf(Object(list)) > MOST_ITEMS);

  const lengthOf = (object) => {
    let at = object;
    let property = getOwnPropertyDescriptor(at, 'length');
    while (property === undefined && (at = getPrototypeOf(at)) !== null) {
      property = getOwnPropertyDescriptor(at, 'length');
    }
    const { value, get } = property || {};
    return get !== undefined || (typeof value === 'object' && value !== null) || typeof value === 'function' ? Infinity : +value;
  };

  /** How many items something may add to a list. */
  const itemsOf = (list) =>
    typeof list !== 'object' || list === null || isView(list) ? 1
    : isArray(list) ? list.length
    : isShort(list) ? +lengthOf(list) || 1 : Infinity;

  const unbounded = ['at', 'constructor', 'entries', 'flat', 'keys', 'values'];
  for (const name of getOwnPropertyNames(Array.prototype)) {
    const original = Array.prototype[name];
    if (typeof original === 'function' && !unbounded.includes(name)) {
      const method = name === 'concat'
        ? { concat(...lists) {
          // All together, because the engine goes through them in one step.
          let items = itemsOf(this);
          for (let i = 0; i < lists.length && items <= MOST_ITEMS; i++) {
            items += itemsOf(lists[i]);
          }
          return items <= MOST_ITEMS ? apply(original, this, lists) : refuseMany();
        } }.concat
        : { [name](...rest) { return isShort(this) ? apply(original, this, rest) : refuseMany(); } }[name];
      defineProperty(method, 'length', { value: original.length });
      defineProperty(Array.prototype, name, { value: method });
    }
  }

  const { from } = Array;
  defineProperty(Array, 'from', {
    value: { from(items, ...rest) {
      if (items !== undefined && items !== null && typeof items[Symbol.iterator] !== 'function'
        && !isShort(items)) {
        throw tooMany();
      }
      return apply(from, this, [items, ...rest]);
    } }.from,
  });
  for (const name of ['keys', 'values', 'entries']) {
    const original = Object[name];
    defineProperty(Object, name, {
      value: { [name](value) {
        if ((typeof value === 'string' || isArray(value)) && value.length > MOST_NAMES) {
          throw tooMany();
        }
        return original(value);
      } }[name],
    });
  }

  // The engine copies the whole text for each letter that becomes several (`ß`), so long texts go piece by piece.
  const PIECE = 1000;
  const high = (text, at) => charAt(text, at) >= '\ud800' && charAt(text, at) <= '\udbff';
  const upper = uncurry(String.prototype.toUpperCase);
  const lower = uncurry(String.prototype.toLowerCase);
  const inPieces = (text, change) => {
    let out = '';
    for (let from = 0; from < text.length;) {
      let to = from + PIECE;
      if (to < text.length && high(text, to - 1)) {
        to++;
      }
      out += change(slice(text, from, to));
      from = to;
    }
    return out;
  };
  const split = uncurry(String.prototype.split);
  const join = uncurry(Array.prototype.join);
  const cased = (name, short, long) => defineProperty(String.prototype, name, {
    value: { [name]() {
      const text = this === undefined || this === null ? short(this) : asString(this);
      return text.length > PIECE ? long(text) : short(text);
    } }[name],
  });
  const longLower = (text) =>
    lower(indexOf(text, '\u0130') >= 0 ? join(split(text, '\u0130'), 'i\u0307') : text);
  for (const name of ['toUpperCase', 'toLocaleUpperCase']) {
    cased(name, upper, (text) => inPieces(text, upper));
  }
  for (const name of ['toLowerCase', 'toLocaleLowerCase']) {
    cased(name, lower, longLower);
  }

  // In ECMAScript, a group is a record without prototype; here it is like any other.
  const { groupBy } = Object;
  Object.groupBy = { groupBy(items, by) { return { ...groupBy(items, by) }; } }.groupBy;

  defineProperty(globalThis, 'structuredClone', {
    value: { structuredClone(value) {
      if (arguments.length === 0) {
        throw new TypeError('structuredClone takes a value');
      }
      return read(write(value, 'what structuredClone is given'));
    } }.structuredClone,
  });

  // ---- 4. across the border

  // Which errors are not the script's own, and what the host calls them.
  const codes = new WeakMap();
  const remember = uncurry(WeakMap.prototype.set);
  const recall = uncurry(WeakMap.prototype.get);

  /** `5,000,000` */
  const grouped = (count) => {
    const digits = `${count}`;
    return digits.length <= 3 ? digits : `${grouped(slice(digits, 0, -3))},${slice(digits, -3)}`;
  };

  const limited = (code, sentence) => {
    const error = new RangeError(sentence);
    remember(codes, error, code);
    return error;
  };

  const isError = (error) => typeof error === 'object' && error !== null && isPrototypeOf(Error.prototype, error);

  const MOST_PARTS = 2000000;

  const isReserved = (name) => {
    if (charAt(name, 0) !== '$') {
      return false;
    }
    let start = 0;
    while (charAt(name, start) === '$') {
      start++;
    }
    const rest = slice(name, start);
    return rest === 'undefined' || rest === 'number' || rest === 'secret';
  };

  const put = (object, name, value) =>
    defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });

  /** What a value of the exact form stands for; changes it in place. */
  function decode(value) {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        put(value, i, decode(value[i]));
      }
      return value;
    }
    const names = keys(value);
    if (names.length === 1) {
      if (names[0] === '$undefined') {
        return undefined;
      }
      if (names[0] === '$number') {
        return +value.$number;
      }
    }
    let renamed = false;
    for (let i = 0; i < names.length; i++) {
      renamed = renamed || isReserved(names[i]);
      put(value, names[i], decode(value[names[i]]));
    }
    if (!renamed) {
      return value;
    }
    const object = {};
    for (let i = 0; i < names.length; i++) {
      put(object, isReserved(names[i]) ? slice(names[i], 1) : names[i], value[names[i]]);
    }
    return object;
  }

  const UNDEFINED = freeze({ $undefined: true });
  const numbers = {};
  for (const text of ['NaN', 'Infinity', '-Infinity', '-0']) {
    numbers[text] = freeze({ $number: text });
  }
  const { '-0': MINUS_ZERO, NaN: NOT_A_NUMBER, Infinity: INFINITE, '-Infinity': BELOW } = numbers;
  const markers = new Set([UNDEFINED, MINUS_ZERO, NOT_A_NUMBER, INFINITE, BELOW]);

  // How many parts the value that is being written may still have, and whether its records may have names that look
  // like those of the exact form.
  let left = 0;
  let renaming = false;
  // What is being written, in words.
  let leaving;
  const again = freeze({});

  // The engine is fast in writing JSON and slow in running what is written here, so JSON.stringify does all it can. In
  // an interpreter a `return` out of the middle costs more than all the rest: hence these conditional expressions.

  /** What JSON.stringify is to write for a value, after it has asked for `toJSON`. */
  function exact(name, value) {
    return --left < 0 ? tooManyParts()
      : name[0] === '$' && !renaming && isReserved(name) && !setHas(markers, this) ? writeAgain()
      : typeof value === 'string' ? value
      : typeof value === 'number' ? exactNumber(value)
      : typeof value === 'object' && value !== null ? exactObject(name, value)
      : typeof value === 'boolean' || value === null ? value
      : value === undefined ? UNDEFINED
      : noValue(name, `a ${typeof value}`, typeof value === 'function' ? 'what it gives when it is called' : 'its description');
  }

  const exactNumber = (value) =>
    value - value === 0 ? (value === 0 && 1 / value < 0 ? MINUS_ZERO : value)
    : value > 0 ? INFINITE : value < 0 ? BELOW : NOT_A_NUMBER;

  const exactObject = (name, value) =>
    !renaming && (getPrototypeOf(value) === ObjectPrototype || isArray(value)) ? value : exactSpecial(name, value);

  const exactSpecial = (name, value) =>
    isPrototypeOf(Number.prototype, value) ? exactNumber(numberOf(value))
    : isPrototypeOf(String.prototype, value) ? stringOf(value)
    : isPrototypeOf(Boolean.prototype, value) ? booleanOf(value)
    : isArray(value) || setHas(markers, value) ? value
    : renaming ? renamed(ordinary(name, value))
    : ordinary(name, value);

  // What JSON.stringify would write without its contents, and what to return instead of it.
  const iterated = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));
  const strange = [
    [PromisePrototype, 'a promise', 'its value: scripts run to their end at once, without await'],
    [Map.prototype, 'a Map', 'Object.fromEntries(map) or [...map]'],
    [Set.prototype, 'a Set', '[...set]'],
    [WeakMap.prototype, 'a WeakMap', 'a record'],
    [WeakSet.prototype, 'a WeakSet', 'a list'],
    [Error.prototype, 'an Error', 'error.message, or throw it'],
    [RegExp.prototype, 'a regular expression', 'its source'],
    [TrueDate.prototype, 'a Date without toJSON', 'date.toISOString()'],
    [getPrototypeOf(Uint8Array.prototype), 'a typed array', '[...array]'],
    [ArrayBuffer.prototype, 'an ArrayBuffer', '[...new Uint8Array(buffer)]'],
    [DataView.prototype, 'a DataView', '[...new Uint8Array(view.buffer)]'],
    [Symbol.prototype, 'a symbol', 'its description'],
    [iterated, 'an iterator', '[...iterator]'],
    [getPrototypeOf(getPrototypeOf(getPrototypeOf((async function* () {})()))), 'an iterator', 'a list'],
  ];
  // Many records of one class are looked at once.
  let seenAsOrdinary;

  /** The record that it is: with its own fields, as JSON has it. */
  const ordinary = (name, value) => {
    const prototype = getPrototypeOf(value);
    if (prototype !== seenAsOrdinary) {
      for (let i = 0; i < strange.length; i++) {
        if (isPrototypeOf(strange[i][0], value)) {
          noValue(name, strange[i][1], strange[i][2]);
        }
      }
      seenAsOrdinary = prototype;
    }
    return value;
  };

  const noValue = (name, kind, instead) => {
    const own = renaming && isReserved(name) ? slice(name, 1) : name;
    const where = own === '' ? leaving : `\`${slice(own, 0, 60)}\` in ${leaving}`;
    throw new TypeError(`${where} is ${kind}, which JSON has no word for; return ${instead}`);
  };

  const { toJSON } = TrueDate.prototype;
  const isNumber = Number.isFinite;
  const timeOf = uncurry(TrueDate.prototype.getTime);
  defineProperty(TrueDate.prototype, 'toJSON', { value: { toJSON(key) {
    if (leaving !== undefined && isPrototypeOf(TrueDate.prototype, this) && !isNumber(timeOf(this))) {
      noValue(key, 'a Date of no time', 'null where there is none');
    }
    return apply(toJSON, this, [key]);
  } }.toJSON });

  /** Names that look like those of the exact form get one more `$`. */
  const renamed = (value) => {
    const names = keys(value);
    const object = {};
    for (let i = 0; i < names.length; i++) {
      put(object, isReserved(names[i]) ? `$${names[i]}` : names[i], value[names[i]]);
    }
    return object;
  };

  const writeAgain = () => {
    throw again;
  };

  /** The text of a value in the exact form: of objects, what JSON.stringify would write. */
  const write = (value, what) => {
    const outer = [left, renaming, leaving];
    left = MOST_PARTS;
    leaving = what;
    seenAsOrdinary = null;
    renaming = false;
    try {
      return stringify(value, exact);
    } catch (error) {
      if (error !== again) {
        throw unwritable(error, what);
      }
      // Rarely: a value with names that look like ours. Each record is looked at before it is written.
      left = MOST_PARTS;
      renaming = true;
      return stringify(value, exact);
    } finally {
      [left, renaming, leaving] = outer;
    }
  };

  const tooManyParts = () => {
    throw limited('limit_size', `more than ${grouped(MOST_PARTS)} values leave this script at once (a fixed limit)`);
  };

  /** What JSON.stringify says, in words of ours. */
  const unwritable = (error, what) => {
    const message = isError(error) ? error.message : '';
    return message === 'Invalid string length'
        ? limited('limit_size', `${what} is longer than ${grouped(longest)} characters of JSON (limit \`evaluation.text\`, set by WEIR_EVALUATION_TEXT)`)
      : message === 'cannot stringify objects nested that deep'
        ? limited('limit_depth', `${what} is nested more than 1,000 deep (a fixed limit)`)
      : message === 'Converting circular structure to JSON' ? new TypeError(`${what} contains itself`)
      : error;
  };

  /** Reads what the host wrote; most texts have nothing in them but JSON. */
  const read = (text) => {
    const value = parse(text);
    return indexOf(text, '"$') >= 0 ? decode(value) : value;
  };

  // ---- functions of the host

  const kinds = freeze({ range_error: RangeError, syntax_error: SyntaxError, uri_error: URIError });

  const failure = (answer) => {
    const { code, message } = parse(slice(answer, 1));
    const error = new (kinds[code] || TypeError)(message);
    remember(codes, error, code);
    return error;
  };

  const hosted = (name) => {
    const what = `what ${slice(name, 0, 3) === '$f_' ? slice(name, 3) : name} is given`;
    const call = { call(...values) {
      const answer = host(name, write(values, what));
      if (charAt(answer, 0) === '!') {
        throw failure(answer);
      }
      return read(answer);
    } }.call;
    return call;
  };

  // What is wrong with a JSON text is told in the same words wherever it is found.
  const complain = hosted('JSON.parse');
  JSON.parse = { parse(text, reviver) {
    const given = asString(text);
    try {
      return parse(given, reviver);
    } catch (error) {
      if (isPrototypeOf(SyntaxError.prototype, error)) {
        complain(given);
      }
      throw error;
    }
  } }.parse;

  // Their last digits are the engine's own affair; these are ours.
  for (const name of ['acosh', 'asinh', 'atanh', 'hypot', 'log2']) {
    Math[name] = hosted(`Math.${name}`);
  }

  const spaces = {};
  for (const fullName of builtIns.split(' ')) {
    const dot = indexOf(fullName, '.');
    if (dot < 0) {
      defineProperty(globalThis, fullName, { value: hosted(fullName) });
      continue;
    }
    const space = slice(fullName, 0, dot);
    if (spaces[space] === undefined) {
      spaces[space] = {};
      defineProperty(globalThis, space, { value: spaces[space] });
    }
    defineProperty(spaces[space], slice(fullName, dot + 1), { value: hosted(fullName), enumerable: true });
  }

  // ---- 3. freeze

  // Frozen prototypes would make `object.toString = …` fail on every object ("override mistake"), so the properties
  // that scripts give their own objects become accessors that let them.
  const repair = (prototype, names) => {
    for (const name of names) {
      const { value } = getOwnPropertyDescriptor(prototype, name) || {};
      if (value === undefined) {
        continue;
      }
      defineProperty(prototype, name, {
        get() { return value; },
        set(own) {
          if (this === prototype) {
            throw new TypeError(`${name} cannot be changed for everybody`);
          }
          put(this, name, own);
        },
      });
    }
  };
  repair(Object.prototype, ['constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable',
    'toLocaleString', 'toString', 'valueOf']);
  repair(Error.prototype, ['constructor', 'message', 'name', 'toString']);
  for (const each of [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError]) {
    repair(each.prototype, ['constructor', 'message', 'name']);
  }
  repair(Array.prototype, ['constructor', 'toString', 'concat', 'join']);
  for (const each of [Number, String, Boolean, TrueDate]) {
    repair(each.prototype, ['constructor', 'toString', 'valueOf']);
  }
  repair(getPrototypeOf(function () {}), ['name', 'toString']);

  const seen = new Set();
  const freezeAll = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || setHas(seen, value)) {
      return;
    }
    setAdd(seen, value);
    // The elements of a typed array cannot be frozen; none is shared.
    freeze(value);
    freezeAll(getPrototypeOf(value));
    for (const key of ownKeys(value)) {
      const property = getOwnPropertyDescriptor(value, key);
      freezeAll(property.value);
      freezeAll(property.get);
      freezeAll(property.set);
    }
  };

  const iterators = [
    [][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
    /a/g[Symbol.matchAll]('a'), 'a'.matchAll(/a/g),
  ];
  for (const each of iterators) {
    freezeAll(each);
    for (const helper of ['map', 'filter', 'take', 'drop', 'flatMap']) {
      if (typeof each[helper] === 'function') {
        freezeAll(each[helper]((x) => x));
        break;
      }
    }
  }
  functions.forEach((each) => {
    freezeAll(each);
    freezeAll(each.prototype);
  });
  freezeAll(functions[1]());
  freezeAll(functions[3]());
  freezeAll((async () => {})());
  freezeAll(getPrototypeOf(Uint8Array));
  freezeAll(hidden);
  freezeAll((function () { return arguments; })());
  freezeAll(globalThis);

  // ---- how the host runs a script

  /** Calls a function with the arguments in a JSON text; gives `=` and a value, or `!` and what went wrong. */
  const run = (script, text) => {
    try {
      return `=${write(apply(script, undefined, read(text)), 'the result of this script')}`;
    } catch (error) {
      return `!${complaint(error)}`;
    }
  };

  /** Nobody reads more than the beginning of what went wrong. */
  const asText = (value) => (typeof value === 'string' ? slice(value, 0, 2000) : '');

  /** The engine's own limits, as it says them. */
  const engineLimit = (message) =>
    message === 'Invalid string length'
      ? limited('limit_size',
        `this script makes a text of more than ${grouped(longest)} characters (limit \`evaluation.text\`, set by WEIR_EVALUATION_TEXT)`)
    : message === 'Too many items'
      ? limited('limit_size', `this script goes through a list of more than ${grouped(MOST_ITEMS)} items at once, or of names of more than ${grouped(MOST_NAMES)} (fixed limits)`)
    : message === 'Maximum call stack size exceeded'
      ? limited('limit_depth', 'a value that this script makes is nested too deep')
    : undefined;

  const complaint = (error) => {
    try {
      if (!isError(error)) {
        return stringify({ name: '', message: typeof error === 'object' ? asText(stringify(error)) : asText(String(error)) });
      }
      const message = asText(error.message);
      const code = recall(codes, error);
      const limit = code === undefined ? engineLimit(message) : undefined;
      return limit === undefined
        ? stringify({ name: asText(error.name), message, stack: asText(error.stack), code })
        : stringify({ name: '', message: limit.message, code: recall(codes, limit) });
    } catch {
      return stringify({ name: '', message: 'something that cannot be shown was thrown' });
    }
  };

  /** Makes the functions that a script's parameters of that name are. */
  const linked = (name) => freeze(hosted(name));

  return freeze([run, linked]);
})
