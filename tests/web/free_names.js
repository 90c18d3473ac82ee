// Say which names each script takes from outside: node --expose-internals free_names.js FILE ...
"use strict";
const fs = require("fs");
const acorn = require("internal/deps/acorn/acorn/dist/acorn");

const bound = (pattern, add) => {
  if (!pattern) return;
  if (pattern.type === "Identifier") add(pattern.name);
  else if (pattern.type === "ObjectPattern") pattern.properties.forEach((p) => bound(p.value || p.argument, add));
  else if (pattern.type === "ArrayPattern") pattern.elements.forEach((element) => bound(element, add));
  else bound(pattern.left || pattern.argument, add);
};

const declared = (statements, names) => {
  for (const node of statements) {
    if (node.type === "VariableDeclaration") node.declarations.forEach((one) => bound(one.id, (name) => names.add(name)));
    if (/^(Function|Class)Declaration$/.test(node.type)) names.add(node.id.name);
  }
  return names;
};

const opened = (node) => {
  if (/Function/.test(node.type)) {
    const names = new Set(["arguments"]);
    node.params.forEach((parameter) => bound(parameter, (name) => names.add(name)));
    if (node.id) names.add(node.id.name);
    return names;
  }
  if (node.type === "BlockStatement" || node.type === "Program") return declared(node.body, new Set());
  if (/^For/.test(node.type)) return declared([node.init || node.left].filter(Boolean), new Set());
  if (node.type === "SwitchStatement") return declared(node.cases.flatMap((one) => one.consequent), new Set());
  if (node.type === "ClassExpression" && node.id) return new Set([node.id.name]);
  if (node.type !== "CatchClause") return null;
  const names = new Set();
  bound(node.param, (name) => names.add(name));
  return names;
};

const walk = (node, scopes, free) => {
  const names = opened(node);
  const inside = names ? [names, ...scopes] : scopes;
  if (node.type === "Identifier" && !inside.some((scope) => scope.has(node.name))) free.add(node.name);
  for (const key of Object.keys(node)) {
    const named = { MemberExpression: "property", Property: "key", MethodDefinition: "key" }[node.type] === key;
    const label = /^(Labeled|Break|Continue)Statement$/.test(node.type) && key === "label";
    if ((named && !node.computed) || label) continue;
    for (const child of [].concat(node[key])) if (child && child.type) walk(child, inside, free);
  }
  return free;
};

const told = process.argv.slice(2).map((file) => {
  const tree = acorn.parse(fs.readFileSync(file, "utf8"), { ecmaVersion: 2020, sourceType: "script" });
  return Array.from(walk(tree, [], new Set())).sort();
});
process.stdout.write(JSON.stringify(told));
