// The simulated phones: each writes to its channel and reads its inbox.
(() => {
  const words = document.querySelector(".phones").dataset;

  // Septets of the GSM-7 alphabet; anything else needs UTF-16.
  const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const extended = "\f^{}\\[~]|€";
  function measure(text) {
    let units = 0, wide = false;
    for (const c of text) {
      if (basic.includes(c)) units += 1;
      else if (extended.includes(c)) units += 2;
      else wide = true;
    }
    if (wide) units = text.length;
    const [alone, each] = wide ? [70, 67] : [160, 153];
    if (units <= alone) return { units, parts: units ? 1 : 0 };
    let parts = 1, inPart = 0;
    for (const c of text) {
      const u = wide ? c.length : extended.includes(c) ? 2 : 1;
      if (inPart + u > each) { parts += 1; inPart = 0; }
      inPart += u;
    }
    return { units, parts };
  }

  const newID = () => "sim-" + [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  function start(phone) {
    const address = phone.dataset.phone;
    const log = phone.querySelector(".log");
    const screen = phone.querySelector(".screen");
    const number = phone.querySelector(".number");
    const field = phone.querySelector("textarea");
    const count = phone.querySelector(".count");
    let shown = "";

    function bubble(m) {
      const li = document.createElement("li");
      li.className = m.direction;
      const p = document.createElement("p");
      p.textContent = m.text;
      li.append(p);
      if (m.at) {
        const t = document.createElement("time");
        t.textContent = clock(m.at);
        li.append(t);
      }
      if (m.buttons && m.buttons.length) {
        const row = document.createElement("div");
        row.className = "choices";
        for (const b of m.buttons) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = b.label;
          button.addEventListener("click", () => send({ button: b.value, text: b.label }));
          row.append(button);
        }
        li.append(row);
      }
      return li;
    }

    function note(text) {
      const li = document.createElement("li");
      li.className = "note";
      li.textContent = text;
      log.append(li);
      screen.scrollTop = screen.scrollHeight;
    }

    async function read() {
      const from = number.value;
      const answer = await fetch(`${address}/inbox?from=${encodeURIComponent(from)}&limit=100`).catch(() => null);
      if (!answer || from !== number.value) return;
      const list = answer.ok ? (await answer.json()).messages : [];
      const now = from + JSON.stringify(list);
      if (now === shown) return;
      shown = now;
      log.replaceChildren(...list.map(bubble));
      if (list.length) screen.scrollTop = screen.scrollHeight;
      else note(words.empty);
    }

    async function send(said) {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ from: number.value, id: newID(), ...said }),
      }).catch(() => null);
      if (!answer || !answer.ok) { note(words.failed); return false; }
      const replies = (await answer.json()).replies || [];
      await read();
      for (const r of replies) if (r.toast) note(r.text);
      return true;
    }

    function counted() {
      if (!count) return;
      const m = measure(field.value);
      count.textContent = m.parts ? words.counted.replace("{parts}", m.parts).replace("{units}", m.units) : "";
    }

    phone.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      field.value = "";
      counted();
      if (!(await send({ text }))) field.value = text;
      field.focus();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        phone.querySelector("form").requestSubmit();
      }
    });
    field.addEventListener("input", counted);
    field.addEventListener("focus", () => { last = field; });
    number.addEventListener("change", read);
    read();
    setInterval(() => { if (!document.hidden) read(); }, 2000);
  }

  let last = document.querySelector(".phone textarea");
  document.querySelectorAll(".phone").forEach(start);
  document.querySelectorAll("[data-idea]").forEach((b) => b.addEventListener("click", () => {
    last.value = b.dataset.idea;
    last.dispatchEvent(new Event("input"));
    last.focus();
  }));
})();
