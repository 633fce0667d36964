// The scorecard, and channels, teams and priorities beside each other.
"use strict";

(function (helpdesk) {
  const MOST_COLUMNS = 8;
  let compared = "team";

  function scorecardRow(row) {
    const { el, state } = helpdesk;
    const name = [row.kpi_id, row.variant, row.attribution, row.statistic, row.clock].join(":");
    const figure = helpdesk.figure(name);
    const point = {
      start: row.period_start, value: row.value ?? null, n: row.n ?? null, censored: row.n_censored ?? 0,
      isSuppressed: row.is_suppressed ?? false, isIncomplete: false,
    };
    const { direction } = helpdesk.site.kpis[row.kpi_id];
    const verdict = !row.change || direction === "context" ? ""
      : (row.change > 0) === (direction === "higher_is_better") ? "better" : "worse";
    const cells = [
      point.value === null
        ? el("span", { title: helpdesk.why(name, point) }, `${helpdesk.NONE} `, el("small", {}, helpdesk.why(name, point)))
        : helpdesk.value(point.value, figure.unit),
      el("span", { class: `change ${verdict}` }, helpdesk.change(row.change, row.change_rate, figure.unit)),
      helpdesk.value(row.last_year_value, figure.unit),
      row.target === undefined ? helpdesk.NONE : helpdesk.target(row, figure.unit),
      row.status ? helpdesk.badge(row.status) : helpdesk.NONE,
      row.benchmark_value === undefined ? helpdesk.NONE
        : el("span", {}, helpdesk.value(row.benchmark_value, figure.unit), " ", el("small", {}, helpdesk.english(row.benchmark_source))),
    ];
    const qualifiers = helpdesk.qualifiers(figure);
    return el("tr", { "data-figure": name },
      el("th", { scope: "row" }, helpdesk.aboutButton(name, point, [row], { ...state, slice: "all", index: 0 }), " ",
        helpdesk.label(row.kpi_id), qualifiers ? el("small", {}, ` ${qualifiers}`) : null),
      el("td", {}, el("bdi", {}, helpdesk.period(row.period_start, state.grain))),
      cells.map((cell, at) => el("td", { class: at === 4 ? null : "number" }, el("bdi", {}, cell))));
  }

  helpdesk.extra_scorecard = function (place) {
    const { el, t, state } = helpdesk;
    const rows = helpdesk.scorecard[state.grain] || [];
    const headings = ["kpi", "period", "value", "change", "last_year", "target", "status", "benchmark"];
    const categories = [...new Set(rows.map((row) => row.category))];
    const table = (name, members) => el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": name },
      el("table", { class: "scorecard" },
        el("caption", { class: "unseen" }, name),
        el("thead", {}, el("tr", {}, headings.map((key, at) =>
          el("th", { scope: "col", class: [0, 1, 6].includes(at) ? null : "number" }, t(key))))),
        el("tbody", {}, members.map(scorecardRow))));
    const judged = rows.filter((row) => row.target !== undefined || row.benchmark_value !== undefined);
    place.replaceChildren(
      el("p", { class: "quiet" }, t("scorecard_note")),
      rows.length === 0 ? el("p", {}, t("why_no_complete")) : table(t("judged"), judged),
      ...categories.map((category) => {
        const members = rows.filter((row) => row.category === category);
        return el("details", { class: "category" },
          el("summary", {}, `${t(`category_${category}`)} (${helpdesk.number(members.length, 0)})`),
          table(`${t("section_scorecard")}: ${t(`category_${category}`)}`, members));
      }));
  };

  function comparedTable(slice, figures) {
    const { t, state, site } = helpdesk;
    const [first] = helpdesk.positions(state.grain, slice);
    const choice = { ...state, slice, from: Math.max(first, Math.min(state.from, state.to)) };
    const rows = site.slices[slice].map((value, index) => [
      helpdesk.sliceValue(slice, value),
      ...figures.map((name) => {
        const { point } = helpdesk.latest(name, { ...choice, index });
        return helpdesk.value(point?.value, helpdesk.figure(name).unit);
      }),
    ]);
    const headings = [t(slice), ...figures.map((name) => helpdesk.figureText(name, true))];
    return helpdesk.table(`${t("compare")}: ${t(slice)}`, headings, rows);
  }

  helpdesk.comparison = function (place, figures) {
    const { el, t, state, site } = helpdesk;
    const offered = helpdesk.SLICES.filter((slice) => (site.slices[slice] || []).length > 0 && figures.some((name) =>
      site.kpis[helpdesk.figure(name).kpi]?.slices.includes(slice)));
    if (offered.length === 0) {
      place.hidden = true;
      return Promise.resolve();
    }
    if (!offered.includes(compared)) [compared] = offered;
    const slice = compared;
    const told = figures.filter((name) => site.kpis[helpdesk.figure(name).kpi]?.slices.includes(slice)).slice(0, MOST_COLUMNS);
    return helpdesk.load(`${helpdesk.page}-${slice}`).then(() => {
      const shown = site.slices[slice].length, count = site.sliceCounts[slice];
      place.replaceChildren(
        el("h2", { id: "compare-heading" }, t("compare")),
        el("div", { class: "choices", role: "group", "aria-label": t("compare_by") }, offered.map((each) =>
          el("button", {
            type: "button", "aria-pressed": String(each === slice),
            onclick: () => {
              compared = each;
              helpdesk.comparison(place, figures).then(() => place.querySelector("[aria-pressed=true]").focus());
            },
          }, t(each)))),
        el("p", { class: "quiet" }, t("compare_note", { period: helpdesk.period(site.periods[state.grain][state.to], state.grain) }),
          shown < count ? ` ${t("busiest_only", { shown: helpdesk.number(shown, 0), count: helpdesk.number(count, 0) })}` : ""),
        comparedTable(slice, told));
    });
  };
})(window.helpdesk);
