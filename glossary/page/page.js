"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byID = new Map(data.terms.map((t) => [t.id, t]));
  const $ = (id) => document.getElementById(id);
  let lang = "en";

  // The language: from the address, from the last visit, or from the browser.
  const say = (text) => (text ? text[lang] || text.en || "" : "");
  const word = (name) => say(data.words[name]);
  const name = (t) => say(t.name);

  function stored() {
    try { return localStorage.getItem("lang"); } catch { return null; }
  }

  function setLang(l) {
    lang = l === "ja" ? "ja" : "en";
    try { localStorage.setItem("lang", lang); } catch { /* a private window */ }
    document.documentElement.lang = lang;
    $("skip").textContent = word("skip");
    $("query-label").textContent = word("search");
    $("results").setAttribute("aria-label", word("results"));
    $("langs").setAttribute("aria-label", word("language"));
    for (const l of ["en", "ja"]) $("lang-" + l).setAttribute("aria-pressed", String(l === lang));
  }

  // Elements are built, never parsed: no text of a term is HTML.
  function el(tag, attributes, ...children) {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes || {})) if (v !== undefined && v !== null) e.setAttribute(k, v);
    e.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ""));
    return e;
  }

  // Text between backticks is code.
  const marked = (text) => text.split("`").map((part, i) => (i % 2 ? el("code", null, part) : part));
  const link = (t, text, attributes) => el("a", { href: "#" + t.id, ...attributes }, text || name(t));

  // Search. The keys of the terms were folded by the program that wrote this page; a query is
  // folded the same way here.
  const long = "ー";
  const isKana = (c) => /[\u30a0-\u30ff\u3040-\u309f]/.test(c);
  const isDash = (c) => /[-‐-―−─]/.test(c);

  function fold(s) {
    const chars = [...[...s].slice(0, 256).join("").normalize("NFKC").toLowerCase()].map((c) =>
      /[ぁ-ゖゝゞ]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0x60) : c);
    let out = "";
    chars.forEach((c, i) => {
      if (c === long || isDash(c)) {
        if (c === long || (i > 0 && i + 1 < chars.length && isKana(chars[i - 1]) && isKana(chars[i + 1]))) out += long;
      } else if (/[\p{L}\p{Nd}]/u.test(c)) out += c;
    });
    return out.normalize("NFKC").replace(/ー+$/, "");
  }

  const vowels = { ア: "アカガサザタダナハバパマヤラワ", イ: "イキギシジチニヒビピミリエケゲセゼテデネヘベペメレ", ウ: "ウクグスズツヌフブプムユルオコゴソゾトドノホボポモヨロ", エ: "エケゲセゼテデネヘベペメレ", オ: "オコゴソゾトドノホボポモヨロ" };
  const sameSound = { ヂ: "ジ", ヅ: "ズ", ヴ: "ブ", ヲ: "オ" };
  const small = "ァィゥェォャュョヮ";
  const bRow = { ア: "バ", イ: "ビ", エ: "ベ", オ: "ボ" };

  // loose drops what Japanese readers mix up: long vowels, small letters, doubled sounds.
  function loose(key) {
    const out = [];
    for (let c of key) {
      if (c === long || c === "ッ") continue;
      c = sameSound[c] || c;
      if (small.includes(c)) c = String.fromCharCode(c.charCodeAt(0) + 1);
      const last = out[out.length - 1];
      if (last && vowels[c] && vowels[c].includes(last)) continue;
      if (last === "ブ" && bRow[c]) { out[out.length - 1] = bRow[c]; continue; }
      out.push(c);
    }
    return out.join("");
  }

  const romajiPairs = data.romaji;
  const romajiForms = new RegExp(Object.keys(romajiPairs).sort((a, b) => b.length - a.length).join("|"), "g");

  function romaji(key) {
    const s = key.replace(romajiForms, (m) => romajiPairs[m]);
    let out = "";
    for (let i = 0; i < s.length; i++) {
      const c = s[i] === "m" && (s[i + 1] === "b" || s[i + 1] === "p") ? "n" : s[i];
      const last = out[out.length - 1];
      if (last === c || (last === "o" && c === "u")) continue;
      out += c;
    }
    return out;
  }

  const maxEdits = (n) => (n < 3 ? 0 : n <= 5 ? 1 : n <= 12 ? 2 : 3);

  // distance counts edits: insert, delete, change, or swap two neighbours; more than limit is
  // limit+1.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let best = i;
      for (let j = 1; j <= b.length; j++) {
        let d = Math.min(last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
        row.push(d);
        best = Math.min(best, d);
      }
      if (best > limit) return limit + 1;
      before = last;
      last = row;
    }
    return Math.min(last[b.length], limit + 1);
  }

  let texts; // the folded summaries, made when a search first needs them
  const summaries = () => (texts = texts || data.terms.map((t) => fold(t.summary.en) + " " + fold(t.summary.ja)));

  // score says how well a term fits: the name, its sound, its beginning, a part, a misspelling.
  function score(t, q, sound, latin) {
    let best = 0;
    t.keys.forEach((k, i) => {
      const rank = i === 0 ? 4 : i < t.names ? 3 : 0; // a name before an alias
      if (k === q) best = Math.max(best, 100 + rank);
      else if (k.startsWith(q)) best = Math.max(best, 70 + rank + (10 * q.length) / k.length);
      else if (q.length > 1 && k.length <= 40 && k.includes(q)) best = Math.max(best, 50 + rank + (10 * q.length) / k.length);
    });
    if (best >= 100) return best;
    if ((sound && t.sounds.includes(sound)) || (latin && t.latin.includes(latin))) return 95;
    if (q.length >= 3 && q.length <= 40) {
      const limit = maxEdits(q.length);
      for (const k of t.keys) {
        if (k.length < 3 || k.length > 40) continue;
        const d = distance(q, k, limit);
        if (d <= limit) best = Math.max(best, 90 - (60 * d) / Math.max(q.length, k.length));
      }
    }
    return best;
  }

  // find returns the terms that a text may mean, best first, each with its score.
  function find(text) {
    const q = fold(text);
    if (!q) return [];
    const kana = [...q].some(isKana);
    const sound = kana && loose(q).length > 1 ? loose(q) : "";
    const latin = /^[a-z0-9]+$/.test(q) && q.length > 2 ? romaji(q) : "";
    const found = [];
    data.terms.forEach((t, i) => {
      const s = score(t, q, sound, latin) || (q.length > 1 && summaries()[i].includes(q) ? 20 : 0);
      if (s > 0) found.push([s, t]);
    });
    if (!found.length) {
      const words = text.split(/[\s、。,?？]+/).filter((w) => fold(w).length > 2);
      if (words.length > 1) {
        const all = new Map();
        for (const w of words) for (const [s, t] of find(w)) all.set(t, (all.get(t) || 0) + s);
        for (const [t, s] of all) found.push([s, t]);
      }
    }
    return found.sort((a, b) => b[0] - a[0] || a[1].tier - b[1].tier || a[1].name.en.localeCompare(b[1].name.en));
  }

  const maxHits = 30;

  function showHits() {
    const text = $("query").value.trim();
    const found = text ? find(text) : [];
    $("hits").replaceChildren(...found.slice(0, maxHits).map(([, t]) =>
      el("li", null, link(t, [el("strong", null, name(t)), say(t.summary)]))));
    $("results").hidden = !found.length;
    $("status").textContent = !text ? "" : found.length ? word("found").replace("%d", found.length) : word("nothing");
  }

  // Pictures.
  function life(l, here) {
    const list = el("ol", { class: "life" });
    const shown = (s) => s.text || byID.get(s.term).name.en;
    const entry = (s, cls) => {
      const attributes = { class: cls, lang: "en" };
      if (s.term === here) return el("span", { ...attributes, "aria-current": "step" }, shown(s));
      return link(byID.get(s.term), shown(s), attributes);
    };
    l.stages.forEach((stage, i) => {
      const at = l.states.filter((s) => s.at === stage.text && byID.has(s.term));
      const own = at.find((s) => shown(s) === stage.text);
      const others = [...at.filter((s) => s !== own), ...l.states.filter((s) => s.after === stage.text && byID.has(s.term))];
      const sides = others.length && el("ul", null, others.map((s) =>
        el("li", null, s.at ? "= " : s.back ? "⇄ " : "↳ ", entry(s))));
      list.append(el("li", null,
        i ? el("span", { class: "way", "aria-hidden": "true" }, stage.back ? "⇄" : "→") : null,
        el("div", null, own ? entry(own, "stage") : el("span", { class: "stage", lang: "en" }, stage.text), sides || null)));
    });
    return list;
  }

  const lifeOf = (id) => data.lives.find((l) => l.states.some((s) => s.term === id));

  // Views.
  function copyButton(text) {
    const b = el("button", { type: "button", "aria-label": word("copy") + ": " + text }, word("copy"));
    b.addEventListener("click", async () => {
      let done = false;
      try {
        await navigator.clipboard.writeText(text);
        done = true;
      } catch { // without a secure address, the old way
        const area = el("textarea", { "aria-hidden": "true" });
        area.value = text;
        document.body.append(area);
        area.select();
        done = document.execCommand("copy");
        area.remove();
        b.focus();
      }
      b.textContent = done ? word("copied") : word("notCopied");
      $("status").textContent = b.textContent;
      setTimeout(() => { b.textContent = word("copy"); }, 2000);
    });
    return b;
  }

  const commands = (title, list) => !list || !list.length ? null : [
    title ? el("h2", null, word(title)) : null,
    list.map((c) => el("div", { class: "command" },
      say(c.goal) ? el("p", { class: "goal" }, say(c.goal)) : null,
      el("div", { class: "run" }, el("pre", null, el("code", null, c.run)), copyButton(c.run)),
      say(c.note) ? el("p", { class: "note" }, marked(say(c.note))) : null)),
  ];

  const items = (list, tag, render) => el(tag, null, list.map((x) => el("li", null, render(x))));

  function termView(t) {
    const other = lang === "ja" ? t.name.en : t.name.ja;
    const about = [
      t.own ? word("teamTerm") : "",
      t.only_in && t.only_in !== lang ? word("onlyIn") : "",
      other !== name(t) ? other : "",
      ...t.usages.map((u) => say(data.kinds[u.kind]) + (u.of ? " · " + u.of : "") + (u.set_by ? " · " + word("setBy").replace("%s", u.set_by) : "")),
      say(data.categories.find((c) => c.id === t.category).title),
    ].filter(Boolean);
    const docs = lang === "ja" && t.docs.ja ? [t.docs.ja, word("docs")] : [t.docs.en || t.docs.ja, lang === "ja" && !t.own ? word("docsEN") : word("docs")];
    const page = (label, href) => el("p", null, el("a", { href, rel: "noopener noreferrer" }, label + ": " + href));
    const l = lifeOf(t.id);
    const related = new Map();
    for (const [relation, id] of t.related) related.set(relation, [...(related.get(relation) || []), byID.get(id)]);
    const details = [
      lang === "ja" && t.reading && t.reading !== name(t) ? word("reading") + ": " + t.reading : "",
      t.stands_for, t.resource, t.other.length ? word("otherNames") + ": " + t.other.join(lang === "ja" ? "、" : ", ") : "",
      t.introduced && word("introduced") + ": " + t.introduced,
      t.deprecated && word("deprecated") + ": " + t.deprecated,
      t.removed && word("removed") + ": " + t.removed,
    ].filter(Boolean);
    return [
      el("h1", { tabindex: "-1" }, name(t)),
      el("p", { class: "about" }, t.severity ? [el("span", { class: "severity " + t.severity }, say(data.severities[t.severity])), " · "] : null, about.join(" · ")),
      el("p", { class: "lead" }, marked(say(t.summary))),
      t.team ? [el("h2", null, word("team")), t.team.map((a) => [
        say(a.note) ? el("p", null, marked(say(a.note)), a.only_in && a.only_in !== lang ? " (" + word("onlyIn") + ")" : "") : null,
        a.runbook ? page(word("runbook"), a.runbook) : null,
        commands("", a.checks)])] : null,
      l ? [el("h2", null, word("life")), life(l, t.id)] : null,
      say(t.normal_for) ? [el("h2", null, word("normalFor")), el("p", null, marked(say(t.normal_for)))] : null,
      say(t.meaning) ? [el("h2", null, word("meaning")), el("p", null, marked(say(t.meaning)))] : null,
      t.causes.length ? [el("h2", null, word("causes")), items(t.causes, "ol", (c) => marked(say(c)))] : null,
      commands("checks", t.checks),
      commands("try", t.try),
      t.variants.length ? [el("h2", null, word("variants")), t.variants.map((v) => [
        el("h3", null, marked(say(v.summary))),
        v.causes.length ? items(v.causes, "ol", (c) => marked(say(c))) : null,
        commands("checks", v.checks)])] : null,
      t.confused.length ? [el("h2", null, word("confused")), items(t.confused, "ul", (c) => [byID.has(c.id) ? link(byID.get(c.id)) : c.id, ": ", marked(say(c.difference))])] : null,
      related.size ? [el("h2", null, word("related")), [...related].map(([relation, terms]) => [
        el("h3", null, say(data.relations[relation])),
        el("ul", { class: "tags" }, terms.map((r) => el("li", null, link(r))))])] : null,
      details.length ? [el("h2", null, word("details")), items(details, "ul", (d) => d)] : null,
      docs[0] ? [el("h2", null, word("more")), page(docs[1], docs[0])] : null,
    ];
  }

  function homeView() {
    const drawn = data.lives.filter((l) => l.title).sort((a, b) => a.order - b.order);
    return [
      el("h1", { tabindex: "-1" }, word("title")),
      el("p", null, word("intro").replace("%d", data.terms.length).replace("%s", data.version)),
      el("h2", { id: "cluster" }, word("map")),
      el("p", { class: "about" }, word("mapHint")),
      el("div", { class: "map" }, document.importNode($("map").content, true)),
      el("h2", null, word("lives")),
      drawn.map((l) => [el("h3", null, say(l.title)), life(l, "")]),
      el("h2", null, word("categories")),
      el("ul", { class: "columns" }, data.categories.map((c) =>
        el("li", null, el("a", { href: "#category/" + c.id }, say(c.title)), " (" + c.terms + ")"))),
    ];
  }

  function categoryView(c) {
    const terms = data.terms.filter((t) => t.category === c.id).sort((a, b) => a.tier - b.tier || name(a).localeCompare(name(b), lang));
    return [
      el("h1", { tabindex: "-1" }, say(c.title)),
      items(terms, "ul", (t) => [link(t), ": ", say(t.summary)]),
    ];
  }

  function show(moveFocus) {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* as it is */ }
    if (id === "main") return; // the link that skips the search
    const term = byID.get(id.toLowerCase());
    const category = data.categories.find((c) => "category/" + c.id === id);
    let view = homeView;
    if (term) view = () => termView(term);
    else if (category) view = () => categoryView(category);
    $("main").replaceChildren(...[view()].flat(9).filter((c) => c !== null));
    document.title = (term ? name(term) + " – " : category ? say(category.title) + " – " : "") + word("title");
    for (const svg of $("main").querySelectorAll("svg")) svg.setAttribute("aria-label", word("map"));
    const unknown = id && !term && !category;
    if (unknown || moveFocus) {
      $("query").value = unknown ? id : "";
      showHits();
    }
    if (moveFocus) {
      scrollTo(0, 0);
      $("main").querySelector("h1").focus({ preventScroll: true });
    }
  }

  // Events.
  $("query").addEventListener("input", showHits);
  $("form").addEventListener("submit", (e) => {
    e.preventDefault();
    const first = $("hits").querySelector("a");
    if (first) first.click();
  });
  $("hits").addEventListener("click", (e) => {
    const hit = e.target.closest("a");
    if (hit && hit.hash === location.hash) show(true); // the address does not change
  });
  $("home").addEventListener("click", (e) => {
    e.preventDefault();
    history.pushState(null, "", location.pathname + location.search);
    show(true);
  });
  for (const l of ["en", "ja"]) $("lang-" + l).addEventListener("click", () => { setLang(l); show(false); showHits(); });
  addEventListener("hashchange", () => show(true));
  addEventListener("popstate", () => { if (!location.hash) show(true); });
  document.addEventListener("keydown", (e) => {
    const links = [...$("hits").querySelectorAll("a")];
    const at = links.indexOf(document.activeElement), inQuery = document.activeElement === $("query");
    if (e.key === "/" && !inQuery && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      $("query").focus();
    } else if (e.key === "Escape" && (inQuery || at >= 0)) {
      $("query").value = "";
      showHits();
      $("query").focus();
    } else if (e.key === "ArrowDown" && (inQuery || at >= 0) && at + 1 < links.length) {
      e.preventDefault();
      links[at + 1].focus();
    } else if (e.key === "ArrowUp" && at >= 0) {
      e.preventDefault();
      (links[at - 1] || $("query")).focus();
    }
  });

  const asked = new URLSearchParams(location.search).get("lang");
  setLang(asked || stored() || (navigator.language || "").slice(0, 2));
  show(false);
})();
