// Keeps a page up to date: when a report may have changed, the page asks for itself again and takes over the parts
// that differ. Without it every page works the same; it only has to be asked for again by hand.
(() => {
  "use strict";
  const status = document.getElementById("live");
  let state = document.body.dataset.state;
  let isAsking = false;
  let isWanted = false;

  const say = (text) => { if (status && status.textContent !== text) status.textContent = text; };

  // A part somebody is in is left alone: nothing may move under the pointer of a keyboard.
  const isInUse = (part) => part.contains(document.activeElement) || !getSelection().isCollapsed && getSelection().containsNode(part, true);

  // Whether a part is still being worked out, here or in the page that was asked for last.
  let isNextPending = false;
  const isWaiting = () => isNextPending || document.querySelector("[data-pending]") !== null;

  const takeOver = (text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    isNextPending = next.querySelector("[data-pending]") !== null;
    // What stands here is whole; the next page will be in a moment.
    if (isNextPending && !document.querySelector("[data-pending]")) return;
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = next.getElementById(part.id);
      if (!other || isInUse(part)) continue;
      for (const details of part.querySelectorAll("details[open][id]")) {
        const same = other.querySelector("#" + CSS.escape(details.id));
        if (same) same.setAttribute("open", "");
      }
      if (part.outerHTML === other.outerHTML) continue;
      const shown = document.importNode(other, true);
      const offset = new Map([...part.querySelectorAll(".table[id]")].map((table) => [table.id, table.scrollLeft]));
      shown.classList.add("changed");
      shown.addEventListener("animationend", () => shown.classList.remove("changed"), { once: true });
      part.replaceWith(shown);
      for (const [id, left] of offset) { const table = document.getElementById(id); if (table) table.scrollLeft = left; }
    }
    // What was empty, or came or went as a whole, is another page.
    const ids = (of) => [...of.querySelectorAll("[data-live]")].map((part) => part.id).join(" ");
    if (ids(document) !== ids(next)) {
      const [main, other] = [document.getElementById("main"), next.getElementById("main")];
      if (main && other && !main.contains(document.activeElement)) main.replaceWith(document.importNode(other, true));
    }
    state = next.body.dataset.state;
    fillIn();
  };

  const ask = async () => {
    if (isAsking) { isWanted = true; return; }
    isAsking = true;
    try {
      const reply = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      if (reply.ok) takeOver(await reply.text());
      // An agent at work writes many lines a second; nobody reads so fast.
      await new Promise((done) => setTimeout(done, isWaiting() ? 200 : 3000));
    } catch { /* The stream says when the listener is there again. */ }
    isAsking = false;
    if (isWanted || isWaiting()) { isWanted = false; ask(); }
  };

  const listen = () => {
    const events = new EventSource("/events");
    events.addEventListener("open", () => say("Live"));
    events.addEventListener("error", () => say("Not connected: suffice has stopped, or is starting."));
    events.addEventListener("state", (event) => { if (event.data !== state) { if (!document.hidden) ask(); } });
    addEventListener("pagehide", () => events.close(), { once: true });
  };

  // The admin token, for as long as this tab is open: typed once, and never sent but with a form.
  const fillIn = () => {
    for (const field of document.querySelectorAll("input[name=token]")) field.value ||= sessionStorage.getItem("token") ?? "";
  };
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("input[name=token]");
    if (field) sessionStorage.setItem("token", field.value);
  });
  if (document.getElementById("locked")) sessionStorage.removeItem("token");
  fillIn();

  // A page that answers a form, or tells of trouble, is of one moment.
  if (!state) return;
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  listen();
  if (document.querySelector("[data-pending]")) ask();
})();
