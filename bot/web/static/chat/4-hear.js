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
  hush();
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
