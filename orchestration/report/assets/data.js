// Data comes as scripts, which pages from disk may load where they may not fetch; each is unpacked once.
"use strict";

(function (helpdesk) {
  const packed = {};
  const promised = {};
  const unpacked = {};
  const folder = document.documentElement.dataset.data;

  helpdesk.take = function (name, text) {
    packed[name] = text;
  };

  function unpack(name) {
    const bytes = Uint8Array.from(atob(packed[name]), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    delete packed[name];
    return new Response(stream).json().then((value) => (unpacked[name] = value));
  }

  function fetched(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${folder}/${name}.js`;
      script.onload = resolve;
      script.onerror = () => reject(Object.assign(new Error(name), { name: "GoneError" }));
      document.head.append(script);
    });
  }

  helpdesk.load = function (name) {
    promised[name] ??= (name in packed ? Promise.resolve() : fetched(name)).then(() => unpack(name));
    return promised[name];
  };

  helpdesk.data = (name) => unpacked[name];
})(window.helpdesk);
