// A card: one figure in its last complete period, how it changed, and its course.
"use strict";

(function (helpdesk) {
  const WIDTH = 120, HEIGHT = 32;

  function spark(points) {
    const { svg } = helpdesk;
    const values = points.map((point) => point?.value ?? null);
    const told = values.filter((value) => value !== null);
    if (told.length < 2) return null;
    const low = Math.min(...told), span = Math.max(...told) - low || 1;
    const x = (at) => (at / Math.max(1, values.length - 1)) * (WIDTH - 4) + 2;
    const y = (value) => HEIGHT - 3 - ((value - low) / span) * (HEIGHT - 6);
    let path = "";
    values.forEach((value, at) => {
      if (value === null) return;
      path += `${values[at - 1] === null || path === "" ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    });
    return svg("svg", {
      class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", preserveAspectRatio: "none",
    }, svg("path", { d: path, "vector-effect": "non-scaling-stroke" }));
  }

  function changed(figure, point, previous) {
    const { el, t } = helpdesk;
    if (!point || point.value === null || !previous || previous.value === null) return null;
    const change = point.value - previous.value;
    const rate = previous.value > 0 ? change / previous.value : null;
    const { direction } = helpdesk.site.kpis[figure.kpi];
    const verdict = !change || direction === "context" ? "" : (change > 0) === (direction === "higher_is_better") ? "better" : "worse";
    const arrow = change > 0 ? "▲ " : change < 0 ? "▼ " : "";
    return el("p", { class: `change ${verdict}`, title: t("versus_previous") },
      el("bdi", {}, `${arrow}${helpdesk.change(change, rate, figure.unit)}`));
  }

  function targets(rows, unit) {
    const { el, t } = helpdesk;
    return rows.filter((row) => row.target !== undefined).map((row) =>
      el("p", { class: "target" }, el("bdi", {}, `${t("target")} ${helpdesk.target(row, unit)}`), " ",
        row.status ? helpdesk.badge(row.status) : null));
  }

  helpdesk.badge = (status) => helpdesk.el("span", { class: `badge ${status}` }, helpdesk.t(status));

  helpdesk.card = function (name) {
    const { el, state, site } = helpdesk;
    const figure = helpdesk.figure(name);
    if (!site.kpis[figure.kpi]) return null;
    const { point, previous } = helpdesk.latest(name);
    const start = point && site.periods[state.grain][point.position];
    const rows = point ? helpdesk.judgement(name, start) : [];
    const isTold = point && point.value !== null;
    const qualifiers = helpdesk.qualifiers(figure);
    return el("article", { class: "card", "data-figure": name },
      el("div", { class: "card-head" },
        el("h3", {}, helpdesk.label(figure.kpi)),
        helpdesk.aboutButton(name, point, rows)),
      el("p", { class: "quiet" }, qualifiers || "\u00a0"),
      el("p", { class: "figure" }, el("bdi", {}, isTold ? helpdesk.value(point.value, figure.unit) : helpdesk.NONE)),
      el("p", { class: "quiet period" }, [
        point ? helpdesk.period(start, state.grain) : null,
        isTold ? null : helpdesk.why(name, point),
      ].filter(Boolean).join(" · ")),
      changed(figure, point, previous),
      targets(rows, figure.unit),
      spark(helpdesk.points(name)));
  };
})(window.helpdesk);
