// The pages work without this. With it, buttons of a media field answer in place, and files can be dropped on a field or on
// the library: the same form goes to the same address, and only the field is taken from the answer.

class MediaField extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=command]");
      if (!button) return;
      event.preventDefault();
      this.send(button.value);
    });
    this.addEventListener("change", (event) => {
      if (event.target.type === "file" && event.target.files.length > 0) this.send(`upload:${this.id}:`);
    });
    acceptDrops(this, () => this.querySelector("input[type=file]"));
  }

  async send(command) {
    const form = this.closest("form");
    const data = new FormData(form);
    data.set("command", command);
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(this.id);
      if (!answer.ok || !fresh) throw new Error(String(answer.status));
      this.innerHTML = fresh.innerHTML;
      this.removeAttribute("aria-busy");
      this.focusAfter(command);
    } catch {
      // The page itself can do it, and shows what is wrong.
      this.removeAttribute("aria-busy");
      const plain = Object.assign(document.createElement("button"), { name: "command", value: command, hidden: true });
      form.append(plain);
      form.requestSubmit(plain);
    }
  }

  focusAfter(command) {
    const [act, path] = command.split(":");
    const same = [...this.querySelectorAll("button[name=command]")];
    const target = same.find((button) => button.value === command && !button.disabled)
      ?? same.find((button) => act !== "close" && button.value.startsWith(`pick:${path}`)) ?? same[0];
    target?.focus();
  }
}

function acceptDrops(area, input) {
  const isFiles = (event) => event.dataTransfer?.types.includes("Files") && input();
  area.addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    area.classList.add("is-dropping");
  });
  area.addEventListener("dragleave", () => area.classList.remove("is-dropping"));
  area.addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    area.classList.remove("is-dropping");
    const field = input();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

class MediaDrop extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    acceptDrops(this, () => form.querySelector("input[type=file]"));
    form.addEventListener("change", (event) => {
      if (event.target.type === "file" && event.target.files.length > 0) form.requestSubmit();
    });
  }
}

customElements.define("media-field", MediaField);
customElements.define("media-drop", MediaDrop);
