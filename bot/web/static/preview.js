// What was saved appears by itself. The server made this HTML and escaped what people wrote.
"use strict";
var line = document.getElementById("status");
var address = location.pathname.replace("/preview/", "/preview/stream/");
var source = new EventSource(address);

source.onmessage = function (event) {
  var news = JSON.parse(event.data);
  var body = document.getElementById("body");
  if (news.first) { line.textContent = ""; }
  body.innerHTML = news.body;
  if (!news.first) {
    line.textContent = line.dataset.saved + " (" + new Date().toLocaleTimeString("es-PE") + ")";
  }
};

source.onerror = function () { line.textContent = line.dataset.lost; };
