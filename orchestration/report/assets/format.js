// Words, numbers, durations and periods as the chosen language writes them.
"use strict";

(function (helpdesk) {
  const MINUTE = 60, HOUR = 3600, DAY = 86400;
  const QUOTIENTS = ["ratio", "per_ticket", "money"];
  const formats = new Map();

  helpdesk.NONE = "–";

  helpdesk.t = function (key, values) {
    const text = helpdesk.words[helpdesk.language][key] ?? key;
    return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
  };

  helpdesk.hasWord = (key) => Object.hasOwn(helpdesk.words.en, key);

  function intl(kind, options) {
    const key = helpdesk.language + JSON.stringify(options);
    // Dates as most of the world writes them, the day before the month.
    const locale = helpdesk.language === "en" ? "en-GB" : helpdesk.language;
    if (!formats.has(key)) formats.set(key, new Intl[kind](locale, options));
    return formats.get(key);
  }

  function number(value, digits) {
    return intl("NumberFormat", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  helpdesk.number = number;

  function percent(value, digits) {
    return intl("NumberFormat", {
      style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits,
    }).format(value);
  }

  // The limits lie where rounding would show 60 s, 60.0 min or 48.0 h.
  function duration(seconds) {
    const size = Math.abs(seconds);
    if (size < MINUTE - 0.5) return `${number(seconds, 0)} ${helpdesk.t("unit_s")}`;
    if (size < HOUR - 3) return `${number(seconds / MINUTE, 1)} ${helpdesk.t("unit_min")}`;
    if (size < 2 * DAY - 180) return `${number(seconds / HOUR, 1)} ${helpdesk.t("unit_h")}`;
    return `${number(seconds / DAY, 1)} ${helpdesk.t("unit_d")}`;
  }

  helpdesk.figure = function (name) {
    const [kpi, variant, attribution, statistic, clock] = name.split(":");
    const unit = helpdesk.site.kpis[kpi]?.unit ?? "count";
    const isOwnUnit = statistic === "rate" && QUOTIENTS.includes(unit);
    return {
      name, kpi, variant, attribution, statistic, clock,
      unit: !isOwnUnit && (statistic === "count" || statistic === "rate") ? statistic : unit,
    };
  };

  helpdesk.value = function (value, unit) {
    if (value === null || value === undefined) return helpdesk.NONE;
    switch (unit) {
      case "seconds": return duration(value);
      case "rate": return percent(value, 1);
      case "count": return number(value, Number.isInteger(value) ? 0 : 1);
      case "score": return number(value, 1);
      default: return number(value, 2);
    }
  };

  helpdesk.change = function (change, rate, unit) {
    if (change === null || change === undefined) return helpdesk.NONE;
    const sign = change > 0 ? "+" : change < 0 ? "−" : "";
    if (unit === "rate") return `${sign}${number(Math.abs(change) * 100, 1)} ${helpdesk.t("points")}`;
    const size = `${sign}${helpdesk.value(Math.abs(change), unit)}`;
    if (rate === null || rate === undefined) return size;
    return `${size} (${rate > 0 ? "+" : rate < 0 ? "−" : ""}${percent(Math.abs(rate), 0)})`;
  };

  helpdesk.day = (text) => intl("DateTimeFormat", {
    day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  }).format(new Date(`${text}T00:00:00Z`));

  helpdesk.instant = (text) => `${intl("DateTimeFormat", {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    hourCycle: "h23", timeZone: "UTC",
  }).format(new Date(text))} UTC`;

  helpdesk.ago = function (text) {
    const hours = (new Date(text) - Date.now()) / 3.6e6;
    const format = intl("RelativeTimeFormat", { numeric: "auto" });
    return Math.abs(hours) < 48 ? format.format(Math.round(hours), "hour") : format.format(Math.round(hours / 24), "day");
  };

  function isoWeek(day) {
    const thursday = new Date(day);
    thursday.setUTCDate(day.getUTCDate() + 3);
    const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    return [Math.floor((thursday - first) / (7 * DAY * 1000)) + 1, thursday.getUTCFullYear()];
  }

  helpdesk.period = function (start, grain) {
    const day = new Date(`${start}T00:00:00Z`);
    const year = (at) => intl("NumberFormat", { useGrouping: false }).format(at);
    switch (grain) {
      case "week": {
        const [week, ofYear] = isoWeek(day);
        return `${helpdesk.t("week")} ${number(week, 0)}, ${year(ofYear)}`;
      }
      case "month":
        return intl("DateTimeFormat", { month: "short", year: "numeric", timeZone: "UTC" }).format(day);
      case "quarter":
        return `Q${number(Math.floor(day.getUTCMonth() / 3) + 1, 0)} ${year(day.getUTCFullYear())}`;
      case "year":
        return year(day.getUTCFullYear());
      default:
        return helpdesk.day(start);
    }
  };

  helpdesk.label = (kpi) => helpdesk.site.kpis[kpi]?.labels[Object.keys(helpdesk.words).indexOf(helpdesk.language)] ?? kpi;

  helpdesk.variant = (name) =>
    helpdesk.hasWord(`variant_${name}`) ? helpdesk.t(`variant_${name}`) : name.replaceAll("_", " ");

  // What tells a figure from others of its KPI: the default and the plain count go without saying.
  helpdesk.qualifiers = function (figure) {
    const said = [];
    if (figure.variant !== "default") said.push(helpdesk.variant(figure.variant));
    if (!["count", "rate", "sum", "score"].includes(figure.statistic)) said.push(helpdesk.t(figure.statistic));
    const own = helpdesk.site.kpis[figure.kpi]?.attribution;
    if (own && figure.attribution !== own) said.push(helpdesk.t(`attribution_${figure.attribution}`));
    if (figure.clock === "business") said.push(helpdesk.t("clock_business"));
    return said.join(" · ");
  };

  helpdesk.sliceValue = (slice, value) =>
    (slice !== "team" || value === "unassigned") && helpdesk.hasWord(`value_${value}`)
      ? helpdesk.t(`value_${value}`) : value;
})(window.helpdesk);
