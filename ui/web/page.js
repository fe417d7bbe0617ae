// Runs once when the conversation has been drawn. `element` is its root, `trigger` reaches the server.
// It moves focus and sends places ("2-1"), never text: the server looks everything up itself.
const panel = () => document.querySelector("#source");
let opener = null;

// Scrolls one column only; `scrollIntoView` would move the frame around it as well.
function bring(target, column, share) {
  const offset = target.getBoundingClientRect().top - column.getBoundingClientRect().top;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  column.scrollTo({ top: column.scrollTop + offset - column.clientHeight * share, behavior: calm ? "auto" : "smooth" });
}

function reveal() {
  const opened = panel().querySelector(".opened");
  if (!opened) return;
  document.querySelector("#beside").dataset.open = "";
  const mark = opened.querySelector("mark");
  const target = mark || opened.querySelector("h2");
  target.focus({ preventScroll: true });
  bring(target, panel().querySelector(".panel"), 0.35);
}

function open(button) {
  opener = button;
  for (const other of element.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  const place = button.dataset.cite ? { cite: button.dataset.cite } : { near: button.dataset.near };
  const opened = panel().querySelector(".opened");
  if (opened && opened.dataset.key === (place.cite || `near-${place.near}`)) reveal();
  else trigger("select", place);
}

function close() {
  delete document.querySelector("#beside").dataset.open;
  if (opener && opener.isConnected) opener.focus();
  else document.querySelector("#question textarea").focus();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.cite || button.dataset.near) open(button);
  if (button.dataset.example) trigger("submit", { example: Number(button.dataset.example) });
});

panel().addEventListener("click", (event) => {
  if (event.target.closest("button.close")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement && panel().contains(document.activeElement)) close();
});

// A report has been drawn in the panel: show the sentence and put the reader there.
let shown = "";
new MutationObserver(() => {
  const opened = panel().querySelector(".opened");
  const key = opened ? opened.dataset.key : "";
  if (key !== shown) {
    shown = key;
    if (key) reveal();
    else delete document.querySelector("#beside").dataset.open;
  }
}).observe(panel(), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-key"] });

// A new question comes into view once; while its answer grows the reader is left where they are.
let count = element.querySelectorAll(".exchange").length;
new MutationObserver(() => {
  const exchanges = element.querySelectorAll(".exchange");
  if (exchanges.length > count) bring(exchanges[exchanges.length - 1], element.querySelector(".log"), 0.03);
  count = exchanges.length;
}).observe(element, { childList: true, subtree: true });

// The browser and screen readers learn the language of the page's own words.
const header = document.querySelector("#header");
const speak = () => {
  const named = header.querySelector("[data-language]");
  if (named) document.documentElement.lang = named.dataset.language;
};
new MutationObserver(speak).observe(header, { subtree: true, childList: true, attributes: true });
speak();
