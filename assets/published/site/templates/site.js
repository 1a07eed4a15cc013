"use strict";
// What the pages do beyond being read: find, filter, point at marks, say where numbers come from, take charts away.
(() => {
  const root = document.documentElement.dataset.root, page = document.documentElement.dataset.page;
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, given = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), given);
    made.append(...inside);
    return made;
  };
  // A script beside the page: the only way to read data that works from a disk too.
  const loaded = new Map();
  const load = (path) => {
    if (!loaded.has(path)) loaded.set(path, new Promise((well, ill) => {
      document.head.append(make("script", {src: root + path, onload: well, onerror: ill}));
    }));
    return loaded.get(path);
  };

  for (const place of all("[data-build]")) place.textContent = (window.darkfigureBuild || {})[place.dataset.build] || place.textContent;
  for (const choice of all("select[data-go]")) choice.addEventListener("change", () => { location.href = choice.value; });

  // Find.
  const box = document.getElementById("find"), list = document.getElementById("found");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/&/g, "and");
  const hits = (typed) => {
    const words = plain(typed).split(/\s+/).filter(Boolean);
    const score = ([title, , , more]) => {
      const name = plain(title), rest = plain(more);
      if (!words.every((word) => name.includes(word) || rest.includes(word))) return 0;
      return name === words.join(" ") ? 4 : name.startsWith(words.join(" ")) ? 3 : words.every((word) => name.includes(word)) ? 2 : 1;
    };
    return (window.darkfigureIndex || []).map((one, place) => [score(one), place, one]).filter(([points]) => points)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, 12).map(([, , one]) => one);
  };
  if (box) {
    let chosen = -1;
    box.closest(".find").hidden = false;
    const choose = (place) => {
      chosen = place;
      all("li", list).forEach((item, number) => item.setAttribute("aria-selected", number === place));
      const item = list.children[place];
      if (item) { box.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({block: "nearest"}); }
      else box.removeAttribute("aria-activedescendant");
    };
    const show = async () => {
      const typed = box.value.trim();
      if (typed) await load("assets/search.js");
      const found = typed ? hits(typed) : [];
      list.replaceChildren(...found.map(([title, path, kind], number) => {
        const item = make("li", {id: `found-${number}`}, title, " ", make("span", {className: "sub"}, kind));
        item.setAttribute("role", "option");
        item.addEventListener("pointerdown", () => { location.href = root + path; });
        return item;
      }));
      if (typed && !found.length) list.append(make("li", {role: "option"}, "Nothing found. Try another word."));
      list.hidden = !typed;
      box.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    };
    box.addEventListener("input", show);
    box.addEventListener("focus", () => load("assets/search.js"));
    box.addEventListener("blur", () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); });
    box.addEventListener("keydown", async (pressed) => {
      const found = hits(box.value);
      if (pressed.key === "ArrowDown") { choose(Math.min(chosen + 1, found.length - 1)); pressed.preventDefault(); }
      if (pressed.key === "ArrowUp") { choose(Math.max(chosen - 1, 0)); pressed.preventDefault(); }
      if (pressed.key === "Escape") { list.hidden = true; box.setAttribute("aria-expanded", "false"); }
      if (pressed.key === "Enter") {
        await load("assets/search.js");
        const one = hits(box.value)[Math.max(chosen, 0)];
        if (one) location.href = root + one[1];
      }
    });
  }

  // Long tables may be filtered by what stands in some of their columns; a cell may name several things.
  const COLUMNS = {Threat: "threat", "Year ending": "year", Force: "force", "What is counted": "scope", "What was counted": "offence"};
  for (const table of all("main table")) {
    const rows = all("tbody tr", table), chosen = make("p", {className: "filter", hidden: true});
    if (rows.length < 5) continue;
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const name = COLUMNS[head.textContent.trim()];
      const told = (row) => name === "scope" ? row.cells[place].textContent.split(": ")[0] : row.cells[place].textContent.trim();
      if (!name) return;
      const values = [...new Set(rows.flatMap((row) => told(row).split("; ")))];
      if (values.length < 2 || (values.length >= rows.length && name !== "force")) return;
      for (const row of rows) row.dataset[name] = told(row);
      const select = make("select", {}, make("option", {value: ""}, "all"), ...values.map((value) => make("option", {}, value)));
      select.dataset.filter = name;
      chosen.append(make("label", {}, `${head.textContent.trim()} `, select), " ");
    });
    if (chosen.firstChild) table.parentElement.before(chosen);
  }

  // Filters, kept in the address.
  const filters = all("[data-filter]");
  if (filters.length) {
    const given = new URLSearchParams(location.search);
    const apply = () => {
      const asked = new URLSearchParams();
      for (const filter of filters) if (filter.value) asked.set(filter.dataset.filter, filter.value);
      for (const item of all(filters.map((one) => `[data-${one.dataset.filter}]`).join())) {
        item.hidden = filters.some(({value, dataset: {filter}}) => value && filter in item.dataset && !item.dataset[filter].split("; ").includes(value));
      }
      for (const part of all("main > section")) part.hidden = !!part.querySelector("article") && !part.querySelector("article:not([hidden])");
      history.replaceState(null, "", (asked.size ? `?${asked}` : location.pathname) + location.hash);
    };
    for (const filter of filters) {
      filter.closest("[hidden]")?.removeAttribute("hidden");
      filter.value = given.get(filter.dataset.filter) || "";
      if (filter.value) filter.closest("details")?.setAttribute("open", "");
      filter.addEventListener("change", () => {
        for (const same of filters) if (same.dataset.filter === filter.dataset.filter) same.value = filter.value;
        apply();
      });
    }
    if (given.size) apply();
  }

  // Marks that say something when pointed at, or reached by the arrow keys.
  const tip = document.getElementById("tip");
  for (const mark of all(".dots > *")) mark.classList.add("mark");
  const say = (mark) => {
    all(".mark.on").forEach((one) => one.classList.remove("on"));
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("on");
    tip.textContent = mark.dataset.says;
    const at = mark.getBoundingClientRect(), own = tip.getBoundingClientRect();
    const left = Math.max(4, Math.min(at.left + at.width / 2 - own.width / 2, innerWidth - own.width - 4));
    // A rule for one element, made here: the page's policy forbids styles in the markup, not those of its own script.
    tip.style.transform = `translate(${left}px, ${Math.max(4, at.top - own.height - 8)}px)`;
  };
  for (const mark of all(".mark")) {
    const title = mark.querySelector("title");
    mark.dataset.says = title.textContent;
    title.remove();
  }
  document.addEventListener("pointerover", (moved) => {
    const mark = moved.target.closest?.(".mark");
    if (mark || !document.activeElement?.classList.contains("drawn")) say(mark);
  });
  for (const drawn of all(".drawn")) {
    drawn.addEventListener("keydown", (pressed) => {
      const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[pressed.key];
      if (pressed.key === "Escape") say(null);
      if (!step) return;
      const marks = all(".mark", drawn), now = marks.findIndex((one) => one.classList.contains("on"));
      say(marks[Math.max(0, Math.min(marks.length - 1, now + step))]);
      pressed.preventDefault();
    });
    drawn.addEventListener("blur", () => say(null));
  }

  // Where a number comes from.
  const dialog = document.getElementById("where");
  const tell = async (row) => {
    const inside = dialog.querySelector("div");
    inside.replaceChildren();
    await Promise.all([load("where/names.js"), load(`where/${page}.js`)]);
    const known = window.darkfigureWhere, {words, releases} = window.darkfigureNames, [id, places, more] = known.rows[row];
    const facts = places.map((place) => known.facts[place]).map(([what, printed, release, sheet, cell, citation]) =>
      [words[what], printed, release, [words[sheet], cell].filter(Boolean).join(", "), words[citation]]);
    const figures = facts.filter((fact) => fact[2] >= 0), rules = facts.filter((fact) => fact[2] < 0);
    const told = (fact) => {
      const release = releases[fact[2]];
      const item = make("li", {}, fact[1] ? make("strong", {}, fact[1]) : "", fact[1] ? ": " : "", fact[0]);
      if (release) {
        item.append(make("span", {className: "sub"}, [release[1], release[0], release[2] && `released ${release[2]}`, fact[3]].filter(Boolean).join(" · ")));
        if (release[4]) item.append(make("a", {href: release[4], rel: "noreferrer"}, "Publisher\u2019s page"), " ");
        item.append(make("a", {href: `${root}sources.html#${release[3]}`}, "This release"));
      } else if (fact[4]) item.append(make("span", {className: "sub"}, fact[4]));
      return item;
    };
    if (figures.length) inside.append(make("h3", {}, "Published figures"), make("ul", {}, ...figures.map(told)));
    if (rules.length) inside.append(make("h3", {}, "Assumptions and rules"), make("ul", {}, ...rules.map(told)));
    if (more) inside.append(make("p", {}, `And ${more} more.`));
    inside.append(make("p", {className: "sub"}, "The whole way: ", make("code", {}, `darkfigure explain '${id.map((part) => words[part]).join(":")}'`)));
    dialog.showModal();
  };
  for (const row of all("tr[data-row], li[data-row]")) {
    (row.cells ? row.cells[0] : row).append(make("button", {type: "button", className: "from"}, "Where from"));
  }
  document.addEventListener("click", (clicked) => {
    const asked = clicked.target.closest("a.where, button.from");
    if (!asked) return;
    clicked.preventDefault();
    tell(asked.closest("[data-row]").dataset.row);
  });

  // Take a chart away: as it looks now, with the colours of the page written into it.
  const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "font-size", "font-weight", "font-style", "font-family", "paint-order"];
  const picture = (figure) => {
    const space = "http://www.w3.org/2000/svg", own = getComputedStyle(document.body);
    const whole = document.createElementNS(space, "svg");
    let top = 34;
    const width = figure.clientWidth;
    const line = (said, height, bold) => {
      const text = document.createElementNS(space, "text");
      Object.entries({x: 8, y: height, fill: own.color, "font-size": bold ? 15 : 11, "font-weight": bold ? 700 : 400, "font-family": "sans-serif"})
        .forEach(([name, value]) => text.setAttribute(name, value));
      text.textContent = said;
      whole.append(text);
    };
    line(figure.querySelector("figcaption :is(h2, h3)").firstChild.textContent.trim(), 20, true);
    for (const svg of all("svg.chart", figure)) {
      const copy = svg.cloneNode(true), from = all("*", svg), to = all("*", copy);
      from.forEach((one, place) => {
        const look = getComputedStyle(one);
        for (const name of KEPT) to[place].setAttribute(name, look.getPropertyValue(name));
      });
      copy.setAttribute("x", 8); copy.setAttribute("y", top); copy.setAttribute("width", width - 16);
      top += svg.getBoundingClientRect().height + 12;
      whole.append(copy);
    }
    line(`Darkfigure, build ${(window.darkfigureBuild || {}).build || ""}. Not a reporting rate.`, top + 8, false);
    const ground = document.createElementNS(space, "rect");
    Object.entries({width, height: top + 18, fill: own.backgroundColor}).forEach(([name, value]) => ground.setAttribute(name, value));
    whole.prepend(ground);
    Object.entries({xmlns: space, width, height: top + 18, viewBox: `0 0 ${width} ${top + 18}`}).forEach(([name, value]) => whole.setAttribute(name, value));
    return new XMLSerializer().serializeToString(whole);
  };
  const save = (blob, name) => {
    const link = make("a", {href: URL.createObjectURL(blob), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const act = {
    svg: (figure) => save(new Blob([picture(figure)], {type: "image/svg+xml"}), `${figure.id}.svg`),
    png: (figure) => {
      const drawn = new Image(), text = picture(figure);
      drawn.onload = () => {
        const canvas = make("canvas", {width: drawn.width * 2, height: drawn.height * 2}), pen = canvas.getContext("2d");
        pen.scale(2, 2);
        pen.drawImage(drawn, 0, 0);
        canvas.toBlob((blob) => save(blob, `${figure.id}.png`));
      };
      drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    },
    cite: async (figure, button) => {
      const build = (window.darkfigureBuild || {}).build || "";
      const source = figure.querySelector(".source");
      const from = [figure.querySelector("h2, h3, h4").textContent, source && source.textContent].filter(Boolean).join(". ");
      const said = `${from} Darkfigure, build ${build}. ${location.href.split("#")[0]}#${figure.id}`;
      try { await navigator.clipboard.writeText(said); button.textContent = "Copied"; }
      catch { button.after(make("input", {value: said, readOnly: true, ariaLabel: "Citation"})); button.nextSibling.select(); }
    },
  };
  // A table as it stands on the page, as CSV.
  const cell = (one) => `"${[...one.childNodes].filter((part) => part.nodeName !== "BUTTON").map((part) => part.textContent).join("").trim().replace(/"/g, '""')}"`;
  for (const link of all("a[data-do=csv]")) {
    link.addEventListener("click", (clicked) => {
      clicked.preventDefault();
      const rows = all("tr:not([hidden])", link.closest("details, section")).map((row) => [...row.cells].map(cell).join());
      save(new Blob([`${rows.join("\n")}\n`], {type: "text/csv"}), `${page}.csv`);
    });
  }
  for (const button of all("button[data-do]")) {
    button.hidden = false;
    button.addEventListener("click", () => act[button.dataset.do](button.closest("figure"), button));
  }
})();
