// Live pages: when something of a kind changed, the parts of this page that
// show it (data-live="prices rounds") are fetched again and replaced.
(() => {
  document.querySelector(".menu [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  const source = document.body.dataset.events;
  if (!source || !document.querySelector("[data-live]")) return;
  const stale = new Set();
  let waiting = 0;

  const shows = (part) => part.dataset.live.split(" ").some((kind) => stale.has(kind));
  const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

  async function refresh() {
    waiting = 0;
    const parts = [...document.querySelectorAll("[data-live]")].filter(shows);
    stale.clear();
    if (!parts.length) return;
    const answer = await fetch(location.href, { headers: { "X-Loa-Live": "1" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const fresh = page.getElementById(part.id);
      if (!fresh || busy(part) || fresh.outerHTML === part.outerHTML) continue;
      const open = new Set([...part.querySelectorAll("details[open][id]")].map((d) => d.id));
      fresh.querySelectorAll("details[id]").forEach((d) => { if (open.has(d.id)) d.open = true; });
      part.replaceWith(fresh);
      if (window.htmx) window.htmx.process(fresh);
    }
  }

  const events = new EventSource(source);
  for (const kind of ["prices", "rounds", "villages", "words", "commune", "channels", "groups", "messages", "voices", "concerns", "contacts"]) {
    events.addEventListener(kind, () => {
      stale.add(kind);
      if (!waiting) waiting = setTimeout(refresh, 400);
    });
  }
})();
