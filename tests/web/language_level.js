// Say what in a script is newer than Chrome 80: node --expose-internals language_level.js FILE ...
"use strict";
const fs = require("fs");
const acorn = require("internal/deps/acorn/acorn/dist/acorn");

const METHODS = new Set([
  "replaceAll", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with", "groupBy", "hasOwn",
  "any", "waitAsync", "randomUUID", "replaceChildren", "requestSubmit", "checkVisibility", "showModal", "showPopover",
  "throwIfAborted", "timeout", "isWellFormed", "withResolvers", "difference", "intersection", "union", "databases",
]);
const GLOBALS = new Set([
  "structuredClone", "AggregateError", "WeakRef", "FinalizationRegistry", "CompressionStream", "DecompressionStream",
  "BarcodeDetector", "navigation", "reportError", "scheduler", "URLPattern", "Iterator",
]);

const found = [];

// Our own journal has a method of that name; nobody asks it for something from behind.
const countsFromBehind = (node) =>
  node.type === "CallExpression" && node.callee.type === "MemberExpression" && node.callee.property.name === "at" &&
  node.arguments.some((argument) => argument.type === "UnaryExpression" && argument.operator === "-");

const look = (node, parent, file) => {
  if (!node || typeof node.type !== "string") return;
  if (countsFromBehind(node)) found.push(file + ": .at");
  const name = node.type === "Identifier" ? node.name : "";
  const isMember = parent && parent.type === "MemberExpression" && parent.property === node && !parent.computed;
  const isKey = parent && parent.type === "Property" && parent.key === node && !parent.computed;
  if (isMember && METHODS.has(name)) found.push(file + ": ." + name);
  if (!isMember && !isKey && GLOBALS.has(name)) found.push(file + ": " + name);
  for (const key of Object.keys(node)) {
    for (const child of [].concat(node[key])) {
      if (child && typeof child === "object") look(child, node, file);
    }
  }
};

for (const file of process.argv.slice(2)) {
  try {
    look(acorn.parse(fs.readFileSync(file, "utf8"), { ecmaVersion: 2020, sourceType: "script" }), null, file);
  } catch (fault) {
    found.push(file + ": " + fault.message);
  }
}
process.stdout.write(JSON.stringify(found));
