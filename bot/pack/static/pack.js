// For browsers of ten years ago: nothing newer than ES5, and nothing from anywhere.

var data = JSON.parse(byId("data").textContent);
var index = null, gone = false, escaped = 0;

function byId(id) { return document.getElementById(id); }

// Finding a topic, as bot/dialogue/search.py does.

var PLAIN = {
  a: "áàâäãåā", e: "éèêëẽē", i: "íìîïĩī", o: "óòôöõō", u: "úùûüũū", c: "ç", y: "ýÿ", n: "ń"
};
var MARKS = /[\u0300-\u036f]/g, APOSTROPHES = /[’‘ʼ´`']/g;

function fold(text) {
  text = text.slice(0, 4096).toLowerCase().replace(/n\u0303/g, "ñ").replace(MARKS, "");
  for (var letter in PLAIN) {
    text = text.replace(new RegExp("[" + PLAIN[letter] + "]", "g"), letter);
  }
  text = text.replace(APOSTROPHES, "").replace(/[^a-z0-9ñ]+/g, " ");
  return text.replace(/([a-z0-9ñ])\1{2,}/g, "$1").replace(/^ | $/g, "");
}

function sound(words) {
  words = words.split(" ");
  for (var at = 0; at < words.length; at++) {
    if (data.short.hasOwnProperty(words[at])) { words[at] = data.short[words[at]]; }
  }
  words = words.join(" ");
  for (at = 0; at < data.alike.length; at++) {
    words = words.split(data.alike[at][0]).join(data.alike[at][1]);
  }
  return words;
}

function counted(text) {
  var words = text.split(" "), counts = {}, edged, letters, at;
  for (var word = 0; word < words.length; word++) {
    edged = " " + words[word] + " ";
    for (at = 0; at < edged.length - 2; at++) {
      letters = edged.substr(at, 3);
      counts[letters] = (counts[letters] || 0) + 1;
    }
  }
  return counts;
}

function weighed(text, rarity, rarest) {
  var counts = counted(text), squares = 0, letters;
  for (letters in counts) {
    counts[letters] = Math.sqrt(counts[letters]) * (rarity[letters] || rarest);
    squares += counts[letters] * counts[letters];
  }
  for (letters in counts) { counts[letters] /= Math.sqrt(squares) || 1; }
  return counts;
}

function indexed() {
  var topics = [], texts = [], rarity = {}, postings = {}, rarest = 0, letters, at, weights;
  for (var topic = 0; topic < data.asked.length; topic++) {
    for (at = 0; at < data.asked[topic].length; at++) {
      topics.push(topic);
      texts.push(data.asked[topic][at]);
    }
  }
  for (at = 0; at < texts.length; at++) {
    for (letters in counted(texts[at])) { rarity[letters] = (rarity[letters] || 0) + 1; }
  }
  for (letters in rarity) {
    rarity[letters] = Math.log(1 + texts.length / rarity[letters]);
    rarest = Math.max(rarest, rarity[letters]);
  }
  for (at = 0; at < texts.length; at++) {
    weights = weighed(texts[at], rarity, rarest);
    for (letters in weights) {
      (postings[letters] = postings[letters] || []).push([at, weights[letters]]);
    }
  }
  return { topics: topics, postings: postings, rarity: rarity, rarest: rarest || 1 };
}

// The nearest topics by their number, best first.
function search(text) {
  var folded = fold(text), scores = {}, best = {}, near = [], letters, at, row, topic;
  if (folded.length < data.shortest) { return near; }
  index = index || indexed();
  var asked = weighed(sound(folded), index.rarity, index.rarest);
  for (letters in asked) {
    row = index.postings[letters] || [];
    for (at = 0; at < row.length; at++) {
      scores[row[at][0]] = (scores[row[at][0]] || 0) + asked[letters] * row[at][1];
    }
  }
  for (at in scores) {
    topic = index.topics[at];
    if (scores[at] >= data.near && scores[at] > (best[topic] || 0)) { best[topic] = scores[at]; }
  }
  for (topic in best) { near.push(+topic); }
  near.sort(function (one, other) { return best[other] - best[one] || one - other; });
  return near.slice(0, 5);
}

function show() {
  var list = byId("found"), near = search(byId("words").value), at, link, title;
  list.textContent = "";
  for (at = 0; at < near.length; at++) {
    title = byId("t" + (near[at] + 1)).getElementsByTagName("h3")[0];
    link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
    link.href = "#t" + (near[at] + 1);
    link.lang = title.lang;
    link.textContent = title.textContent;
  }
  var told = near.length ? "found" : "nothing";
  byId("told").textContent = fold(byId("words").value).length < data.shortest ? "" : data.told[told];
}

// Opening what a link leads to.

function open(id) {
  var place = byId(id);
  if (!place) { return; }
  if (place.tagName === "DETAILS") { place.setAttribute("open", ""); }
  place.scrollIntoView();
}

function openAll() {
  var closed = document.querySelectorAll("details:not([open])");
  for (var at = 0; at < closed.length; at++) { closed[at].setAttribute("open", ""); }
}

// What is said to hold until a day, and that day is over by her telephone's clock.
function markOld() {
  var told = document.querySelectorAll("[data-until]"), now = new Date();
  for (var at = 0; at < told.length; at++) {
    var day = told[at].getAttribute("data-until").split("-");
    if (now >= new Date(day[0], day[1] - 1, +day[2] + 1)) { told[at].className = "old"; }
  }
}

// Leaving. What is on the screen first; the address after, so that a reload shows the recipe too.

function leave() {
  if (gone) { return; }
  gone = true;
  document.title = data.recipe[0];
  var all = byId("all");
  all.parentNode.removeChild(all);
  byId("data").parentNode.removeChild(byId("data"));
  byId("r").style.display = "block";
  window.scrollTo(0, 0);
  window.location.replace("#r");
}

document.addEventListener("click", function (event) {
  var at = event.target;
  while (at && at.tagName !== "A") { at = at.parentNode; }
  var to = at && at.getAttribute("href");
  if (to === "#r") { event.preventDefault(); leave(); }
  // An address that is there already changes nothing, and she may have closed the topic.
  else if (to === window.location.hash) { open(to.slice(1)); }
});
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape" && event.key !== "Esc" && event.keyCode !== 27) { return; }
  var now = Date.now();
  if (now - escaped < 1500) { leave(); }
  escaped = now;
});
window.addEventListener("hashchange", function () {
  // Going back leads through what she read: each of these addresses gives way to the recipe's.
  if (gone) { window.location.replace("#r"); } else { open(window.location.hash.slice(1)); }
});
window.addEventListener("beforeprint", function () { if (!gone) { openAll(); } });

if (window.location.hash === "#r") { leave(); } else {
  document.body.className = "can";
  byId("words").addEventListener("input", show);
  byId("form").addEventListener("submit", function (event) { event.preventDefault(); show(); });
  markOld();
  if (window.location.hash) { open(window.location.hash.slice(1)); }
}
