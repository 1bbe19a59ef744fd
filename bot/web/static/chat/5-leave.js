// Leaving: what is on the screen first, everything else after.

function leave() {
  if (gone) { return; }
  gone = true;
  hush();
  document.title = data.harmless[0];
  document.body.textContent = "";
  var plain = document.body.appendChild(element("main", "bubble"));
  plain.appendChild(element("h1", "", data.harmless[0]));
  plain.appendChild(element("p", "", data.harmless[1]));
  var token = state.token;
  wipe();
  hangUp();
  state = fresh();
  if (token) { farewell(token); }
  if (!embedded) { goAway(window); return; }
  // The partner's page goes by itself, where embed.js is; it is pushed where it is not.
  window.parent.postMessage(AWAY, "*");
  setTimeout(function () { goAway(window.top); }, 300);
}

// Without a network the harmless screen stays.
function goAway(place) {
  if (navigator.onLine !== false) { place.location.replace(data.away); }
}

function farewell(token) {
  if (navigator.sendBeacon && navigator.sendBeacon("chat/leave", token)) { return; }
  var xhr = new XMLHttpRequest();
  xhr.open("POST", "chat/leave");
  xhr.send(token);
}

// What begins it all.

log.addEventListener("click", function (event) {
  var at = event.target;
  while (at && at !== log && !at.hasAttribute("data-choice")) { at = at.parentNode; }
  if (at && at !== log) { choose(at.getAttribute("data-choice"), at.textContent); }
});
form.addEventListener("submit", function (event) { event.preventDefault(); write(); });
box.addEventListener("input", grow);
box.addEventListener("keydown", function (event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    write();
  }
});
byId("exit").addEventListener("click", leave);
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape" && event.key !== "Esc") { return; }
  var now = Date.now();
  if (now - escaped < 1500) { leave(); }
  escaped = now;
});
window.addEventListener("message", function (event) {
  if (event.data === AWAY) { leave(); }
});
window.addEventListener("online", function () {
  tell("");
  clearTimeout(retry);
  pump();
  listen();
});
window.addEventListener("offline", function () { if (!gone) { tell(unreachable()); } });
document.addEventListener("visibilitychange", function () {
  if (gone) { return; }
  forgetAfterSilence();
  if (document.hidden) {
    var open = stream;
    stream = null;
    clearTimeout(silence);
    if (open) { open.abort(); }
  } else { pump(); listen(); }
});
// Coming back by the back button must not show what was here, not for a blink.
window.addEventListener("pagehide", function (event) { if (event.persisted && !gone) { reset(); } });
window.addEventListener("pageshow", function (event) { if (event.persisted && !gone) { reset(); } });
setInterval(function () { if (!gone) { forgetAfterSilence(); } }, 20000);
restore();
