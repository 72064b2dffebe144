// The pages work without this: every button of a picker sends the form. With it, a picker searches while somebody types, and
// what is chosen is added, moved and removed in place; the form is sent when it is saved.

const pause = 150;

class ItemPicker extends HTMLElement {
  connectedCallback() {
    this.chosen = this.querySelector(".picker-chosen");
    this.results = this.querySelector(".picker-results");
    this.text = this.querySelector("input[type=search]");
    this.pattern = this.querySelector("template");
    if (!this.chosen || !this.results || !this.text || !this.pattern) return;
    this.addEventListener("click", (event) => this.press(event));
    this.text.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(1), pause);
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.find(1);
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        this.results.querySelector("li button")?.focus();
      } else if (event.key === "Escape" && this.results.querySelector("ul")) {
        event.preventDefault();
        this.show(null);
      }
    });
    this.results.addEventListener("keydown", (event) => this.walk(event));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  press(event) {
    const button = event.target.closest("button[name=command]");
    const match = button && /^picker-(\w+):/.exec(button.value);
    if (!match) return;
    event.preventDefault();
    const entry = button.closest(".picker-chosen > li");
    const operand = button.value.split(":").slice(2).join(":");
    if (match[1] === "find") this.find(Number(operand) || 1, true);
    else if (match[1] === "close") this.show(null);
    else if (match[1] === "add") this.add(operand, button.textContent.trim(), button.nextElementSibling?.textContent);
    else if (match[1] === "remove") this.remove(entry);
    else this.move(entry, match[1], button);

    // Buttons change no input that would say so itself.
    if (!["find", "close"].includes(match[1])) this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.results.querySelectorAll("li button")];
    const next = buttons.indexOf(document.activeElement) + step;
    event.preventDefault();
    (next < 0 ? this.text : buttons[Math.min(next, buttons.length - 1)])?.focus();
  }

  async find(page, isFocused) {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = new AbortController();
    const address = new URL(this.dataset.source, location.href);
    address.searchParams.set("q", this.text.value);
    address.searchParams.set("page", page);
    try {
      const answer = await fetch(address, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json(), page);
      if (isFocused) this.results.querySelector("li button")?.focus();
    } catch (problem) {
      // The page itself can do it, and shows what is wrong; but typing goes on.
      if (problem.name !== "AbortError" && isFocused) this.send(`picker-find:${this.dataset.name}:${page}`);
    }
  }

  show(answer, page) {
    this.results.querySelectorAll("ul, .row, input").forEach((old) => old.remove());
    this.results.querySelector("[role=status]").textContent = answer?.status ?? "";
    if (!answer) return;
    const list = document.createElement("ul");
    for (const choice of answer.choices) {
      const item = list.appendChild(document.createElement("li"));
      item.append(this.button(`picker-add:${this.dataset.name}:${choice.value}`, choice.name));
      if (choice.note) item.append(Object.assign(document.createElement("span"), { className: "muted", textContent: choice.note }));
    }
    const pages = Object.assign(document.createElement("p"), { className: "row" });
    if (page > 1) pages.append(this.button(`picker-find:${this.dataset.name}:${page - 1}`, this.dataset.previous));
    if (answer.hasMore) pages.append(this.button(`picker-find:${this.dataset.name}:${page + 1}`, this.dataset.next));
    pages.append(this.button(`picker-close:${this.dataset.name}:`, this.dataset.close));
    this.results.append(list, pages);
  }

  button(value, text) {
    return Object.assign(document.createElement("button"), { className: "quiet", name: "command", value, textContent: text });
  }

  add(value, name, note) {
    const isThere = [...this.chosen.querySelectorAll("input[type=hidden]")].some((input) => input.value === value);
    if (!isThere) {
      if (!this.dataset.multiple) this.chosen.replaceChildren();
      this.chosen.append(this.entry(value, name, note));
    }
    this.changed();
    if (!this.dataset.multiple) {
      this.show(null);
      this.text.focus();
    }
  }

  entry(value, name, note) {
    const entry = this.pattern.content.cloneNode(true).querySelector("li");
    entry.querySelector("input").value = value;
    entry.querySelector(".picker-name").textContent = name;
    const said = entry.querySelector(".picker-note");
    if (note) said.textContent = note;
    else said.remove();
    for (const button of entry.querySelectorAll("[aria-label]")) button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{0}", name));
    return entry;
  }

  remove(entry) {
    const next = entry.nextElementSibling ?? entry.previousElementSibling;
    entry.remove();
    this.changed();
    (next?.querySelector("button.danger") ?? this.text).focus();
  }

  move(entry, direction, button) {
    if (direction === "up") entry.previousElementSibling?.before(entry);
    else entry.nextElementSibling?.after(entry);
    this.changed();
    (button.disabled ? entry.querySelector("button:not(:disabled)") : button)?.focus();
  }

  changed() {
    const entries = [...this.chosen.children];
    entries.forEach((entry, index) => {
      for (const button of entry.querySelectorAll("button[name=command]")) {
        const act = button.value.split(":")[0];
        button.value = `${act}:${this.dataset.name}:${index}`;
        button.disabled = (act === "picker-up" && index === 0) || (act === "picker-down" && index === entries.length - 1);
      }
    });
    this.querySelector(".picker-none").hidden = entries.length > 0;
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  send(command) {
    const form = this.closest("form");
    const plain = Object.assign(document.createElement("button"), { name: "command", value: command, hidden: true });
    form.append(plain);
    form.requestSubmit(plain);
  }
}

customElements.define("item-picker", ItemPicker);
