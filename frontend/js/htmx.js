// Everything that knows htmx: its event names change with the next major version.
import htmx from "htmx.org";

window.htmx = htmx;

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const progress = (on) => document.querySelector(".bar-of-progress")?.toggleAttribute("data-on", on);

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = meta("csrf-token");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
  progress(true);
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
  progress(false);
});

// A request that cannot be answered in place becomes an ordinary visit, which shows the whole page.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const link = event.detail.elt.closest("a[href]");
    if (link) location.assign(link.href);
  });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const head = document.querySelector(".page-head[data-title]");
  if (!head || !event.detail.target.matches("#content")) return;
  document.title = head.dataset.title;
  const said = document.querySelector("#said");
  if (said) said.textContent = head.dataset.title;
});
