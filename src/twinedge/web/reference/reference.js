// Draws /v1/openapi.json as a page. Everything comes from this server; nothing is set as HTML.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
let spec;

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Text in which `code` and **strong** are marked, as descriptions are written.
function marked(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.length > 2 && part.startsWith("`")) return make("code", {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**")) return make("strong", {}, part.slice(2, -2));
    return part;
  });
}

function words(text) {
  return make("div", { class: "words" }, ...marked(text));
}

function resolve(schema) {
  for (let hops = 0; schema && schema.$ref && hops < 20; hops += 1) {
    const found = schema.$ref.split("/").slice(1).reduce((at, key) => at && at[key], spec);
    schema = { ...found, ...schema, $ref: undefined };
  }
  return schema || {};
}

function kind(schema) {
  const name = schema.$ref ? schema.$ref.split("/").pop() : "";
  const s = resolve(schema);
  const choices = s.anyOf || s.oneOf;
  if (choices) return [...new Set(choices.map(kind))].join(" or ");
  if (s.const !== undefined) return JSON.stringify(s.const);
  if (s.enum) return s.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (s.type === "array") return `list of ${kind(s.items || {})}`;
  const type = Array.isArray(s.type) ? s.type.join(" or ") : s.type;
  return s.format || (type === "object" && name) || type || name || "any";
}

function limits(schema) {
  const s = resolve(schema);
  const told = [];
  const names = {
    minimum: "≥", maximum: "≤", exclusiveMinimum: ">", exclusiveMaximum: "<",
    minLength: "length ≥", maxLength: "length ≤", minItems: "items ≥", maxItems: "items ≤", pattern: "pattern",
  };
  for (const [key, sign] of Object.entries(names)) if (s[key] !== undefined) told.push(`${sign} ${s[key]}`);
  if (s.default !== undefined && s.default !== null) told.push(`default ${JSON.stringify(s.default)}`);
  if (s.examples && s.examples.length) told.push(`e.g. ${JSON.stringify(s.examples[0])}`);
  return told.join(", ");
}

// The fields of an object, or of the objects a list or a choice is made of.
function fields(schema, depth) {
  const s = resolve(schema);
  if (depth > 6) return null;
  if (s.type === "array" && s.items) return fields(s.items, depth);
  const choices = (s.anyOf || s.oneOf || []).filter((choice) => resolve(choice).type !== "null");
  if (choices.length === 1) return fields(choices[0], depth);
  if (choices.length > 1) {
    const lists = choices.map((choice) => [choice, fields(choice, depth + 1)]).filter(([, list]) => list);
    if (!lists.length) return null;
    return make("div", {}, ...lists.map(([choice, list]) =>
      make("details", {}, make("summary", {}, kind(choice)), list)));
  }
  if (!s.properties) return null;
  const items = Object.entries(s.properties).map(([name, property]) => {
    const told = limits(property);
    const description = resolve(property).description;
    const item = make("li", {}, make("code", {}, name), " ", make("span", { class: "kind" }, kind(property)));
    if ((s.required || []).includes(name)) item.append(" ", make("span", { class: "must" }, "required"));
    if (told) item.append(" ", make("span", { class: "kind" }, `(${told})`));
    if (description) item.append(words(description));
    const inner = fields(property, depth + 1);
    if (inner) item.append(make("details", {}, make("summary", { class: "kind" }, "fields"), inner));
    return item;
  });
  return make("ul", { class: "schema" }, ...items);
}

function example(schema, depth) {
  const s = resolve(schema);
  if (s.examples && s.examples.length) return s.examples[0];
  if (s.example !== undefined) return s.example;
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[0];
  if (s.default !== undefined && s.default !== null) return s.default;
  const choices = s.anyOf || s.oneOf;
  if (choices) return example(choices[0], depth);
  if (s.type === "array") return depth > 4 ? [] : [example(s.items || {}, depth + 1)];
  if (s.type === "object" || s.properties) {
    const needed = s.required || [];
    const names = Object.keys(s.properties || {}).filter((name) => depth > 4 ? false : needed.includes(name));
    return Object.fromEntries(names.map((name) => [name, example(s.properties[name], depth + 1)]));
  }
  return { integer: 1, number: 1.5, boolean: true, string: "text" }[s.type] ?? null;
}

function curl(path, method, operation) {
  const lines = [`curl -X ${method.toUpperCase()} ${location.origin}${path}`];
  if (!operation.security || operation.security.length) lines.push('-H "Authorization: Bearer $TWINEDGE_API_KEY"');
  const content = operation.requestBody && operation.requestBody.content;
  const json = content && content["application/json"];
  if (json) {
    const body = JSON.stringify(json.example ?? example(json.schema || {}, 0));
    lines.push("-H 'Content-Type: application/json'", `-d '${body.replaceAll("'", "'\\''")}'`);
  } else if (content && content["multipart/form-data"]) {
    lines.push("-F 'file=@data.csv'");
  }
  return lines.join(" \\\n  ");
}

function parameters(list) {
  const rows = list.map((given) => {
    const parameter = resolve(given);
    const schema = parameter.schema || {};
    const name = make("td", {}, make("code", {}, parameter.name));
    if (parameter.required) name.append(" ", make("span", { class: "must" }, "required"));
    const type = [kind(schema), limits(schema)].filter(Boolean).join(", ");
    const told = parameter.description || resolve(schema).description || "";
    return make("tr", {}, name, make("td", {}, parameter.in), make("td", {}, type), make("td", {}, words(told)));
  });
  const head = make("tr", {}, ...["Name", "In", "Type", "Meaning"].map((text) => make("th", { scope: "col" }, text)));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
}

function bodies(content) {
  return Object.entries(content || {}).map(([type, media]) =>
    make("div", {}, make("code", {}, type), " ", make("span", { class: "kind" }, kind(media.schema || {})),
      fields(media.schema || {}, 0)));
}

function answers(responses) {
  return Object.entries(responses || {}).sort().map(([status, given]) => {
    const response = resolve(given);
    const summary = make("summary", {}, make("code", {}, status), " ", ...marked(response.description || ""));
    return make("details", {}, summary, ...bodies(response.content));
  });
}

function article(id, path, method, operation) {
  const node = make("article", { id },
    make("h3", {}, operation.summary || path),
    make("div", { class: "line" }, make("span", { class: `method ${method}` }, method.toUpperCase()), " ", path));
  const open = operation.security && !operation.security.length;
  const scope = open ? "needs no key" : operation["x-scope"] ? `scope ${operation["x-scope"]}` : "any key";
  node.append(make("div", { class: "scope" }, scope));
  const told = (operation.description || "").replace(/\n*Scope: `[^`]+`$/, "");
  if (told) node.append(words(told));
  if (operation.parameters && operation.parameters.length) node.append(make("h4", {}, "Parameters"), parameters(operation.parameters));
  if (operation.requestBody) node.append(make("h4", {}, "Body"), ...bodies(resolve(operation.requestBody).content));
  node.append(make("h4", {}, "Answers"), ...answers(operation.responses));
  node.append(make("h4", {}, "Example"), make("pre", { tabindex: "0" }, curl(path, method, operation)));
  return node;
}

function draw() {
  const groups = new Map();
  for (const [path, operations] of Object.entries(spec.paths)) {
    for (const method of METHODS.filter((name) => operations[name])) {
      const operation = operations[method];
      const tag = (operation.tags || ["Other"])[0];
      const id = `${method}-${path.replace(/[^A-Za-z0-9]+/g, "-")}`;
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push({ id, path, method, operation });
    }
  }
  document.getElementById("version").textContent = spec.info.version;
  const main = document.getElementById("content");
  main.replaceChildren(make("h2", { class: "tag" }, "Overview"), words(spec.info.description || ""),
    make("p", {}, "The document for tools: ", make("a", { href: "/v1/openapi.json" }, "/v1/openapi.json"), "."));
  const menu = document.getElementById("menu");
  for (const [tag, list] of groups) {
    const links = list.map(({ id, path, method, operation }) => {
      const link = make("a", { href: `#${id}` }, make("span", { class: `method ${method}` }, method.toUpperCase()),
        make("span", {}, operation.summary || path));
      const item = make("li", {}, link);
      item.dataset.text = `${tag} ${method} ${path} ${operation.summary || ""}`.toLowerCase();
      return item;
    });
    menu.append(make("section", {}, make("h2", {}, tag), make("ul", {}, ...links)));
    main.append(make("h2", { class: "tag" }, tag), ...list.map((o) => article(o.id, o.path, o.method, o.operation)));
  }
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" });
}

function search(event) {
  const wanted = event.target.value.trim().toLowerCase().split(/\s+/);
  for (const section of document.querySelectorAll("#menu section")) {
    const items = [...section.querySelectorAll("li")];
    for (const item of items) item.hidden = !wanted.every((word) => item.dataset.text.includes(word));
    section.hidden = items.every((item) => item.hidden);
  }
}

async function start() {
  const field = document.getElementById("search");
  field.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    }
  });
  try {
    const response = await fetch("/v1/openapi.json");
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    spec = await response.json();
    draw();
  } catch (error) {
    document.getElementById("state").textContent = `The reference could not be loaded: ${error.message}. Reload the page to try again.`;
  }
}

start();
