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
