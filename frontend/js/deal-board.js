// Cards are dragged to another column, or sent there with the arrow keys on their handle and Enter. Where they may go is
// the server's business: it answers with the board again, or with the checklist. Without this script handles are links.
const FAR = 6;
const EDGE = 40;
const KEY = "upswing-moved";

class DealBoard extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[data-drop]");
    this.live = this.querySelector("[data-said]");
    this.scroller = this.querySelector(".board-columns");
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "keydown", "focusout", "dragstart"])
      this.addEventListener(name, this);
    this.addEventListener("click", this, true);
    this.greet();
  }

  handleEvent(event) {
    this[event.type](event);
  }

  get columns() {
    return [...this.querySelectorAll(".board-column[data-stage]")];
  }

  dragstart(event) {
    event.preventDefault();
  }

  pointerdown(event) {
    const card = event.target.closest(".deal-card");
    const touched = event.pointerType !== "mouse" && !event.target.closest(".grip");
    if (!card || touched || event.button) return;
    this.held = { card, x: event.clientX, y: event.clientY, id: event.pointerId, far: false };
  }

  pointermove(event) {
    const { held } = this;
    if (!held || held.id !== event.pointerId) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.far && Math.hypot(x, y) < FAR) return;
    if (!held.far) {
      held.far = true;
      this.setPointerCapture(held.id);
      held.card.toggleAttribute("data-held", true);
    }
    held.card.style.translate = `${x}px ${y}px`;
    const box = this.scroller.getBoundingClientRect();
    if (event.clientX > box.right - EDGE) this.scroller.scrollLeft += EDGE / 4;
    if (event.clientX < box.left + EDGE) this.scroller.scrollLeft -= EDGE / 4;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    this.aim(under?.closest(".board-column[data-stage]"));
  }

  pointerup() {
    const { held, column } = this;
    if (!held) return;
    this.pointercancel();
    if (!held.far) return;
    this.justDragged = true;
    setTimeout(() => (this.justDragged = false));
    if (column) this.send(held.card, column);
  }

  pointercancel() {
    this.held?.card.removeAttribute("data-held");
    this.held?.card.style.removeProperty("translate");
    this.held = undefined;
    this.aim(undefined);
  }

  click(event) {
    if (this.justDragged) event.preventDefault();
  }

  keydown(event) {
    const card = event.target.closest(".grip")?.closest(".deal-card");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape" && this.held) this.pointercancel();
    if (!card) return;
    if (step) {
      const columns = this.columns;
      const from = columns.indexOf(this.column ?? card.closest(".board-column"));
      const next = columns[Math.min(Math.max(from + step, 0), columns.length - 1)];
      event.preventDefault();
      this.aim(next);
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.say("over", card.dataset.name, next.dataset.name);
    } else if (this.column && (event.key === "Enter" || event.key === "Escape")) {
      const column = this.column;
      event.preventDefault();
      this.aim(undefined);
      if (event.key === "Enter") this.send(card, column);
      else this.say("left", card.dataset.name, card.closest(".board-column").dataset.name);
    }
  }

  focusout() {
    if (!this.held) this.aim(undefined);
  }

  aim(column) {
    this.column?.removeAttribute("data-aim");
    this.column = column ?? undefined;
    this.column?.toggleAttribute("data-aim", true);
  }

  send(card, column) {
    if (card.closest(".board-column") === column) return;
    sessionStorage.setItem(KEY, JSON.stringify([card.id, column.dataset.stage]));
    this.form.action = card.dataset.ways + encodeURI(column.dataset.stage) + "/";
    this.form.requestSubmit();
  }

  // After a move the board comes back: say what became of it, and give the focus to the card again.
  greet() {
    const [id, stage] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    sessionStorage.removeItem(KEY);
    const card = id && document.getElementById(id);
    const column = card && card.closest(".board-column");
    if (!column) return;
    card.querySelector(".grip").focus();
    this.say(column.dataset.stage === stage ? "moved" : "left", card.dataset.name, column.dataset.name);
  }

  say(what, deal, stage) {
    this.live.textContent = this.dataset[what].replace("{deal}", deal).replace("{stage}", stage);
  }
}

customElements.define("deal-board", DealBoard);
