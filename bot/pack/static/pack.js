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

// Words, neighbours, beginnings and threes of letters with the words' edges.
function piecesOf(heard) {
  var words = heard.split(" "), pieces = [], edged, at, from;
  for (at = 0; at < words.length; at++) {
    pieces.push(words[at] + ".");
    if (at) { pieces.push(words[at - 1] + " " + words[at]); }
    if (words[at].length > data.beginning) { pieces.push(words[at].slice(0, data.beginning) + "-"); }
    edged = " " + words[at] + " ";
    for (from = 0; from < edged.length - 2; from++) { pieces.push(edged.substr(from, 3)); }
  }
  return pieces;
}

// Which pieces, by number, and how often each. `seen` counts the texts a piece is in; what is new
// gets the next number.
function tallied(heard, numbers, seen) {
  var list = piecesOf(heard), pieces = [], weights = [], number, place;
  for (var at = 0; at < list.length; at++) {
    number = numbers[list[at]];
    if (number === undefined) { number = numbers[list[at]] = seen.push(0) - 1; }
    place = pieces.indexOf(number);
    if (place < 0) {
      pieces.push(number);
      weights.push(1);
      seen[number]++;
    } else { weights[place]++; }
  }
  return { pieces: pieces, weights: weights };
}

function ofLengthOne(weights) {
  var squares = 0, at;
  for (at = 0; at < weights.length; at++) { squares += weights[at] * weights[at]; }
  for (at = 0; at < weights.length; at++) { weights[at] /= Math.sqrt(squares) || 1; }
  return weights;
}

function weigh(text, rarity, rarest) {
  for (var at = 0; at < text.pieces.length; at++) {
    text.weights[at] = Math.sqrt(text.weights[at]) * (rarity[text.pieces[at]] || rarest);
  }
  ofLengthOne(text.weights);
  return text;
}

// Of each piece who has it and how much of it: owner, weight, owner, weight ...
function put(postings, owner, text, seen, most) {
  for (var at = 0; at < text.pieces.length; at++) {
    var piece = text.pieces[at];
    if (seen[piece] > most) { continue; }
    (postings[piece] = postings[piece] || []).push(owner, text.weights[at]);
  }
}

function summed(texts) {
  var sums = [], pieces = [], weights = [], text, at, piece;
  for (text = 0; text < texts.length; text++) {
    for (at = 0; at < texts[text].pieces.length; at++) {
      piece = texts[text].pieces[at];
      if (!sums[piece]) { pieces.push(piece); }
      sums[piece] = (sums[piece] || 0) + texts[text].weights[at];
    }
  }
  for (at = 0; at < pieces.length; at++) { weights.push(Math.sqrt(sums[pieces[at]])); }
  return { pieces: pieces, weights: ofLengthOne(weights) };
}

// `alone`: each way of asking. `together`: those of one topic in one language as one. Pieces go by
// number: as strings they cost an old telephone several times as much.
function indexed() {
  var made = {
    numbers: Object.create(null), rarity: [], rarest: 0,
    topics: [], alone: [], owners: [], together: []
  };
  var groups = [], seen = [], count = 0, at, each;
  data.asked.forEach(function (languages, topic) {
    languages.forEach(function (ways) {
      made.owners.push(topic);
      groups.push(ways.map(function (heard) { return tallied(heard, made.numbers, seen); }));
      count += ways.length;
    });
  });
  for (at = 0; at < seen.length; at++) {
    made.rarity[at] = Math.log(1 + count / seen[at]);
    made.rarest = Math.max(made.rarest, made.rarity[at]);
  }
  var common = Math.max(data.at_least, data.common * count);
  for (at = 0; at < groups.length; at++) {
    for (each = 0; each < groups[at].length; each++) {
      weigh(groups[at][each], made.rarity, made.rarest);
      put(made.alone, made.topics.push(made.owners[at]) - 1, groups[at][each], seen, common);
    }
    put(made.together, at, summed(groups[at]), seen, Infinity);
  }
  return made;
}

// The best score of each topic.
function nearness(asked, postings, topics) {
  var scores = {}, best = {}, row, at, piece;
  for (piece = 0; piece < asked.pieces.length; piece++) {
    row = postings[asked.pieces[piece]] || [];
    for (at = 0; at < row.length; at += 2) {
      scores[row[at]] = (scores[row[at]] || 0) + asked.weights[piece] * row[at + 1];
    }
  }
  for (at in scores) { best[topics[at]] = Math.max(best[topics[at]] || 0, scores[at]); }
  return best;
}

// Of a long question only its rarest pieces.
function theRarest(asked) {
  var order = Object.keys(asked.pieces);
  order.sort(function (one, other) { return asked.weights[other] - asked.weights[one]; });
  order = order.slice(0, data.pieces);
  return {
    pieces: order.map(function (at) { return asked.pieces[at]; }),
    weights: order.map(function (at) { return asked.weights[at]; })
  };
}

// The nearest topics by their number, best first.
function search(text) {
  var folded = fold(text), near = [], topic;
  if (folded.length < data.shortest) { return near; }
  index = index || indexed();
  // What no text has gets numbers too, in a list of its own: they weigh most and lead nowhere.
  var asked = tallied(sound(folded), Object.create(index.numbers), index.rarity.map(Number));
  asked = theRarest(weigh(asked, index.rarity, index.rarest));
  var alone = nearness(asked, index.alone, index.topics);
  var together = nearness(asked, index.together, index.owners);
  for (topic in alone) {
    alone[topic] = (1 - data.together) * alone[topic] + data.together * together[topic];
    if (alone[topic] >= data.near) { near.push(+topic); }
  }
  near.sort(function (one, other) { return alone[other] - alone[one] || one - other; });
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
  // A second or two on a slow telephone: while the keyboard opens, not while she types.
  byId("words").addEventListener("focus", function () { index = index || indexed(); });
  byId("words").addEventListener("input", show);
  byId("form").addEventListener("submit", function (event) { event.preventDefault(); show(); });
  markOld();
  if (window.location.hash) { open(window.location.hash.slice(1)); }
}
