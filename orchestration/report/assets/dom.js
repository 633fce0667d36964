// Elements made of text and never of markup: what was delivered stays text.
"use strict";

(function (helpdesk) {
  const SVG = "http://www.w3.org/2000/svg";

  helpdesk.el = function (name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "onclick") element.addEventListener("click", value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  };

  helpdesk.svg = function (name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // A table in a box of its own that scrolls, with the keyboard too. Cells are texts or elements.
  helpdesk.table = function (caption, headings, rows, { numeric = (column) => column > 0 } = {}) {
    const { el } = helpdesk;
    const cell = (content, column) => {
      const isHead = column === 0;
      return el(isHead ? "th" : "td", {
        scope: isHead ? "row" : null, class: numeric(column) ? "number" : null,
      }, el("bdi", {}, content));
    };
    return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
      el("table", {},
        el("caption", { class: "unseen" }, caption),
        el("thead", {}, el("tr", {}, headings.map((heading, column) =>
          el("th", { scope: "col", class: numeric(column) ? "number" : null }, heading)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell))))));
  };

  helpdesk.english = (text) => helpdesk.el("span", { lang: "en", dir: "ltr" }, text);
})(window.helpdesk);
