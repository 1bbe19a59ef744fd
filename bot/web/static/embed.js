// Runs in a partner's page, which may have its own styles, scripts and rules: it leaves no name
// there, and sets each style by hand.
var AWAY = "willaq: away";
var here = document.currentScript;
var home = here.src.replace(/embed\.js.*$/, "");
var tag = (here.getAttribute("data-language") || document.documentElement.lang || "es").toLowerCase();
var spoken = words[tag] || words[Object.keys(words).filter(function (each) {
  return tag.slice(0, 2) === each.slice(0, 2);
})[0]] || words.es;
var frame = null, escaped = 0, gone = false;

var button = document.createElement("button");
button.type = "button";
dress(button, {
  position: "fixed", right: "16px", bottom: "16px", zIndex: 2147483647, margin: 0,
  minWidth: "56px", minHeight: "48px", padding: "8px 16px", border: "2px solid #fff",
  borderRadius: "24px", color: "#fff", background: "#0b4a6f", cursor: "pointer",
  font: "600 16px/1.4 system-ui, sans-serif"
});
name();

function dress(element, styles) {
  Object.keys(styles).forEach(function (each) { element.style[each] = styles[each]; });
}

function name() {
  var open = !!frame && frame.style.display !== "none";
  button.textContent = open ? spoken.close : spoken.open;
  button.setAttribute("aria-expanded", String(open));
}

function show() {
  frame = document.createElement("iframe");
  frame.title = "Chat";
  frame.src = home + "?embed&lang=" + encodeURIComponent(tag);
  frame.referrerPolicy = "no-referrer";
  dress(frame, {
    position: "fixed", right: 0, bottom: "80px", zIndex: 2147483647, width: "400px",
    maxWidth: "100%", height: "600px", maxHeight: "calc(100% - 80px)", background: "#fff",
    border: "1px solid #5b6570", boxSizing: "border-box"
  });
  document.body.insertBefore(frame, button);
}

// Nothing of this page stays to be read; it goes to where nobody minds, without a way back here.
function away() {
  if (gone) { return; }
  gone = true;
  document.documentElement.style.visibility = "hidden";
  document.title = "";
  if (navigator.onLine !== false) { window.location.replace(away_to); }
}

button.addEventListener("click", function () {
  if (!frame) { show(); }
  else { frame.style.display = frame.style.display === "none" ? "" : "none"; }
  name();
  if (frame.style.display !== "none") { frame.focus(); }
});
window.addEventListener("message", function (event) {
  if (frame && event.source === frame.contentWindow && event.data === AWAY) { away(); }
});
document.addEventListener("keydown", function (event) {
  if (!frame || (event.key !== "Escape" && event.key !== "Esc")) { return; }
  var now = Date.now();
  if (now - escaped < 1500) {
    // It says goodbye to the server and answers; should it not, this page goes all the same.
    frame.contentWindow.postMessage(AWAY, "*");
    setTimeout(away, 300);
  }
  escaped = now;
});
if (document.body) { document.body.appendChild(button); }
else { document.addEventListener("DOMContentLoaded", function () { document.body.appendChild(button); }); }
