// The page's script, first part: what it knows, and for how long.
// Plain ES5 and XMLHttpRequest in all of it: it has to run on the browser of a ten year old phone.
// The parts are joined in their order and wrapped in one function (bot/web/page.py).
//
// What was said is kept on this tab only, until half an hour of silence, until she leaves.
var SILENCE_MS = 30 * 60 * 1000;
var PLACE = "c";
var QUIET_MS = 10 * 60 * 1000;
var LONGEST = 4096;
var AWAY = "willaq: away";
var data = JSON.parse(byId("data").textContent);
var log = byId("log"), form = byId("form"), box = byId("text"), line = byId("status");
var start = log.innerHTML;
var embedded = window.parent !== window;
var state = fresh();
var sending = null, stream = null;
var retry = 0, again = 0, patience = 0, silence = 0;
var failures = 0, lost = 0, escaped = 0;
var held = [];
var canStream = true, gone = false;

function fresh() {
  return { token: "", after: 0, language: document.documentElement.lang, chosen: false,
    shown: [], unsent: [], at: 0 };
}

function keep() {
  try { sessionStorage.setItem(PLACE, JSON.stringify(state)); } catch (error) { }
}

function wipe() {
  try { sessionStorage.removeItem(PLACE); } catch (error) { }
}

function isReload() {
  var entries = window.performance && performance.getEntriesByType &&
    performance.getEntriesByType("navigation");
  if (document.wasDiscarded) { return true; }
  if (entries && entries.length) { return entries[0].type === "reload"; }
  return !!(window.performance && performance.navigation && performance.navigation.type === 1);
}

function restore() {
  var kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(PLACE)); } catch (error) { }
  // Back, forward or the address typed again: somebody else may be looking.
  if (!kept || !isReload() || Date.now() - kept.at > SILENCE_MS) { wipe(); return; }
  state = kept;
  if (state.chosen) { speak(state.language); }
  state.shown.forEach(draw);
  log.scrollTop = log.scrollHeight;
  pump();
  listen();
}

function reset() {
  hangUp();
  wipe();
  hush();
  state = fresh();
  held = [];
  box.value = "";
  log.innerHTML = start;
  tell("");
}

function forgetAfterSilence() {
  if (state.at && Date.now() - state.at > SILENCE_MS) { reset(); }
}
