// Charts of figures over time, each with its table. The box stays left to right: time runs that way.
"use strict";

(function (helpdesk) {
  const DASHES = ["solid", [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [1, 4]];
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
  const drawn = [];

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    return {
      series: [1, 2, 3, 4, 5, 6].map((each) => read(`--series-${each}`)),
      text: read("--quiet"), line: read("--line"), surface: read("--surface"), font: style.fontFamily,
    };
  }

  helpdesk.figureText = function (name, isAlone) {
    const figure = helpdesk.figure(name);
    const qualifiers = helpdesk.qualifiers(figure);
    if (!isAlone && figure.variant !== "default") return helpdesk.variant(figure.variant);
    return qualifiers ? `${helpdesk.label(figure.kpi)} (${qualifiers})` : helpdesk.label(figure.kpi);
  };

  function bars(name, points, at, isStacked, palette) {
    return [{
      name, type: "bar", stack: isStacked ? "all" : undefined, barMaxWidth: 26,
      itemStyle: { color: palette.series[at] },
      data: points.map((point) => ({
        value: point?.value ?? null,
        itemStyle: point?.isIncomplete
          ? { opacity: 0.45, borderColor: palette.series[at], borderWidth: 1, borderType: "dashed" } : undefined,
      })),
    }];
  }

  function lines(name, points, at, palette) {
    const colour = palette.series[at];
    const isHere = (point) => point && point.value !== null;
    const last = points.findLastIndex((point) => isHere(point) && !point.isIncomplete);
    const symbol = (point) => point?.isIncomplete ? `empty${SYMBOLS[at][0].toUpperCase()}${SYMBOLS[at].slice(1)}` : SYMBOLS[at];
    const common = {
      name, type: "line", symbolSize: points.length > 45 ? 3 : 6, showAllSymbol: true, itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2, type: DASHES[at] },
    };
    const data = (isShown) => points.map((point, position) =>
      isHere(point) && isShown(point, position) ? { value: point.value, symbol: symbol(point) } : { value: null });
    return [
      { ...common, data: data((point) => !point.isIncomplete) },
      {
        ...common, lineStyle: { color: colour, width: 1.5, type: "dashed", opacity: 0.7 },
        data: data((point, position) => point.isIncomplete || position === last),
      },
    ];
  }

  function tooltip(labels, columns) {
    return (hovered) => {
      const { el } = helpdesk;
      const position = hovered[0].dataIndex;
      return el("div", { class: "tip", dir: document.documentElement.dir },
        el("strong", {}, labels[position]),
        el("table", {}, el("tbody", {}, columns.map(({ text, points, unit }) => el("tr", {},
          el("td", {}, text),
          el("td", { class: "number" }, el("bdi", {}, helpdesk.value(points[position]?.value, unit))),
          el("td", {}, points[position]?.isIncomplete ? helpdesk.t("incomplete") : ""))))));
    };
  }

  // Steps of the axis that people count in: an hour and a half, no 11.6 days.
  const STEPS = [
    ...[1, 5, 10, 15, 30], ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
    ...[1, 2, 3, 6, 12].map((hours) => hours * 3600), ...[1, 2, 5].flatMap((days) => [1, 10, 100, 1000].map((times) => days * times * 86400)),
  ].sort((one, other) => one - other);

  function scale(chart, columns) {
    const { unit } = columns[0];
    // A share ends at 100 %: an axis that goes on promises more than there is.
    if (unit === "rate") return chart.kind === "stacked" ? { max: 1 } : { max: ({ max }) => max > 0.8 && max <= 1 ? 1 : null };
    if (unit !== "seconds") return {};
    const values = columns.map(({ points }) => points.map((point) => point?.value ?? 0));
    const most = chart.kind === "stacked"
      ? Math.max(...values[0].map((_, at) => values.reduce((sum, each) => sum + each[at], 0))) : Math.max(...values.flat());
    const step = STEPS.find((each) => most / each <= 5) ?? most / 4;
    return { interval: step, max: Math.max(1, Math.ceil(most / step)) * step, min: 0 };
  }

  const axisValue = (value, unit) => helpdesk.value(value, unit).replace(/[.,٫][0٠]{1,2}(?=\D|$)/, "");

  function option(chart, labels, columns, palette, isNarrow) {
    const { unit } = columns[0];
    const text = { color: palette.text, fontFamily: palette.font, fontSize: 12 };
    const target = columns.flatMap(({ name }) => (name ? helpdesk.judgement(name) : [])).filter((row) => row.target !== undefined);
    const series = columns.flatMap(({ text: name, points }, at) =>
      chart.kind === "line" ? lines(name, points, at, palette) : bars(name, points, at, chart.kind === "stacked", palette));
    if (target.length && chart.kind === "line") {
      series[0].markLine = {
        silent: true, symbol: "none", lineStyle: { color: palette.text, type: [3, 4] },
        label: { ...text, position: "insideStartTop", formatter: ({ data }) => data.name },
        data: [...new Map(target.map((row) => [row.target, row])).values()].map((row) => ({
          yAxis: row.target, name: `${helpdesk.t("target")} ${helpdesk.target(row, unit)}`,
        })),
      };
    }
    return {
      animation: false,
      grid: { left: 8, right: 16, top: 18, bottom: 4, containLabel: true },
      tooltip: {
        trigger: "axis", confine: true, formatter: tooltip(labels, columns), className: "tip-box",
        backgroundColor: palette.surface, borderColor: palette.line, textStyle: text, extraCssText: "",
      },
      xAxis: {
        type: "category", data: labels, axisLabel: { ...text, hideOverlap: true, rotate: isNarrow ? 35 : 0 },
        axisLine: { lineStyle: { color: palette.line } }, axisTick: { show: false },
      },
      yAxis: {
        type: "value", splitNumber: 4, ...scale(chart, columns),
        axisLabel: { ...text, formatter: (value) => axisValue(value, unit) },
        splitLine: { lineStyle: { color: palette.line } },
      },
      series,
    };
  }

  function swatch(at, kind) {
    const { svg } = helpdesk;
    const dash = Array.isArray(DASHES[at]) ? DASHES[at].join(" ") : "";
    return svg("svg", { class: `swatch series-${at + 1}`, viewBox: "0 0 22 10", "aria-hidden": "true" },
      kind === "line" ? svg("line", { x1: 0, x2: 22, y1: 5, y2: 5, "stroke-dasharray": dash })
        : svg("rect", { x: 2, y: 0, width: 18, height: 10, rx: 2 }));
  }

  // A chart with legend and table from columns of points; what the extras draw too.
  helpdesk.drawChart = function (place, title, chart, labels, columns) {
    const { el, t } = helpdesk;
    const box = el("div", { class: "chart", dir: "ltr", role: "img", "aria-label": `${title}. ${t("show_table")} ↓` });
    const isOpen = columns.some(({ points }) => points.some((point) => point?.isIncomplete));
    const cellText = (point, { unit, name }) => {
      if (!point) return helpdesk.NONE;
      if (point.value === null) return name ? `${helpdesk.NONE} (${helpdesk.why(name, point)})` : helpdesk.NONE;
      return helpdesk.value(point.value, unit) + (point.isIncomplete ? ` (${t("incomplete")})` : "");
    };
    place.replaceChildren(
      el("figcaption", {}, el("h3", {}, title)),
      el("ul", { class: "legend" }, columns.map(({ text, name }, at) => el("li", {}, swatch(at, chart.kind), el("span", {}, text),
        name ? helpdesk.aboutButton(name, helpdesk.latest(name).point, helpdesk.judgement(name)) : null))),
      box,
      ...(isOpen ? [el("p", { class: "quiet" }, t("incomplete_note"))] : []),
      el("details", {}, el("summary", {}, t("show_table")), helpdesk.table(
        title, [t("period"), ...columns.map(({ text }) => text)],
        labels.map((label, at) => [label, ...columns.map((column) => cellText(column.points[at], column))]))));
    const instance = echarts.init(box, null, { renderer: "canvas" });
    const draw = () => instance.setOption(option(chart, labels, columns, colours(), box.clientWidth < 480), true);
    draw();
    drawn.push({ instance, box, draw });
  };

  helpdesk.chart = function (place, chart) {
    const { el, t, state, site } = helpdesk;
    const title = t(`chart_${chart.title}`);
    const isAlone = chart.figures.length === 1;
    const columns = chart.figures
      .filter((name) => helpdesk.seriesOf(name, state.slice, state.index, state.grain))
      .map((name) => ({
        name, text: helpdesk.figureText(name, isAlone), unit: helpdesk.figure(name).unit, points: helpdesk.points(name),
      }));
    if (!columns.some(({ points }) => points.some((point) => point && point.value !== null))) {
      place.replaceChildren(el("figcaption", {}, el("h3", {}, title)),
        el("p", { class: "quiet" }, `${helpdesk.NONE} ${helpdesk.why(chart.figures[0], null)}`));
      return;
    }
    const labels = site.periods[state.grain].slice(state.from, state.to + 1)
      .map((start) => helpdesk.period(start, state.grain));
    helpdesk.drawChart(place, title, chart, labels, columns);
  };

  helpdesk.forgetCharts = () => drawn.splice(0).forEach(({ instance }) => instance.dispose());
  helpdesk.redraw = () => drawn.forEach(({ instance, draw }) => { instance.resize(); draw(); });
})(window.helpdesk);
