// The page works without this. With it, the browser asks before it leaves words that were typed and not saved, whatever leads away:
// a link, the language, signing out, closing the tab.

const form = document.querySelector("form.editor");

if (form) {
  let isUnsaved = "unsaved" in form.dataset;
  const note = (event) => {
    // What a picker looks for is not part of the item.
    isUnsaved ||= event.target.type !== "search";
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    isUnsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
}
