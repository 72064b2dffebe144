// Everything works without this file: it only saves readers a page load or a calculation.
const language = document.documentElement.lang || "en";

for (const pager of document.querySelectorAll("[data-more]")) {
  pager.addEventListener("click", async event => {
    const link = event.target.closest("a[rel=next]");
    const list = document.querySelector("[data-list]");
    if (!link || !list || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(link.href);
      if (!response.ok) throw new Error(response.statusText);
      const next = new DOMParser().parseFromString(await response.text(), "text/html");
      const added = [...next.querySelectorAll("[data-list] > *")];
      list.append(...added);
      const following = next.querySelector("[data-more] a[rel=next]");
      if (following) link.replaceWith(following);
      else pager.remove();
      added[0]?.querySelector("a")?.focus();
    } catch {
      location.assign(link.href);
    }
  });
}

// Times stand in the event's zone; a reader whose clock shows another time is told which.
for (const note of document.querySelectorAll("[data-reader-time]")) {
  const moment = new Date(note.dataset.readerTime);
  const time = zone => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(moment);
  try {
    if (time(undefined) === time(note.dataset.zone)) continue;
    note.querySelector("time").textContent = time(undefined);
    note.hidden = false;
  } catch {
    // A zone that the browser does not know: the page says what it says.
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.nextElementSibling.hidden = false;
  });
}

// The part that is being read is marked in the page's own menu.
const entries = new Map([...document.querySelectorAll(".contents a")].map(link => [link.hash.slice(1), link]));
if (entries.size > 0) {
  const watcher = new IntersectionObserver(seen => {
    for (const { target } of seen.filter(change => change.isIntersecting)) {
      for (const [id, link] of entries) id === target.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const id of entries.keys()) {
    const heading = document.getElementById(id);
    if (heading) watcher.observe(heading);
  }
}
