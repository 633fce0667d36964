// The page put together, and again whenever something is chosen.
"use strict";

(function (helpdesk) {
  const { el, t } = helpdesk;
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  helpdesk.page = root.dataset.page;
  const content = JSON.parse(root.dataset.content);

  function options(select, entries, chosen) {
    select.replaceChildren(...entries.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
    select.value = chosen;
  }

  function words() {
    for (const each of document.querySelectorAll("[data-word]")) each.textContent = t(each.dataset.word);
    for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t(each.dataset.label));
    document.title = `${t(`page_${helpdesk.page}`)} – ${t("site_title")}`;
    for (const link of document.querySelectorAll("nav a, footer a")) link.href = link.getAttribute("href").split("?")[0] + helpdesk.query();
  }

  function filters() {
    const { state, site } = helpdesk;
    const grains = helpdesk.GRAINS.filter((grain) => (site.periods[grain] || []).length > 0);
    options(byId("grain"), grains.map((grain) => [grain, t(grain)]), state.grain);
    const [first, last] = helpdesk.positions(state.grain, state.slice);
    const starts = site.periods[state.grain].slice(first, last + 1).reverse();
    const entries = starts.map((start) => [start, helpdesk.period(start, state.grain)]);
    options(byId("from"), entries, site.periods[state.grain][state.from]);
    options(byId("to"), entries, site.periods[state.grain][state.to]);
    for (const slice of helpdesk.SLICES) {
      const values = site.slices[slice] || [];
      const chosen = state.slice === slice ? String(state.index) : "";
      options(byId(slice), [["", t("all")], ...values.map((value, at) => [String(at), helpdesk.sliceValue(slice, value)])], chosen);
      byId(slice).disabled = values.length === 0;
    }
    const notes = [t("one_at_a_time")];
    if (state.slice !== "all") {
      const [shown, count] = [site.slices[state.slice].length, site.sliceCounts[state.slice]];
      if (shown < count) notes.push(t("busiest_only", { shown: helpdesk.number(shown, 0), count: helpdesk.number(count, 0) }));
      if (first > 0) {
        notes.push(t("fewer_periods", { slice: t(state.slice), count: helpdesk.number(site.eachPeriods[state.grain], 0) }));
      }
    }
    byId("filter-note").textContent = notes.join(" ");
  }

  function health() {
    const { health: told } = helpdesk.site;
    const number = (value) => helpdesk.number(value ?? 0, 0);
    const facts = [[t("as_of_line", { instant: helpdesk.instant(told.as_of) }), ""],
      [t("published_line", { ago: helpdesk.ago(told.published_at) }), ""]];
    if (told.check_count) facts.push([t("warnings_line", { count: number(told.check_count) }), "warning"]);
    else facts.push([`✓ ${t("all_well")}`, "well"]);
    if (told.quarantined) facts.push([t("quarantine_line", { count: number(told.quarantined) }), "warning"]);
    if (told.loads.refused) facts.push([t("files_refused", { count: number(told.loads.refused) }), "warning"]);
    byId("health-line").replaceChildren(...facts.map(([text, kind]) => el("span", { class: kind }, text)));
    const plain = { numeric: () => false };
    byId("health-details").replaceChildren(
      el("dl", {},
        el("dt", {}, t("run")), el("dd", {}, el("code", { dir: "ltr" }, told.run_id)),
        el("dt", {}, t("published")), el("dd", {}, helpdesk.instant(told.published_at)),
        el("dt", {}, t("files")), el("dd", {}, number(told.loads.files)),
        el("dt", {}, t("records")), el("dd", {}, number(told.loads.landed))),
      ...(told.checks.length ? [el("h2", {}, t("checks_not_passed")), helpdesk.table(t("checks_not_passed"),
        [t("table"), t("check"), t("seen")],
        told.checks.map((each) => [helpdesk.english(each.table), helpdesk.english(each.name), helpdesk.english(each.seen)]), plain)] : []),
      ...(told.quarantine.length ? [el("h2", {}, t("quarantine")), helpdesk.table(t("quarantine"),
        [t("stream"), t("reason"), t("count")],
        told.quarantine.map((each) => [helpdesk.english(each.stream), helpdesk.english(each.reason), number(each.count)]), plain)] : []));
  }

  function sections() {
    helpdesk.forgetCharts();
    content.forEach((section, at) => {
      const place = byId(`section-${at}`);
      place.querySelector(".cards")?.replaceChildren(...section.cards.map(helpdesk.card).filter(Boolean));
      section.charts.forEach((chart, which) => helpdesk.chart(byId(`chart-${at}-${which}`), chart));
      if (section.extra) helpdesk[`extra_${section.extra}`](byId(`extra-${at}`));
    });
  }

  function show() {
    if (Object.keys(helpdesk.site.periods).length === 0) {
      words();
      health();
      byId("trouble").hidden = false;
      byId("trouble").textContent = t("nothing_here");
      root.dataset.ready = "empty";
      return null;
    }
    const { slice } = helpdesk.state;
    const cards = [...new Set(content.flatMap((section) => section.cards))];
    return Promise.all(["all", slice].map((each) => helpdesk.load(`${helpdesk.page}-${each}`)))
      .then(() => {
        words();
        filters();
        health();
        sections();
        return helpdesk.comparison(byId("compare"), cards);
      })
      .then(() => { root.dataset.ready = `${helpdesk.language} ${location.search}`; })
      .catch(trouble);
  }

  // Of a publication that is no longer there: its figures lay in a folder of their own.
  function trouble(error) {
    byId("trouble").hidden = false;
    byId("trouble").textContent = error.name === "GoneError" && helpdesk.words
      ? t("reload") : `${error.name}: ${error.message}`;
    root.dataset.ready = "trouble";
    console.error(error);
  }

  function chosen(changes) {
    delete root.dataset.ready;
    helpdesk.choose(changes);
    show();
  }

  function listen() {
    byId("grain").onchange = (event) => chosen({ grain: event.target.value, fromStart: null, toStart: null });
    byId("from").onchange = (event) => chosen({ fromStart: event.target.value });
    byId("to").onchange = (event) => chosen({ toStart: event.target.value });
    for (const slice of helpdesk.SLICES) {
      byId(slice).onchange = ({ target }) =>
        chosen(target.value === "" ? { slice: "all", index: 0 } : { slice, index: Number(target.value) });
    }
    byId("reset").onclick = () => chosen({ slice: "all", index: 0, fromStart: null, toStart: null });
    byId("language").onchange = (event) => {
      helpdesk.setLanguage(event.target.value);
      helpdesk.keep("language", event.target.value);
      chosen({});
    };
    byId("theme").onchange = (event) => {
      helpdesk.setTheme(event.target.value);
      helpdesk.keep("theme", event.target.value);
      helpdesk.redraw();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", helpdesk.redraw);
    let waiting;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(helpdesk.redraw, 100);
    });
  }

  Promise.all(["words", "site", "scorecard", "extras"].map(helpdesk.load)).then((loaded) => {
    [helpdesk.words, helpdesk.site, helpdesk.scorecard, helpdesk.extras] = loaded;
    helpdesk.readState();
    byId("language").value = helpdesk.language;
    byId("theme").value = helpdesk.theme;
    listen();
    // On a phone the navigation is wider than the screen.
    document.querySelector("nav [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
    return show();
  }).catch(trouble);
})(window.helpdesk);
