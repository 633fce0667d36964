// What is chosen: kept in the address, so that a view can be sent to somebody.
"use strict";

(function (helpdesk) {
  const GRAINS = ["day", "week", "month", "quarter", "year"];
  const SLICES = ["channel", "team", "priority"];
  const USUAL = { day: 60, week: 26, month: 13, quarter: 8, year: 10 };

  helpdesk.GRAINS = GRAINS;
  helpdesk.SLICES = SLICES;

  function usualGrain() {
    const { periods } = helpdesk.site;
    return ["month", "week"].find((grain) => (periods[grain] || []).length > 3) || "day";
  }

  // Positions of the periods that can be chosen: of one channel, team or priority only the newest are kept.
  helpdesk.positions = function (grain, slice) {
    const count = (helpdesk.site.periods[grain] || []).length;
    const first = slice === "all" ? 0 : Math.max(0, count - helpdesk.site.eachPeriods[grain]);
    return [first, count - 1];
  };

  function clamped(state) {
    const [first, last] = helpdesk.positions(state.grain, state.slice);
    const starts = helpdesk.site.periods[state.grain] || [];
    const to = starts.indexOf(state.toStart);
    state.to = to < first ? last : to;
    const from = starts.indexOf(state.fromStart);
    state.from = from < 0 ? Math.max(first, state.to - USUAL[state.grain] + 1) : Math.max(first, from);
    if (state.from > state.to) state.from = state.to;
    return state;
  }

  helpdesk.readState = function () {
    const asked = new URLSearchParams(location.search);
    const grain = asked.get("grain");
    const state = {
      grain: GRAINS.includes(grain) && helpdesk.site.periods[grain] ? grain : usualGrain(),
      slice: "all",
      index: 0,
      fromStart: asked.get("from"),
      toStart: asked.get("to"),
    };
    for (const slice of SLICES) {
      const index = (helpdesk.site.slices[slice] || []).indexOf(asked.get(slice));
      if (state.slice === "all" && index >= 0) Object.assign(state, { slice, index });
    }
    helpdesk.state = clamped(state);
  };

  helpdesk.query = function () {
    const { grain, slice, index, fromStart, toStart } = helpdesk.state;
    const asked = new URLSearchParams({ lang: helpdesk.language, grain });
    if (fromStart) asked.set("from", fromStart);
    if (toStart) asked.set("to", toStart);
    if (slice !== "all") asked.set(slice, helpdesk.site.slices[slice][index]);
    return `?${asked}`;
  };

  helpdesk.choose = function (changes) {
    helpdesk.state = clamped({ ...helpdesk.state, ...changes });
    history.replaceState(null, "", helpdesk.query());
  };
})(window.helpdesk);
