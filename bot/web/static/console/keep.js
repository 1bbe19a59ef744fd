// What she types stays in this tab until Willaq has it: signing in anew, or an error, costs no word.
(() => {
  "use strict";
  const store = window.sessionStorage;
  const form = document.querySelector("form[data-keep]");
  const kept = document.querySelector("[data-kept]");
  const SENT = "willaq-sent";

  // Only what was really sent from here and is kept there may be dropped.
  if (kept && store.getItem(SENT)) {
    store.removeItem(store.getItem(SENT));
    store.removeItem(SENT);
  }
  if (!form) { return; }
  const key = `willaq:${location.pathname}`;
  const others = [...form.elements].filter((each) => each.name && each.name !== "csrf" && each.type !== "file" && each.type !== "submit");
  const value = (each) => (each.type === "checkbox" ? each.checked : each.value);
  const now = () => JSON.stringify(others.map((each) => [each.name, each.type === "checkbox" ? each.value : "", value(each)]));
  const shown = now();

  const notice = document.querySelector("[data-restored]");
  const before = store.getItem(key);
  if (before && before !== shown && !("again" in form.dataset)) {
    for (const [name, box, typed] of JSON.parse(before)) {
      const found = others.find((each) => each.name === name && (each.type !== "checkbox" || each.value === box));
      if (found && found.type === "checkbox") { found.checked = typed; } else if (found) { found.value = typed; }
    }
    notice.hidden = false;
  }
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    store.removeItem(key);
    location.assign(location.href);
  });
  form.addEventListener("input", () => store.setItem(key, now()));
  form.addEventListener("submit", () => {
    store.setItem(key, now());
    store.setItem(SENT, key);
  });
  store.removeItem(SENT);

  // What was restored, or typed before htmx listened, is shown as what is typed now.
  const isNew = (each) => (each.type === "checkbox" ? each.checked !== each.defaultChecked
    : each.defaultValue !== undefined && each.value !== each.defaultValue);
  document.addEventListener("htmx:after:process", () => {
    if (others.some(isNew)) { form.dispatchEvent(new Event("input")); }
  }, { once: true });
})();
