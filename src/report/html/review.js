"use strict";
// What the page can do behind a gate: keep decisions, and have two texts checked. Text is moved as text, never as markup.
(() => {
  const by = (id) => document.getElementById(id);
  const { gate, records } = JSON.parse(by("data").textContent);
  const status = by("said");
  const trouble = by("trouble");
  const say = (text) => { status.textContent = text; };
  const complain = (text) => { trouble.textContent = text; };
  const post = async (path, value) => {
    const answer = await fetch(path, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value), credentials: "same-origin",
    });
    const reply = await answer.json().catch(() => ({ message: `the gate answered ${answer.status}` }));
    if (!answer.ok) throw new Error(reply.message);
    return reply;
  };

  // Decisions are kept one after the other, in the order in which they were taken.
  let queue = Promise.resolve();
  let pending = 0;
  document.addEventListener("recto-decided", (event) => {
    const { item, fingerprint, decision, scope, reason, expires, by: author, role } = event.detail;
    const asked = { report: gate.report, fingerprint, decision, scope, reason };
    if (expires) asked.expires = expires;
    if (author && !gate.who) asked.by = author;
    if (role && !gate.who) asked.role = role;
    pending += 1;
    item.dataset.kept = "under way";
    queue = queue.then(() => post("/v1/decisions", asked)).then(() => {
      item.dataset.kept = "yes";
      complain("");
      const left = document.querySelectorAll("li.f:not(.decided)").length;
      say(left ? `Saved. ${left} left to decide.` : "Saved. Everything is decided.");
    }, (error) => {
      item.dataset.kept = "no";
      complain(`Not saved: ${error.message}.`);
    }).then(() => { pending -= 1; });
  });
  addEventListener("beforeunload", (event) => { if (pending) event.preventDefault(); });

  const wanted = new URLSearchParams(location.search).get("finding");
  const index = wanted ? records.findIndex((record) => record.fingerprint === wanted) : -1;
  if (index >= 0) document.dispatchEvent(new CustomEvent("recto-select", { detail: index }));

  // Two texts, pasted, dropped or chosen.
  const form = by("give");
  const kinds = { html: "html", htm: "html", xhtml: "html", md: "markdown", markdown: "markdown", json: "ninjs" };
  const take = async (side, file) => {
    if (file.size > gate.most) { complain(`${file.name} is larger than this gate takes.`); return; }
    by(`give-${side}`).value = await file.text();
    by(`give-${side}-as`).value = kinds[file.name.split(".").pop().toLowerCase()] || "text";
    form.dataset[side] = file.name;
    say(`${file.name} is the ${side === "source" ? "source" : "translation"}.`);
  };
  for (const side of ["source", "target"]) {
    const box = by(`give-${side}`);
    by(`give-${side}-file`).addEventListener("change", (event) => { if (event.target.files[0]) take(side, event.target.files[0]); });
    box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      box.classList.remove("over");
      const [file] = event.dataTransfer.files;
      if (file) { event.preventDefault(); take(side, file); }
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  }
  // A file that misses its box must not take the page away.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  const given = (side) => {
    const value = by(`give-${side}`).value;
    if (!value.trim()) return null;
    const kind = by(`give-${side}-as`).value;
    const text = { [kind]: kind === "ninjs" ? JSON.parse(value) : value };
    if (form.dataset[side]) text.name = form.dataset[side].slice(0, 200);
    if (by(`give-${side}-language`).value) text.language = by(`give-${side}-language`).value;
    return text;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain("");
    try {
      const source = given("source");
      const target = given("target");
      if (!target) { complain("There is no translation to check."); by("give-target").focus(); return; }
      say("Checking …");
      const reply = await post("/v1/check", source ? { source, target } : { target });
      location.assign(reply.review);
    } catch (error) {
      say("");
      complain(`Not checked: ${error.message}.`);
    }
  });
})();
