// What is told by tables of their own: ticket types, staff by half hour, agents.
"use strict";

(function (helpdesk) {
  function onlyAll() {
    return helpdesk.state.slice === "all" ? "" : ` ${helpdesk.t("only_all")}`;
  }

  function month(start) {
    return helpdesk.period(start, "month");
  }

  helpdesk.extra_types = function (place) {
    const { el, t, value } = helpdesk;
    const { types, type_events: events } = helpdesk.extras;
    if (types.length === 0) {
      place.replaceChildren(el("p", { class: "quiet" }, t("nothing_here")));
      return;
    }
    const rows = types.map(([type, , isNew, created, share, change, backlog, resolution, reopens]) => [
      isNew ? el("span", {}, type, " ", el("span", { class: "badge" }, t("new"))) : type,
      value(created, "count"), value(share, "rate"),
      change === null ? helpdesk.NONE : `${change > 0 ? "+" : ""}${value(change, "rate")}`,
      value(backlog, "count"), value(resolution, "seconds"), value(reopens, "rate"),
    ]);
    const headings = ["type", "created", "share", "change", "section_backlog", "resolution", "reopens"].map((key) => t(key));
    place.replaceChildren(
      el("p", { class: "quiet" }, t("types_note", { period: month(types[0][1]) }) + onlyAll()),
      helpdesk.table(t("section_ticket_types"), headings, rows),
      el("h3", {}, t("what_happened")),
      events.length === 0 ? el("p", { class: "quiet" }, t("nothing_happened"))
        : helpdesk.table(t("what_happened"), [t("type"), t("figure"), t("day"), t("tickets")],
          events.map(([kind, type, day, count]) => [type, t(`event_${kind}`), helpdesk.day(day), value(count, "count")]),
          { numeric: (column) => column === 3 }));
  };

  function clock(halfHour) {
    return `${String(Math.floor(halfHour / 2)).padStart(2, "0")}:${halfHour % 2 ? "30" : "00"}`;
  }

  helpdesk.extra_staffing = function (place) {
    const { el, t } = helpdesk;
    const rows = helpdesk.extras.staffing;
    if (rows.length === 0) {
      place.replaceChildren(el("p", { class: "quiet" }, t("nothing_here")));
      return;
    }
    const figure = el("figure", {});
    place.replaceChildren(el("p", { class: "quiet" }, t("staffing_note") + onlyAll()), figure);
    const column = (at, text) => ({
      text, unit: "count", points: rows.map((row) => row[at] === null ? null : { value: row[at], isIncomplete: !row[2] }),
    });
    helpdesk.drawChart(figure, t("staffing_chart"), { kind: "bar" },
      rows.map(([day, halfHour]) => `${helpdesk.day(day)} ${clock(halfHour)}`),
      [column(5, t("required")), column(6, t("on_shift"))]);
  };

  helpdesk.extra_agents = function (place) {
    const { el, t, value } = helpdesk;
    const { agents } = helpdesk.extras;
    if (agents.length === 0) {
      place.replaceChildren(el("p", { class: "quiet" }, t("nothing_here")));
      return;
    }
    const headings = [
      "agent", "home_team", "solved", "section_backlog", "first_response", "resolution", "reopens", "sla_met",
      "satisfaction", "occupancy",
    ].map((key) => t(key));
    const rows = agents.map(([agent, team, , solved, backlog, response, resolution, reopens, sla, csat, answers, occupancy]) => [
      agent, team ?? helpdesk.NONE, value(solved, "count"), value(backlog, "count"), value(response, "seconds"),
      value(resolution, "seconds"), value(reopens, "rate"), value(sla, "rate"),
      csat === null && answers > 0
        ? `${helpdesk.NONE} (n < ${helpdesk.number(helpdesk.site.minimum, 0)})` : value(csat, "rate"),
      value(occupancy, "rate"),
    ]);
    place.replaceChildren(
      el("p", { class: "quiet" },
        t("agents_note", { count: helpdesk.number(agents.length, 0), period: month(agents[0][2]) }) + onlyAll()),
      helpdesk.table(t("section_agents"), headings, rows, { numeric: (column) => column > 1 }));
  };
})(window.helpdesk);
