// What she sees.
function byId(id) { return document.getElementById(id); }

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

// {hers: text} or a bubble of Willaq: {text, buttons, language, attachments}
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
  (entry.attachments || []).forEach(function (each) {
    if (each.kind === "audio") { bubble.appendChild(player(each.path)); }
  });
  (entry.buttons || []).forEach(function (row) {
    // The way out stands above everything already.
    row = row.filter(function (each) { return each[0] !== "exit"; });
    if (!row.length) { return; }
    var shelf = bubble.appendChild(element("div", "row"));
    row.forEach(function (each) {
      var button = shelf.appendChild(element("button", "", each[1]));
      button.setAttribute("data-choice", each[0]);
    });
  });
  log.appendChild(bubble);
  return bubble;
}

// Nothing of it is fetched, and nothing is heard, before she presses.
function player(path) {
  var made = element("audio");
  made.controls = true;
  made.preload = "none";
  made.src = "audio/" + path;
  return made;
}

// What is taken off the page would go on speaking.
function hush() {
  var playing = log.getElementsByTagName("audio");
  for (var at = 0; at < playing.length; at++) { playing[at].pause(); }
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

function reveal(bubble) { log.scrollTop = bubble.offsetTop - log.offsetTop - 8; }

function grow() {
  box.style.height = "auto";
  box.style.height = box.scrollHeight + 2 + "px";
}
