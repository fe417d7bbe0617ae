// The page's one script. Views are addresses after "#", regions are the parts that the server draws: the script sends
// addresses, deeds and places, puts focus where the reader looks next, and never makes markup from text.
"use strict";
(() => {
  const root = document.documentElement;
  const ROOMS = ["ask", "browse", "keep", "improve", "history"];
  const regions = {};
  const at = (selector, inside = document) => inside.querySelector(selector);
  const desk = () => at("#desk");
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // ---- regions ----

  function region(name, element, trigger) {
    element.dataset.region = name;
    regions[name] = { element, trigger: (event, told) => trigger(event, { told }) };
    // Observers are called in the order in which they were made: a line that is sought moves the view last.
    if (name === "conversation") followAnswers(element);
    // gradio changes what is there rather than putting new elements in its place, attributes included.
    const attributeFilter = ["data-language", "data-conversation", "aria-current"];
    new MutationObserver(() => drawn(name)).observe(element, {
      attributeFilter, characterData: true, childList: true, subtree: true,
    });
    drawn(name);
    if (name === "source") observePanel(element);
    if (name === "keep") {
      const kept = element.closest("#kept");
      new MutationObserver(nameUpload).observe(kept, { characterData: true, childList: true, subtree: true });
    }
    if (name === "header") start();
    if (name === place().room) show();
  }

  // A view that is not finished says after how many seconds it may be asked for again.
  let asking = 0;
  function askAgain(name) {
    const unfinished = at("[data-again]", regions[name].element);
    if (!unfinished || name !== place().room) return;
    clearTimeout(asking);
    asking = setTimeout(() => {
      if (name !== place().room || !at("[data-again]", regions[name].element)) return;
      regions[name].trigger("select", { address: place().address, spoken: root.lang, again: "" });
      askAgain(name);
    }, 1000 * unfinished.dataset.again);
  }

  function drawn(name) {
    const { element } = regions[name];
    askAgain(name);
    for (const head of all("table.sortable thead th", element)) {
      if (at("button, .unseen", head) || !head.textContent.trim()) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
    }
    if (name === "header") {
      nameLanguage();
      nameRoom();
      paint();
    }
    if (name === "conversation") {
      if (!isOpen && at(".log, .missing, .notice", element)) {
        isOpen = true;
        if (place().room === "ask") show();
      }
      keepAddress();
      if (sought && at(".exchange", element)) seek();
    }
    if (name === "filters" && isApplying) {
      isApplying = false;
      clearTimeout(unchanged);
      showFilters(element);
    }
    for (const box of all(".scroll", element)) edges.observe(box);
    if (quoting && !isQuoted(quoting)) hideQuote();
    if (arriving === name) arrive(element);
    comeBack();
  }

  // What scrolls sideways says at which edges there is more: `page.css` fades it there.
  const edges = new ResizeObserver((sized) => sized.forEach(({ target }) => tellEdges(target)));
  function tellEdges(box) {
    const rest = box.scrollWidth - box.clientWidth - box.scrollLeft;
    box.dataset.more = [box.scrollLeft > 1 ? "left" : "", rest > 1 ? "right" : ""].join(" ").trim();
  }
  document.addEventListener("scroll", ({ target }) => target instanceof Element && target.matches(".scroll") && tellEdges(target), true);

  // ---- the place for files ----

  // gradio names it in the language of the browser; the page's stands in its label.
  function nameUpload() {
    const name = at("#upload > label")?.textContent.trim();
    const button = at("#upload > button");
    if (name && button && button.ariaLabel !== name) button.ariaLabel = name;
  }

  // ---- addresses ----

  function place() {
    const address = location.hash || "#ask";
    const view = address.slice(1).split("?")[0];
    const room = view.split("/")[0];
    return { address, view, room: ROOMS.includes(room) ? room : "ask" };
  }

  // Set by the first conversation that the server draws, an empty one: what was opened before would be lost in it.
  let isOpen = false;
  let arriving = "";
  function show(isFollowed = false) {
    const { address, view, room } = place();
    if (!desk()) return;
    desk().dataset.room = room;
    desk().dataset.view = view;
    if (isFollowed) unfold(false);
    nameRoom();
    close(false);
    hideQuote();
    const name = room === "ask" ? "conversation" : room;
    if (!regions[name]) return;
    if (room === "ask") {
      if (!isOpen) return;
      const query = new URLSearchParams(address.split("?")[1] || "");
      if (query.has("question")) write(query.get("question"));
      sought = query.has("turn") ? { turn: query.get("turn"), search: query.get("search") || "" } : null;
      const conversation = query.get("conversation");
      if (!conversation || conversation === held) {
        addressed = "";
        keepAddress();
        if (sought) seek();
        return;
      }
    }
    arriving = isFollowed ? name : "";
    draw(name, address, 2);
  }

  // The address names the conversation that is shown, so that a reload and a bookmark open it again.
  let held = "";
  let addressed = "";
  function keepAddress() {
    held = at("#conversation .log")?.dataset.conversation ?? held;
    if (held === addressed || place().room !== "ask") return;
    addressed = held;
    history.replaceState(history.state, "", held ? `#ask?conversation=${held}` : "#ask");
  }

  // The line that a search of one's own questions found.
  let sought = null;
  function seek() {
    const { turn, search } = sought;
    const exchange = at(`#conversation [data-turn="${CSS.escape(turn)}"]`);
    if (!exchange) return;
    sought = null;
    arriving = "";
    const wanted = search.toLocaleLowerCase().split(/\s+/);
    const count = (line) => wanted.filter((word) => line.textContent.toLocaleLowerCase().includes(word)).length;
    const lines = all(".question, .claims > :is(p, li), .claims tbody tr, .remark, .notice p, .nearest p, .sources li", exchange);
    const line = lines.reduce((best, one) => (count(one) > count(best) ? one : best), lines[0]);
    line.dataset.found = "";
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    bring(line, at("#conversation .log"), 0.35);
  }

  // A reload leaves every view where it was scrolled to.
  const PLACE = "rapporteur-place";
  const COLUMNS = { ask: "#conversation .log", keep: "#kept" };
  const scroller = () => at(COLUMNS[place().room] ?? `#room-${place().room}`);
  let left = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  addEventListener("pagehide", () => {
    sessionStorage.setItem(PLACE, JSON.stringify({ address: place().address, top: scroller()?.scrollTop ?? 0 }));
  });
  for (const deed of ["wheel", "keydown", "pointerdown"]) addEventListener(deed, () => (left = null), { passive: true });
  function comeBack() {
    if (!left || left.address !== place().address || !scroller()) return;
    scroller().scrollTop = left.top;
    if (Math.abs(scroller().scrollTop - left.top) < 2) left = null;
  }

  // Views may come in another order than they were asked for: one that says it is another one's is asked for again.
  function draw(name, address, again) {
    regions[name].trigger("select", { address, spoken: root.lang });
    setTimeout(() => {
      const drawn = at("[data-address]", regions[name].element);
      if (again && drawn && drawn.dataset.address !== address && place().address === address) draw(name, address, again - 1);
    }, 3000);
  }

  // On a narrow page rooms, languages and light are behind one button, until another place is gone to; a header that is
  // drawn anew is as open as it was.
  let isUnfolded = false;
  function unfold(isOpen) {
    isUnfolded = isOpen;
    at("#header .menu")?.setAttribute("aria-expanded", String(isOpen));
  }

  function nameRoom() {
    unfold(isUnfolded);
    for (const link of all("#header nav a")) {
      const isHere = link.hash.slice(1).split("/")[0] === place().room;
      if (isHere === (link.getAttribute("aria-current") === "page")) continue;
      isHere ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
  }

  function arrive(element) {
    const heading = at("h2", element);
    if (!heading) return;
    arriving = "";
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    const scroller = element.closest("#kept, .room");
    const mark = at("mark[data-here]", element);
    if (mark) mark.scrollIntoView({ block: "center" });
    else if (scroller) scroller.scrollTop = 0;
  }

  addEventListener("popstate", () => history.state?.source || at("#beside[data-open]") === null || close(true));

  addEventListener("hashchange", () => {
    left = null;
    show(true);
  });

  function write(text) {
    const box = at("#question textarea");
    if (!box) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  // ---- deeds and forms ----

  const values = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

  function gathered(form) {
    const found = values(form);
    for (const name of new Set(all("[data-many]", form).map((input) => input.name))) {
      found[name] = JSON.stringify(new FormData(form).getAll(name).map(String));
    }
    return found;
  }

  function act(element, more = {}) {
    const home = element.closest("[data-region]");
    if (!home) return;
    if (element.dataset.do !== "filters") isApplying = false;
    regions[home.dataset.region].trigger("submit", { ...element.dataset, ...more, address: place().address, spoken: root.lang });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.view) {
      event.preventDefault();
      const told = new URLSearchParams(Object.entries(values(form)).filter(([, value]) => value.trim()));
      location.hash = `${form.dataset.view}${told.size ? `?${told}` : ""}`;
    } else if (form.dataset.do) {
      event.preventDefault();
      if (form.dataset.do === "filters") {
        isApplying = true;
        // What was applied before already is not drawn anew; an answer that comes later is shown all the same.
        clearTimeout(unchanged);
        unchanged = setTimeout(() => showFilters(regions.filters.element), 1500);
      }
      act(form, { ...gathered(form), ...(event.submitter ? event.submitter.dataset : {}) });
    }
  });

  // After Apply the focus is on what is wrong, else on the line that names what holds.
  let isApplying = false;
  let unchanged = 0;
  function showFilters(element) {
    const wrong = at("[aria-invalid]", element);
    if (!wrong) at("details", element).open = false;
    (wrong || at("summary", element)).focus();
  }

  function fill(button) {
    const field = at(`#filters [name="${CSS.escape(button.dataset.fill)}"]`);
    field.value = button.dataset.value;
    field.focus();
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (form.dataset.view && event.target.matches("select")) form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, a");
    if (!pressed) return;
    const { dataset } = pressed;
    if (dataset.cite || dataset.near) open(pressed);
    else if (dataset.step) step(Number(dataset.step));
    else if (pressed.matches(".close")) close(true);
    else if (pressed.matches(".sort")) sort(pressed.closest("th"));
    else if (dataset.write !== undefined) write(dataset.write);
    else if (dataset.fill) fill(pressed);
    else if (dataset.copy !== undefined) copy(pressed);
    else if (dataset.theme !== undefined) turn();
    else if (dataset.menu !== undefined) unfold(pressed.getAttribute("aria-expanded") !== "true");
    else if (dataset.turns !== undefined) chosen(pressed);
    else if (dataset.do && !(pressed.form && pressed.type === "submit")) act(pressed);
  });

  // ---- the panel beside ----

  const beside = () => at("#beside");
  let opener = null;

  function open(button) {
    opener = button;
    for (const other of all("[data-cite][aria-current], [data-near][aria-current]")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    hideQuote();
    const { cite, near, quote } = button.dataset;
    const opened = at("#source .opened");
    if (opened && opened.dataset.key === (cite || `near-${near}`)) reveal();
    else regions.source.trigger("select", { cite, near, quote, spoken: root.lang });
  }

  // The server draws a conversation anew while it grows: the button that was pressed may be another element by now.
  function pressedNow() {
    if (!opener || opener.isConnected) return opener;
    const { cite, near } = opener.dataset;
    return at(cite ? `[data-cite="${CSS.escape(cite)}"]` : `[data-near="${CSS.escape(near)}"]`);
  }

  function neighbors() {
    const button = pressedNow();
    const group = button && button.closest("[data-cites]");
    const places = new Map();
    for (const one of group ? all("[data-cite]", group) : []) {
      if (!places.has(one.dataset.cite)) places.set(one.dataset.cite, one);
    }
    const list = [...places.values()];
    return { list, index: button ? list.findIndex((one) => one.dataset.cite === button.dataset.cite) : -1 };
  }

  function step(by) {
    const { list, index } = neighbors();
    const next = index < 0 ? null : list[index + by];
    if (next) open(next);
  }

  function reveal() {
    const opened = at("#source .opened");
    if (!opened) return;
    beside().dataset.open = "";
    // Over a narrow page it is a page of its own: the key that leads back leads out of it.
    if (matchMedia("(max-width: 900px)").matches && !history.state?.source) history.pushState({ source: true }, "");
    desk().dataset.beside = "";
    const { list, index } = neighbors();
    for (const button of all("[data-step]", opened)) {
      button.disabled = index < 0 || !list[index + Number(button.dataset.step)];
    }
    const mark = at("mark", opened);
    const target = mark || at("h2", opened);
    target.focus({ preventScroll: true });
    bring(target, at("#source .panel"), 0.35);
  }

  function close(isAsked) {
    if (!beside()) return;
    delete beside().dataset.open;
    delete desk().dataset.beside;
    if (!isAsked) return;
    if (history.state?.source) history.back();
    const button = pressedNow();
    if (button) button.focus();
    else at("#question textarea")?.focus();
  }

  // Scrolls one column only; `scrollIntoView` would move the frame around it as well.
  function bring(target, column, share) {
    const offset = target.getBoundingClientRect().top - column.getBoundingClientRect().top;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    column.scrollTo({ top: column.scrollTop + offset - column.clientHeight * share, behavior: calm ? "auto" : "smooth" });
  }

  let shown = "";
  function observePanel(element) {
    new MutationObserver(() => {
      const opened = at(".opened", element);
      const key = opened ? opened.dataset.key : "";
      if (key === shown) return;
      shown = key;
      if (key) reveal();
      else close(false);
    }).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-key"] });
  }

  // A new question comes into view once; while its answer grows the reader is left where they are.
  function followAnswers(element) {
    let count = all(".exchange", element).length;
    new MutationObserver(() => {
      const exchanges = all(".exchange", element);
      if (exchanges.length > count) bring(exchanges[exchanges.length - 1], at(".log", element), 0.02);
      count = exchanges.length;
    }).observe(element, { childList: true, subtree: true });
  }

  // ---- the quote under the pointer ----

  let hiding = 0;
  let quoting = null;
  const said = ({ dataset: { quote } }) => (quote.length > 420 ? `${quote.slice(0, 420)} …` : quote);
  // What is drawn anew may take the button away, or make another one of it.
  const isQuoted = (button) => button.isConnected && "quote" in button.dataset && said(button) === tip().textContent;
  function tip() {
    let made = at("#quote-tip");
    if (!made) {
      made = document.createElement("div");
      made.id = "quote-tip";
      made.setAttribute("role", "tooltip");
      made.hidden = true;
      made.addEventListener("mouseenter", () => clearTimeout(hiding));
      made.addEventListener("mouseleave", hideQuote);
      (at("main") || document.body).append(made);
    }
    return made;
  }

  function showQuote(button) {
    clearTimeout(hiding);
    const made = tip();
    quoting = button;
    made.textContent = said(button);
    made.hidden = false;
    button.setAttribute("aria-describedby", "quote-tip");
    const box = button.getBoundingClientRect();
    const width = Math.min(420, innerWidth - 24);
    made.style.width = `${width}px`;
    made.style.left = `${Math.max(12, Math.min(box.left - 24, innerWidth - width - 12))}px`;
    const above = box.top - made.offsetHeight - 8;
    made.style.top = `${above > 8 ? above : box.bottom + 8}px`;
  }

  function hideQuote() {
    clearTimeout(hiding);
    quoting = null;
    const made = at("#quote-tip");
    if (made) made.hidden = true;
    for (const button of all("[aria-describedby='quote-tip']")) button.removeAttribute("aria-describedby");
  }

  const quoted = (event) => event.target instanceof Element && event.target.closest("[data-quote]");
  document.addEventListener("mouseover", (event) => quoted(event) && showQuote(quoted(event)));
  document.addEventListener("mouseout", (event) => {
    clearTimeout(hiding);
    if (quoting) hiding = setTimeout(hideQuote, 180);
  });
  root.addEventListener("mouseleave", hideQuote);
  addEventListener("blur", hideQuote);
  document.addEventListener("focusin", (event) => quoted(event) && event.target.matches(":focus-visible") && showQuote(quoted(event)));
  document.addEventListener("focusout", (event) => quoted(event) && hideQuote());
  document.addEventListener("scroll", hideQuote, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (at("#quote-tip:not([hidden])")) hideQuote();
    else if (at("#source")?.contains(document.activeElement)) close(true);
    else unfold(false);
  });

  // ---- tables, copies, exports ----

  function sort(head) {
    const table = head.closest("table");
    const column = [...head.parentElement.children].indexOf(head);
    const isDown = head.getAttribute("aria-sort") === "ascending";
    for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const key = (row) => {
      const cell = row.children[column];
      return cell ? (cell.dataset.sort ?? cell.textContent.trim()) : "";
    };
    const order = new Intl.Collator(root.lang || "en", { numeric: true });
    for (const body of table.tBodies) {
      const rows = [...body.rows].map((row) => [key(row), row]);
      // What is not stated stays last in both directions.
      rows.sort(([a], [b]) => (!a - !b) || order.compare(a, b) * (isDown ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    }
  }

  function say(text) {
    const said = at("#said");
    if (said) said.textContent = text;
  }

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https a browser gives no clipboard to scripts; a selected field can still be copied.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(button.dataset.said || "");
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, 1600);
  }

  // Links that export the chosen turns, or all where none is chosen.
  function chosen(link) {
    const boxes = all("input[name=turn]");
    const picked = boxes.filter((box) => box.checked);
    const ids = (picked.length ? picked : boxes).map((box) => box.value);
    link.search = new URLSearchParams({ language: root.lang, turns: ids.join(",") });
  }

  // ---- the end of a session ----

  // gradio asks the server through `fetch`; somebody it does not know any more is answered 401.
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (answer.status === 401) tellEnd();
    else if (answer.ok) at("#session-end")?.remove();
    return answer;
  };

  function tellEnd() {
    const { ended, enter } = at("#header [data-ended]")?.dataset ?? {};
    if (!ended || at("#session-end")) return;
    const way = document.createElement("a");
    way.href = "./";
    way.textContent = enter;
    const told = document.createElement("p");
    told.id = "session-end";
    told.setAttribute("role", "alert");
    told.append(ended, " ", way);
    document.body.append(told);
    way.focus();
  }

  // ---- language and light ----

  let language = "";
  function nameLanguage() {
    const named = at("#header [data-language]");
    if (!named || named.dataset.language === language) return;
    const isFirst = language === "";
    language = named.dataset.language;
    root.lang = language;
    if (!isFirst) document.cookie = `rapporteur-language=${language}; max-age=31536000; samesite=lax`;
    // Whatever a room shows was drawn in the words of before.
    if (!isFirst || place().room !== "ask") show();
  }

  const THEME = "rapporteur-theme";
  function paint() {
    const kept = localStorage.getItem(THEME);
    const isDark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.body.classList.toggle("dark", isDark);
    for (const button of all("[data-theme]")) button.setAttribute("aria-pressed", String(isDark));
  }
  function turn() {
    localStorage.setItem(THEME, document.body.classList.contains("dark") ? "light" : "dark");
    paint();
  }

  function start() {
    paint();
    show();
  }

  window.rapporteur = { region };
})();
