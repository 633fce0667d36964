// One click from every number: what it means, how many it counts, how many are not known yet, how fresh it is.
"use strict";

(function (helpdesk) {
  const { el, t } = helpdesk;
  let dialog;

  function censoredText(point) {
    const all = (point.n ?? 0) + point.censored;
    const share = all > 0 ? ` (${helpdesk.value(point.censored / all, "rate")})` : "";
    return `${helpdesk.number(point.censored, 0)}${share}`;
  }

  function judged(rows, unit) {
    return rows.flatMap((row) => [
      row.target === undefined ? null
        : [t("target"), `${helpdesk.target(row, unit)} · ${t(row.status ?? "no_target")}`],
      row.interval_low === undefined ? null
        : [t("interval"), `${helpdesk.value(row.interval_low, unit)} – ${helpdesk.value(row.interval_high, unit)}`],
      row.benchmark_value === undefined && !row.benchmark_refusal ? null
        : [t("benchmark"), helpdesk.benchmark(row, unit)],
    ]).filter((each, at, all) => each && all.findIndex((other) => other && other[0] + other[1] === each[0] + each[1]) === at);
  }

  helpdesk.target = (row, unit) =>
    `${row.target_comparator === "at_most" ? "≤" : "≥"} ${helpdesk.value(row.target, unit)}`;

  helpdesk.benchmark = function (row, unit) {
    const source = row.benchmark_source ?? "";
    if (row.benchmark_value !== undefined) return `${helpdesk.value(row.benchmark_value, unit)} · ${source}`;
    return `${t("not_comparable", { reason: row.benchmark_refusal })} · ${source}`;
  };

  function freshness(accounts) {
    const rows = accounts.map((account) => [
      account.account,
      account.reason ? t(`reason_${account.reason}`) : helpdesk.day(account.first),
      account.reason ? helpdesk.NONE : helpdesk.day(account.last),
      account.missing === null ? helpdesk.NONE : helpdesk.value(account.missing, "rate"),
    ]);
    const headings = [t("told_by"), t("first_day"), t("last_day"), t("missing_inputs")];
    return helpdesk.table(t("told_by"), headings, rows, { numeric: () => false });
  }

  // figure: its name. shown: the point on the screen, or null. choice: of which slice and grain.
  helpdesk.about = function (name, shown, rows, choice = helpdesk.state) {
    const figure = helpdesk.figure(name);
    const kpi = helpdesk.site.kpis[figure.kpi];
    const start = shown ? shown.start ?? helpdesk.site.periods[choice.grain][shown.position] : null;
    const told = [
      [t("period"), start ? helpdesk.period(start, choice.grain) + (shown.isIncomplete ? ` · ${t("incomplete")}` : "") : helpdesk.NONE],
      [t("value"), shown && shown.value !== null ? helpdesk.value(shown.value, figure.unit)
        : `${helpdesk.NONE} · ${helpdesk.why(name, shown, choice)}`],
      [t("counted"), shown && shown.n !== null ? helpdesk.value(shown.n, "count") : helpdesk.NONE],
      [t("censored"), shown ? censoredText(shown) : helpdesk.NONE],
      ...judged(rows, figure.unit),
      [t("this_figure"), [
        figure.variant === "default" ? null : helpdesk.variant(figure.variant), t(figure.statistic),
        figure.clock === "none" ? null : t(`clock_${figure.clock}`), t(`attribution_${figure.attribution}`),
      ].filter(Boolean).join(" · ")],
      [t("definition"), helpdesk.english(kpi.definition)],
      [t("formula"), helpdesk.english(kpi.formula)],
      [t("question"), helpdesk.english(kpi.question)],
      [t("owner"), helpdesk.english(kpi.owner)],
      [t("refresh_details"), t("as_of_line", { instant: helpdesk.instant(helpdesk.site.health.as_of) })],
    ];
    if (kpi.unit === "money") told.push(["", t("money_note")]);
    dialog ??= document.body.appendChild(el("dialog", { "aria-labelledby": "about-heading" }));
    dialog.replaceChildren(
      el("div", { class: "dialog-head" },
        el("h2", { id: "about-heading" }, helpdesk.label(figure.kpi)),
        el("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() }, "✕")),
      el("dl", {}, told.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, el("bdi", {}, text))])),
      freshness(kpi.accounts),
      el("p", { class: "quiet" }, el("code", { dir: "ltr" }, name.replaceAll(":", " · "))),
    );
    dialog.onclick = (event) => event.target === dialog && dialog.close();
    dialog.showModal();
  };

  helpdesk.aboutButton = function (name, shown, rows, choice) {
    const label = t("about_named", { name: helpdesk.label(helpdesk.figure(name).kpi) });
    return el("button", {
      type: "button", class: "about", "aria-label": label, title: t("about"), "aria-haspopup": "dialog",
      onclick: () => helpdesk.about(name, shown, rows, choice),
    }, "i");
  };
})(window.helpdesk);
