/* Passkeys: two buttons that are hidden where a browser knows no passkeys. The server does the checking. */
"use strict";

(() => {
  const holder = document.querySelector("[data-passkey]");
  if (!holder || !window.PublicKeyCredential || !navigator.credentials) return;
  const button = holder.querySelector("button");
  const said = holder.querySelector("[role=status]");
  const csrf = holder.querySelector("[name=csrfmiddlewaretoken]").value;
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const post = async (address, content) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(content || {}),
    });
    if (answer.redirected) window.location.assign(answer.url);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async () => {
    const options = await post(holder.dataset.begin);
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: options });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      named: holder.querySelector("[name=named]").value,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const use = async () => {
    const options = await post(holder.dataset.begin);
    options.challenge = bytes(options.challenge);
    options.allowCredentials = known(options.allowCredentials);
    const used = await navigator.credentials.get({ publicKey: options });
    return {
      id: used.id,
      rawId: text(used.rawId),
      type: used.type,
      authenticatorAttachment: used.authenticatorAttachment,
      clientExtensionResults: used.getClientExtensionResults(),
      response: {
        authenticatorData: text(used.response.authenticatorData),
        clientDataJSON: text(used.response.clientDataJSON),
        signature: text(used.response.signature),
        userHandle: used.response.userHandle ? text(used.response.userHandle) : null,
      },
    };
  };

  holder.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "";
    try {
      const answer = await post(holder.dataset.complete, await (holder.dataset.passkey === "make" ? make() : use()));
      window.location.assign(answer.go);
    } catch {
      said.textContent = holder.dataset.failed;
      button.disabled = false;
    }
  });
})();
