// Files dropped or chosen are sent at once. Without this script the form has a button that does the same.
class FileDrop extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.zone = this.querySelector(".zone");
    this.zone.querySelector(".btn").hidden = true;
    this.input.addEventListener("change", () => this.send());
    this.form.addEventListener("submit", () => this.wait());
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) this.zone.addEventListener(name, this);
  }

  handleEvent(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.zone.toggleAttribute("data-over", event.type === "dragenter" || event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    this.input.files = event.dataTransfer.files;
    this.send();
  }

  send() {
    if (this.input.files.length) this.form.requestSubmit();
  }

  wait() {
    const names = [...this.input.files].map((file) => file.name);
    this.zone.setAttribute("aria-busy", "true");
    this.querySelector(".chosen").textContent = [this.dataset.reading, ...names].join(" ");
  }
}

customElements.define("file-drop", FileDrop);
