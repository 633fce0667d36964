// Before anything is painted: language, direction and appearance.
"use strict";

window.helpdesk = {};

(function (helpdesk) {
  const root = document.documentElement;
  const LANGUAGES = root.dataset.languages.split(" ");

  function kept(name) {
    try {
      return localStorage.getItem(`helpdesk-${name}`);
    } catch {
      return null; // a browser that keeps nothing for pages from disk
    }
  }

  helpdesk.keep = function (name, value) {
    try {
      localStorage.setItem(`helpdesk-${name}`, value);
    } catch {
      // the choice then holds for this page only
    }
  };

  helpdesk.setLanguage = function (language) {
    helpdesk.language = language;
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
  };

  helpdesk.setTheme = function (theme) {
    helpdesk.theme = theme;
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };

  const asked = new URLSearchParams(location.search).get("lang");
  const own = (navigator.languages || []).map((each) => each.split("-")[0]);
  helpdesk.setLanguage([asked, kept("language"), ...own].find((each) => LANGUAGES.includes(each)) || "en");
  helpdesk.setTheme(["light", "dark"].includes(kept("theme")) ? kept("theme") : "auto");
})(window.helpdesk);
