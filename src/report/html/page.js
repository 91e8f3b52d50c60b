"use strict";
// Everything here only adds to a page that is complete without it. Text of articles is moved as text, never as markup.
(() => {
  const by = (id) => document.getElementById(id);
  const { records, gate } = JSON.parse(by("data").textContent);
  const items = Array.from(document.querySelectorAll("li.f"));
  const texts = document.querySelector(".texts");
  const decisions = new Map();
  const terms = new Map();
  const last = { reason: "", by: "", role: "", scope: "finding", expires: "" };
  const words = { accept: "accepted", "false-alarm": "false alarm", "wont-fix": "won’t be fixed", fixed: "fixed" };
  let at = -1;
  let narrow = null;
  let unsaved = false;

  document.documentElement.classList.add("js");
  by("bar").hidden = false;

  // An element with text and attributes. The only way anything is put on the page.
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const visible = () => items.filter((item) => !item.hidden);
  const marks = (index) => document.querySelectorAll(`mark[data-f~="${index}"]`);

  // Filters.
  const filters = { check: by("by-check"), severity: by("by-severity"), pair: by("by-pair") };
  const filter = () => {
    const wanted = by("by-text").value.trim().toLowerCase();
    const state = by("by-state").value;
    let shown = 0;
    items.forEach((item, index) => {
      const fits = Object.entries(filters).every(([name, box]) => !box.value || item.dataset[name] === box.value)
        && (!state || (state === "decided") === decisions.has(index))
        && (!wanted || item.textContent.toLowerCase().includes(wanted))
        && (!narrow || item.dataset.rows.split(" ").some((row) => narrow.has(row)));
      item.hidden = !fits;
      shown += fits;
    });
    document.querySelectorAll(".findings ol").forEach((list) => {
      const none = !list.querySelector("li:not([hidden])");
      list.hidden = none;
      if (list.previousElementSibling) list.previousElementSibling.hidden = none;
    });
    by("shown").textContent = `${shown} of ${items.length}` + (decisions.size ? `, ${decisions.size} decided` : "");
    by("export").disabled = !decisions.size;
    by("terms").disabled = !terms.size;
  };
  for (const id of ["by-check", "by-severity", "by-pair", "by-state"]) by(id).addEventListener("change", filter);
  by("by-text").addEventListener("input", filter);

  // The list.
  const leave = () => {
    if (at < 0) return;
    const item = items[at];
    item.classList.remove("on");
    item.querySelectorAll(".acts, .ask").forEach((part) => part.remove());
    document.querySelectorAll("mark.on, .row.here").forEach((part) => part.classList.remove("on", "here"));
    at = -1;
  };
  const select = (index, show = true) => {
    leave();
    at = index;
    const item = items[index];
    item.hidden = false;
    item.classList.add("on");
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    const acts = make("p", "", { class: "acts" });
    const act = (text, key, run) => {
      const button = make("button", text, { type: "button", title: `key ${key}` });
      button.addEventListener("click", run);
      acts.append(button);
    };
    act("Accept", "a", () => ask("accept"));
    act("False alarm", "f", () => ask("false-alarm"));
    act("Won’t fix", "w", () => ask("wont-fix"));
    act("Fixed", "x", () => decide("fixed", { ...last, reason: "fixed in the text", scope: "finding", expires: "" }));
    act("Add to terms", "t", term);
    if (decisions.has(index) || terms.has(index)) act("Undo", "u", undo);
    if (gate) acts.append(make("a", "Link", { href: `/?report=${gate.report}&finding=${encodeURIComponent(records[index].fingerprint)}` }));
    item.append(acts);
    item.scrollIntoView({ block: "nearest" });
    marks(index).forEach((mark) => mark.classList.add("on"));
    if (show) reveal();
  };
  const reveal = () => {
    if (at < 0) return;
    const rows = items[at].dataset.rows.split(" ").map(by).filter(Boolean);
    rows.forEach((row) => {
      row.classList.add("here");
      const fold = row.closest("details");
      if (fold) fold.open = true;
    });
    // Where texts stand below the list, only who asks is taken there.
    if (rows[0] && matchMedia("(min-width: 72rem)").matches) rows[0].scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const shown = visible();
    if (!shown.length) return;
    const here = at < 0 ? -1 : shown.indexOf(items[at]);
    const next = here < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(here + by, 0), shown.length - 1);
    select(items.indexOf(shown[next]));
  };

  // Decisions.
  const ask = (decision) => {
    if (at < 0) return;
    const item = items[at];
    item.querySelectorAll(".ask").forEach((part) => part.remove());
    const form = make("form", "", { class: "ask" });
    const field = (label, name, type, value) => {
      const wrap = make("label", `${label} `);
      const input = make("input", "", { name, type });
      input.value = value;
      wrap.append(input);
      form.append(wrap);
      return input;
    };
    form.append(make("strong", `${words[decision]}:`));
    const reason = make("input", "", { name: "reason", type: "text", required: "", placeholder: "why (needed)", "aria-label": "reason" });
    reason.value = last.reason;
    form.append(reason);
    const scope = make("select", "", { name: "scope", "aria-label": "how far it reaches" });
    for (const [value, text] of [["finding", "this one"], ["document", "in this text"], ["pair", "in these languages"], ["everywhere", "everywhere"]]) {
      scope.append(make("option", text, { value }));
    }
    scope.value = last.scope;
    form.append(scope);
    // Whom the gate knows need not say so.
    const author = gate?.who ? { value: "" } : field("by", "by", "text", last.by);
    // To publish in spite of a block takes a role.
    const role = records[at].severity === "critical" && !gate?.who ? field("as", "role", "text", last.role) : null;
    if (role) role.required = true;
    const expires = field("until", "expires", "date", "");
    form.append(make("button", "Save", { type: "submit" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!reason.value.trim()) return;
      Object.assign(last, { reason: reason.value.trim(), scope: scope.value, by: author.value.trim() });
      if (role) last.role = role.value.trim();
      decide(decision, { ...last, role: role ? last.role : "", expires: expires.value });
    });
    item.append(form);
    reason.focus();
    reason.select();
  };
  const stamp = () => new Date().toISOString().slice(0, 19) + "Z";
  const show = (index) => {
    const item = items[index];
    item.querySelectorAll(".d").forEach((part) => part.remove());
    const decided = decisions.get(index);
    item.classList.toggle("decided", Boolean(decided));
    const said = [];
    if (decided) said.push(`${words[decided.decision]}: ${decided.reason}`);
    if (terms.has(index)) said.push(`term: ${terms.get(index).join(" = ")}`);
    if (said.length) item.querySelector(".w").before(make("p", said.join(" · "), { class: "d", dir: "auto" }));
  };
  // Behind a gate every decision is kept at once; review.js does it.
  const tell = (index, decided) => {
    if (!gate) return;
    document.dispatchEvent(new CustomEvent("recto-decided", { detail: { item: items[index], fingerprint: records[index].fingerprint, ...decided } }));
  };
  // One key: with the reason that was given last.
  const quick = (decision) => {
    if (at >= 0) decide(decision, { ...last, reason: last.reason || `${words[decision]}, by the look of it`, expires: "" });
  };
  const decide = (decision, { reason, scope, by, role, expires }) => {
    if (at < 0) return;
    const index = at;
    const shown = visible();
    const next = shown.slice(shown.indexOf(items[index]) + 1).find((item) => !item.classList.contains("decided"));
    decisions.set(index, { at: stamp(), decision, reason, scope, by, role, expires });
    show(index);
    unsaved = !gate;
    tell(index, decisions.get(index));
    keep();
    filter();
    if (next) select(items.indexOf(next)); else select(index, false);
  };
  const undo = () => {
    if (at < 0) return;
    const decided = decisions.get(at);
    if (decided && decided.decision !== "fixed") tell(at, { ...decided, decision: "fixed", reason: "taken back", expires: "" });
    decisions.delete(at);
    terms.delete(at);
    show(at);
    keep();
    filter();
    select(at, false);
  };
  const term = () => {
    if (at < 0) return;
    const sides = [[], []];
    marks(at).forEach((mark) => {
      const cell = mark.closest(".c");
      const cells = Array.from(cell.parentElement.querySelectorAll(".c"));
      sides[cells.length > 1 ? cells.indexOf(cell) : 1].push([mark.textContent.replace(/\s+/g, " ").trim(), cell.lang]);
    });
    const first = (side) => side[0] || ["", ""];
    const [source, target] = [first(sides[0]), first(sides[1])];
    if (!source[0] && !target[0]) return;
    const pair = records[at].pair || "";
    terms.set(at, [source[0], target[0], source[1], target[1] || pair]);
    show(at);
    filter();
    select(at, false);
  };

  // One record a fault: a later line about the same fault replaces an earlier one.
  const lines = () => {
    const faults = new Map();
    for (const [index, decided] of decisions) {
      const known = records[index];
      const place = { finding: known.document, document: known.document, pair: known.pair }[decided.scope] || "";
      const key = JSON.stringify([known.check, known.source || [], known.target || [], decided.scope, place]);
      const before = faults.get(key);
      faults.set(key, { known, decided, count: before ? before.count + 1 : known.count });
    }
    return Array.from(faults.values(), ({ known, decided, count }) => {
      const line = { v: 1, at: decided.at };
      if (decided.by) line.by = decided.by;
      if (decided.role) line.role = decided.role;
      Object.assign(line, { decision: decided.decision, scope: decided.scope, check: known.check });
      for (const name of ["document", "pair", "source", "target"]) if (known[name]) line[name] = known[name];
      line.count = count;
      line.reason = decided.reason;
      if (decided.expires) line.expires = decided.expires;
      for (const name of ["fingerprint", "severity", "confidence", "source_sha256", "target_sha256", "tool"]) {
        if (known[name] !== undefined) line[name] = known[name];
      }
      return JSON.stringify(line) + "\n";
    }).join("");
  };
  const save = (name, type, text) => {
    const link = make("a", "", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  by("export").addEventListener("click", () => {
    save("decisions.ndjson", "application/x-ndjson", lines());
    unsaved = false;
  });
  by("terms").addEventListener("click", () => {
    const rows = Array.from(terms.values(), (row) => row.map((cell) => cell.replace(/[\t\r\n]/g, " ")).join("\t"));
    save("terms.tsv", "text/tab-separated-values", ["source\ttarget\tsource_lang\ttarget_lang", ...rows].join("\n") + "\n");
  });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // What was decided stays when the page is opened again; reasons only, no text of the article.
  const key = "recto:" + records.length + ":" + records.slice(0, 8).map((record) => record.fingerprint).join("");
  const keep = () => {
    if (gate) return;
    try { localStorage.setItem(key, JSON.stringify(Array.from(decisions))); } catch { /* not every browser lets a file */ }
  };
  try {
    for (const [index, decided] of JSON.parse((!gate && localStorage.getItem(key)) || "[]")) {
      if (items[index]) { decisions.set(index, decided); show(index); }
    }
  } catch { /* nothing kept */ }

  // Names.
  const clear = () => {
    narrow = null;
    texts.classList.remove("narrow");
    document.querySelectorAll(".row.keep").forEach((row) => row.classList.remove("keep"));
    document.querySelectorAll("tr.on").forEach((row) => { row.classList.remove("on"); row.setAttribute("aria-pressed", "false"); });
  };
  const name = (row) => {
    const again = row.classList.contains("on");
    clear();
    if (!again) {
      narrow = new Set(row.dataset.rows.split(" "));
      narrow.forEach((id) => by(id)?.classList.add("keep"));
      texts.classList.add("narrow");
      row.classList.add("on");
      row.setAttribute("aria-pressed", "true");
    }
    filter();
  };
  document.querySelectorAll("tr[data-rows]").forEach((row) => {
    row.tabIndex = 0;
    row.setAttribute("role", "button");
    row.setAttribute("aria-pressed", "false");
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    const item = event.target.closest("li.f");
    const row = event.target.closest("tr[data-rows]");
    if (mark) select(Number(mark.dataset.f.split(" ")[0]), false);
    else if (row) name(row);
    else if (item && !event.target.closest("a, button, form") && items.indexOf(item) !== at) select(items.indexOf(item));
  });
  by("help").addEventListener("click", () => {
    by("keys").hidden = !by("keys").hidden;
    by("help").setAttribute("aria-expanded", String(!by("keys").hidden));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (items[at]?.querySelector(".ask")) { select(at, false); return; }
      by("by-text").value = "";
      clear();
      leave();
      filter();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "Enter" || event.key === " ") {
      const row = event.target.closest("tr[data-rows]");
      if (row) { event.preventDefault(); name(row); }
      else if (event.key === "Enter" && at >= 0 && !event.target.closest("a, button")) {
        const rows = items[at].dataset.rows.split(" ").map(by).filter(Boolean);
        if (rows[0]) rows[0].scrollIntoView({ block: "center" });
      }
      return;
    }
    const keys = {
      j: () => step(1), k: () => step(-1), A: () => quick("accept"), F: () => quick("false-alarm"), W: () => quick("wont-fix"),
      a: () => ask("accept"), f: () => ask("false-alarm"), w: () => ask("wont-fix"),
      x: () => decide("fixed", { ...last, reason: "fixed in the text", scope: "finding", expires: "" }),
      t: term, u: undo, "/": () => by("by-text").focus(), "?": () => by("help").click(),
    };
    const run = keys[event.key];
    if (run) { event.preventDefault(); run(); }
  });
  document.addEventListener("recto-select", (event) => select(event.detail));
  filter();
})();
