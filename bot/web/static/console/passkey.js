// A passkey is made, or used, by the browser; the answer goes on in the form itself. A browser that
// cannot is shown neither button: the password is always there.
(() => {
  "use strict";
  const can = window.PublicKeyCredential
    && PublicKeyCredential.parseCreationOptionsFromJSON
    && PublicKeyCredential.parseRequestOptionsFromJSON;

  async function options(form) {
    const answer = await fetch(form.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }

  async function credential(form) {
    const told = await options(form);
    return form.dataset.passkey === "add"
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(told) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(told) });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!can) { continue; }
    form.hidden = false;
    const button = form.querySelector("button");
    const fault = form.querySelector("[data-fault]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      fault.textContent = "";
      try {
        form.elements.credential.value = JSON.stringify(await credential(form));
        form.elements.password && (form.elements.password.value = "");
        form.submit();
      } catch (error) {
        fault.textContent = error.message === "403" ? fault.dataset.password : fault.dataset.fault;
        button.disabled = false;
      }
    });
  }
})();
