// Only in the preview: `gendan serve` puts it into pages on their way. Waits for the next build and then loads the page
// again. A script that waits, because the pages' policy lets nothing but scripts of this address be loaded.
(function () {
  "use strict";
  var now = document.currentScript.getAttribute("data-now");
  var waiting = null;
  function ask() {
    // A page that nobody looks at does not hold one of the few connections a browser opens.
    if (waiting || document.hidden) return;
    waiting = document.createElement("script");
    waiting.src = "/-gendan/wait.js?" + encodeURIComponent(now);
    waiting.onload = waiting.onerror = function () {
      waiting.remove();
      waiting = null;
      setTimeout(ask, 500);
    };
    document.head.appendChild(waiting);
  }
  window.gendanPreview = function (then) { if (then !== now) location.reload(); };
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("pageshow", ask);
})();
