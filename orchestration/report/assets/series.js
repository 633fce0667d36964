// The figures, looked up by figure and period; and why there is none.
"use strict";

(function (helpdesk) {
  helpdesk.seriesOf = function (figure, slice, index, grain) {
    return helpdesk.data(`${helpdesk.page}-${slice}`)?.[figure]?.[index]?.[grain] ?? null;
  };

  function pointOf(series, position) {
    const at = position - series.s;
    if (at < 0 || at >= series.v.length) return null;
    const value = series.v[at] ?? null;
    const n = series.n ? series.n[at] ?? null : value;
    if (n === null && value === null && !series.u?.includes(position)) return null;
    return {
      position, value, n,
      censored: series.c?.[at] ?? 0,
      isIncomplete: series.i?.includes(position) ?? false,
      isSuppressed: series.u?.includes(position) ?? false,
    };
  }

  // Every point of a figure in a range, null where nothing is told.
  helpdesk.points = function (figure, choice = helpdesk.state) {
    const series = helpdesk.seriesOf(figure, choice.slice, choice.index, choice.grain);
    const points = [];
    for (let position = choice.from; position <= choice.to; position += 1) {
      points.push(series ? pointOf(series, position) : null);
    }
    return points;
  };

  // The last complete period of a range, and the one before it.
  helpdesk.latest = function (figure, choice = helpdesk.state) {
    const series = helpdesk.seriesOf(figure, choice.slice, choice.index, choice.grain);
    if (!series) return { point: null, previous: null };
    const point = helpdesk.points(figure, choice).findLast((each) => each && !each.isIncomplete) ?? null;
    return { point, previous: point && pointOf(series, point.position - 1) };
  };

  // Why there is no number: always said, so that nobody takes a dash for zero.
  helpdesk.why = function (figure, point, choice = helpdesk.state) {
    const { kpi, statistic } = helpdesk.figure(figure);
    const registered = helpdesk.site.kpis[kpi];
    const slice = helpdesk.t(choice.slice).toLocaleLowerCase(helpdesk.language);
    if (point?.isSuppressed) return helpdesk.t("why_too_few", { count: helpdesk.number(helpdesk.site.minimum, 0) });
    if (point) return helpdesk.t(statistic.startsWith("km_") && point.n > 0 ? "why_not_reached" : "why_no_cases");
    if (!registered?.slices.includes(choice.slice)) return helpdesk.t("why_no_slice", { slice });
    if (!helpdesk.seriesOf(figure, choice.slice, choice.index, choice.grain)) {
      const isDelivered = registered.accounts.some((account) => account.reason !== "no_streams");
      return helpdesk.t(isDelivered ? "why_no_rows" : "why_no_streams");
    }
    return helpdesk.t("why_no_complete");
  };

  helpdesk.judgement = function (figure, start) {
    if (helpdesk.state.slice !== "all") return [];
    const { kpi, variant, attribution, statistic, clock } = helpdesk.figure(figure);
    return (helpdesk.scorecard[helpdesk.state.grain] || []).filter(
      (row) => row.kpi_id === kpi && row.variant === variant && row.attribution === attribution
        && row.statistic === statistic && row.clock === clock && (!start || row.period_start === start),
    );
  };
})(window.helpdesk);
