(function () {
"use strict";
// Plain ES5 and XMLHttpRequest: it has to run on the browser of a ten year old phone.
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

function byId(id) { return document.getElementById(id); }

function fresh() {
  return { token: "", after: 0, language: document.documentElement.lang, chosen: false,
    shown: [], unsent: [], at: 0 };
}

function word(name) { return (data.words[state.language] || data.words.es)[name]; }

// In Spanish as well: whoever helps her may not read her language.
function inBoth(name) {
  var es = data.words.es[name], hers = word(name);
  if (state.chosen && state.language !== "es") { return hers + "\n" + es; }
  if (state.chosen) { return es; }
  return Object.keys(data.words).map(function (tag) { return data.words[tag][name]; })
    .filter(function (each, at, all) { return all.indexOf(each) === at; }).join("\n");
}

// A call needs no data: whom to call is said where the page cannot ask.
function unreachable() { return inBoth("offline") + "\n" + data.call; }

// What is kept: on this tab only, until half an hour of silence, until she leaves.

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
  state = fresh();
  held = [];
  box.value = "";
  log.innerHTML = start;
  tell("");
}

// What she sees.

function tell(text) { if (line.textContent !== text) { line.textContent = text; } }

function speak(language) {
  if (!data.words[language]) { return; }
  state.language = language;
  state.chosen = true;
  document.documentElement.lang = language;
  log.setAttribute("aria-label", word("log"));
  form.querySelector("label").textContent = box.placeholder = word("write");
  byId("send").textContent = word("send");
  byId("hint").textContent = word("hint");
}

function show(entry) {
  // The clock of silence: what she says and what she is told, not what is merely asked for.
  state.at = Date.now();
  state.shown.push(entry);
  if (state.shown.length > 80) { state.shown.shift(); }
  return draw(entry);
}

function element(name, kind, text) {
  var made = document.createElement(name);
  if (kind) { made.className = kind; }
  if (text) { made.textContent = text; }
  return made;
}

// {hers: text} or a bubble of Willaq: {text, buttons, language}
function draw(entry) {
  var bubble = element("div", entry.hers ? "bubble hers" : "bubble");
  var words = element("div", "words");
  if (entry.hers) {
    bubble.appendChild(element("span", "said", word("you") + ": "));
    words.textContent = entry.hers;
  } else {
    bubble.lang = entry.language;
    mark(words, entry.text);
  }
  bubble.appendChild(words);
  (entry.buttons || []).forEach(function (row) {
    // The way out stands above everything already.
    row = row.filter(function (each) { return each[0] !== "exit"; });
    if (!row.length) { return; }
    var shelf = bubble.appendChild(element("div", "row"));
    row.forEach(function (each) {
      var button = shelf.appendChild(element("button", "", each[1]));
      button.type = "button";
      button.setAttribute("data-choice", each[0]);
    });
  });
  log.appendChild(bubble);
  return bubble;
}

// The server's markup is <b> and three escapes. Anything else stays text: nothing is ever parsed.
function mark(into, html) {
  var target = into;
  html.split(/(<\/?b>)/).forEach(function (part) {
    if (part === "<b>") { target = into.appendChild(element("b")); return; }
    if (part === "</b>") { target = into; return; }
    var text = part.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    link(target, text, target === into ? LONG : SHORT);
  });
}

// Addresses, and numbers written with blanks between, as contacts are: 01 428 0635. A short one,
// such as 105, can only be told from any other number in a name, and names are bold.
var LONG = /(https?:\/\/[^\s<>"]*[^\s<>".,;:)]|[\w.+-]+@[\w-]+\.[\w.-]*\w|(?:\+|\b0|\b9)\d{1,3}(?: \d{2,4}){2,3}\b)/;
var SHORT = new RegExp("\\b(" + (data.numbers.join("|") || "none") + ")\\b");

function link(into, text, links) {
  text.split(links).forEach(function (part, at) {
    if (at % 2 === 0) { into.appendChild(document.createTextNode(part)); return; }
    var made = into.appendChild(element("a", "", part));
    if (part.indexOf("@") > 0) { made.href = "mailto:" + part; return; }
    if (part.indexOf("http") !== 0) { made.href = "tel:" + part.replace(/ /g, ""); return; }
    made.href = part;
    made.rel = "noopener noreferrer";
    made.target = "_blank";
  });
}

// What she says: one after the other, each until it has arrived, under an id of its own.

function newId() {
  var id = "", bytes = new Uint8Array(16), at;
  if (window.crypto && crypto.getRandomValues) { crypto.getRandomValues(bytes); }
  else { for (at = 0; at < 16; at++) { bytes[at] = Math.random() * 256; } }
  for (at = 0; at < 16; at++) { id += (bytes[at] + 256).toString(16).slice(1); }
  return id;
}

// As bot/dialogue/words.py does it.
function fold(text) {
  var plain = text.toLowerCase();
  if (plain.normalize) {
    plain = plain.normalize("NFD").replace(/[\u0300-\u0302\u0304-\u036f]/g, "").normalize("NFC");
  }
  plain = plain.replace(/['\u2019\u2018\u02bc\u00b4\u0060]/g, "").replace(/[^a-z0-9\u00f1]+/g, " ");
  return plain.replace(/(\w)\1{2,}/g, "$1").trim();
}

function write() {
  var text = box.value.trim();
  if (text.length < 100 && data.exits.indexOf(fold(text)) >= 0) { leave(); return; }
  box.focus();
  if (!text) { return; }
  if (text.length > LONGEST) { tell(word("long")); return; }
  box.value = "";
  grow();
  say({ text: text }, text);
}

function choose(id, label) {
  if (id.indexOf("lang:") === 0) { speak(id.slice(5)); }
  say({ choice: id }, label);
}

function say(message, words) {
  message.id = newId();
  if (state.chosen) { message.language = state.language; }
  state.unsent.push(message);
  reveal(show({ hers: words }));
  keep();
  clearTimeout(retry);
  pump();
}

function pump() {
  if (gone || sending || !state.unsent.length) { return; }
  patience = setTimeout(function () { if (!failures) { tell(word("wait")); } }, 700);
  if (!state.token) { sending = ask("POST", "chat/session", "", begun); return; }
  state.unsent[0].after = state.after;
  sending = ask("POST", "chat/say", JSON.stringify(state.unsent[0]), answered);
}

function begun(status, body, wait_s) {
  if (status !== 200) { failed(status, wait_s); return; }
  sent();
  state.token = body.token;
  state.after = 0;
  pump();
}

function answered(status, body, wait_s) {
  if (status === 200) {
    sent();
    failures = 0;
    tell("");
    state.unsent.shift();
    held.unshift(body);
    take();
  } else if (status === 401 && failures < 9) {
    // A day old, or the key changed: a new one, and she notices nothing.
    sent();
    failures++;
    state.token = "";
  } else if (status === 400 || status === 413) {
    sent();
    state.unsent.shift();
    keep();
    tell(word(status === 413 ? "long" : "failed"));
  } else { failed(status, wait_s); return; }
  pump();
  listen();
}

function sent() {
  clearTimeout(patience);
  sending = null;
}

function failed(status, wait_s) {
  sent();
  tell(status ? inBoth("busy") : unreachable());
  clearTimeout(retry);
  retry = setTimeout(pump, pause_ms(failures++, wait_s));
}

// Longer each time, and never all women at the same instant when Willaq is back.
function pause_ms(times, wait_s) {
  return 1000 * Math.max(wait_s || 0, Math.min(30, Math.pow(2, times)) * (0.5 + Math.random()));
}

// What comes: with the answer to what she said, or by the stream. Each row is shown once.

function take() {
  var first = null;
  held.forEach(function (batch) {
    var count = batch.messages.length;
    if (batch.erase && count && batch.messages[count - 1].id > state.after) { erase(); }
    batch.messages.forEach(function (message) {
      if (message.id <= state.after) { return; }
      state.after = message.id;
      message.bubbles.forEach(function (bubble) {
        speak(bubble.language);
        var drawn = show(bubble);
        first = first || drawn;
      });
    });
  });
  held = [];
  keep();
  if (first) {
    // An answer is read from its beginning, below what she asked.
    var above = first.previousSibling;
    reveal(above && above.className === "bubble hers" ? above : first);
  }
}

function receive(batch) {
  held.push(batch);
  // While an answer is on its way it has to come first.
  if (!sending) { take(); }
}

function erase() {
  state.shown = [];
  log.innerHTML = "";
  if (document.activeElement === document.body) { log.focus(); }
}

function listen() {
  // Nobody looks, or nobody has said anything for long: that would only cost her battery.
  if (gone || stream || document.hidden || !state.token || Date.now() - state.at > QUIET_MS) { return; }
  if (canStream) { openStream(); } else { poll(); }
}

function listenLater(went_well, wait_s) {
  stream = null;
  lost = went_well ? 0 : lost + 1;
  clearTimeout(again);
  again = setTimeout(listen, pause_ms(lost, wait_s));
}

function openStream() {
  var read = 0, heard = false, xhr = new XMLHttpRequest();
  function expect(ms) {
    clearTimeout(silence);
    silence = setTimeout(function () { canStream = heard; xhr.abort(); }, ms);
  }
  xhr.open("GET", "chat/stream?after=" + state.after);
  xhr.setRequestHeader("X-Willaq-Token", state.token);
  xhr.onreadystatechange = function () {
    if (stream !== xhr || xhr.readyState < 3) { return; }
    if (xhr.readyState === 4) {
      clearTimeout(silence);
      if (xhr.status === 401) { state.token = ""; }
      listenLater(heard, xhr.status === 429 ? 60 : 2);
      return;
    }
    heard = heard || !!xhr.responseText;
    expect(heard ? 50000 : 10000);
    var end = xhr.responseText.indexOf("\n\n", read), event;
    while (xhr.status === 200 && end >= 0) {
      event = xhr.responseText.slice(read, end);
      read = end + 2;
      end = xhr.responseText.indexOf("\n\n", read);
      if (event.indexOf("data: ") === 0) { receive(JSON.parse(event.slice(6))); }
    }
  };
  stream = xhr;
  xhr.send();
  expect(10000);
}

function poll() {
  stream = ask("GET", "chat/poll?wait&after=" + state.after, "", function (status, body, wait_s) {
    if (status === 200) { receive(body); }
    if (status === 401) { state.token = ""; }
    listenLater(status === 200, wait_s);
  });
}

function ask(method, path, body, done) {
  var xhr = new XMLHttpRequest();
  xhr.open(method, path);
  xhr.timeout = 40000;
  if (state.token) { xhr.setRequestHeader("X-Willaq-Token", state.token); }
  if (body) { xhr.setRequestHeader("Content-Type", "application/json"); }
  xhr.onreadystatechange = function () {
    if (xhr.readyState !== 4 || (xhr !== sending && xhr !== stream)) { return; }
    var parsed = null;
    try { parsed = JSON.parse(xhr.responseText); } catch (error) { }
    // The login page of somebody's wireless network also says 200.
    var status = xhr.status === 200 && !parsed ? 0 : xhr.status;
    done(status, parsed, status ? Number(xhr.getResponseHeader("Retry-After")) : 0);
  };
  xhr.send(body);
  return xhr;
}

function hangUp() {
  var open = [sending, stream];
  sending = stream = null;
  [retry, again, patience, silence].forEach(clearTimeout);
  open.forEach(function (xhr) { if (xhr) { xhr.abort(); } });
}

// Leaving: what is on the screen first, everything else after.

function leave() {
  if (gone) { return; }
  gone = true;
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

function forgetAfterSilence() {
  if (state.at && Date.now() - state.at > SILENCE_MS) { reset(); }
}

function reveal(bubble) { log.scrollTop = bubble.offsetTop - log.offsetTop - 8; }

function grow() {
  box.style.height = "auto";
  box.style.height = box.scrollHeight + 2 + "px";
}

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
}());
