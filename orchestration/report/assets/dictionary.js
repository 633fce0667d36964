// The data dictionary: found by text, opened by address, labelled in the chosen language.
"use strict";

(function (helpdesk) {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const tables = [...document.querySelectorAll("main details.table")].map((place) => ({
    place,
    text: `${place.id} ${place.querySelector("summary").textContent}`.toLowerCase(),
    rows: [...place.querySelectorAll("tbody tr")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));

  function words() {
    const { t } = helpdesk;
    for (const each of document.querySelectorAll("[data-word]")) each.textContent = t(each.dataset.word);
    for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t(each.dataset.label));
    document.title = `${t("page_dictionary")} – ${t("site_title")}`;
    const asked = `?${new URLSearchParams({ lang: helpdesk.language })}`;
    for (const link of document.querySelectorAll("nav a")) link.href = link.getAttribute("href").split("?")[0] + asked;
    root.dataset.ready = helpdesk.language;
  }

  // All words must be there: of a table (then all its columns are shown), or of one of its columns.
  function find() {
    const wanted = byId("wanted").value.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (text) => wanted.every((word) => text.includes(word));
    const shown = { tables: 0, columns: 0 };
    for (const { place, text, rows } of tables) {
      const isMeant = holds(text);
      const hits = rows.filter((each) => isMeant || holds(`${place.id} ${each.text}`));
      for (const { row } of rows) row.hidden = true;
      for (const { row } of hits) row.hidden = false;
      place.hidden = hits.length === 0;
      if (wanted.length) place.open = hits.length > 0 && !isMeant;
      shown.tables += place.hidden ? 0 : 1;
      shown.columns += hits.length;
    }
    for (const schema of document.querySelectorAll(".schema")) {
      schema.hidden = !schema.querySelector("details.table:not([hidden])");
    }
    const { t, number } = helpdesk;
    byId("found").textContent = shown.tables
      ? t("found_columns", { tables: number(shown.tables, 0), columns: number(shown.columns, 0) })
      : t("nothing_here");
  }

  function openAddressed() {
    const place = byId(decodeURIComponent(location.hash.slice(1)));
    if (place?.localName !== "details") return;
    if (byId("wanted").value) {
      byId("wanted").value = "";
      find();
    }
    place.open = true;
    place.scrollIntoView();
  }

  helpdesk.load("words").then((loaded) => {
    helpdesk.words = loaded;
    byId("language").value = helpdesk.language;
    byId("theme").value = helpdesk.theme;
    byId("language").onchange = ({ target }) => {
      helpdesk.setLanguage(target.value);
      helpdesk.keep("language", target.value);
      words();
      find();
    };
    byId("theme").onchange = ({ target }) => {
      helpdesk.setTheme(target.value);
      helpdesk.keep("theme", target.value);
    };
    byId("wanted").oninput = find;
    byId("find").onsubmit = (event) => event.preventDefault();
    addEventListener("hashchange", openAddressed);
    words();
    find();
    openAddressed();
  });
})(window.helpdesk);
