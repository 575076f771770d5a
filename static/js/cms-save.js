// In the editors' part. Wagtail saves a page by itself while somebody types. If "Publish" is pressed while such a save
// is under way, both would create the same page, and the second is refused. So the press waits until the save has ended.
"use strict";

{
  let saving = false;
  let pressed = null;
  const PATIENCE = 8000; // milliseconds until the press is sent whatever became of the save

  function send() {
    if (!pressed) return;
    const { form, button } = pressed;
    pressed = null;
    saving = false;
    if (button?.name) {
      // Wagtail disables a pressed button meanwhile, and a disabled one would not say what it is for.
      const what = document.createElement("input");
      Object.assign(what, { type: "hidden", name: button.name, value: button.value });
      form.append(what);
    }
    form.requestSubmit();
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (pressed) event.preventDefault(); // the press saves everything that was typed
    else saving = true;
  });
  for (const end of ["w-autosave:success", "w-autosave:error"]) {
    document.addEventListener(end, () => {
      saving = false;
      send();
    });
  }
  document.addEventListener(
    "submit",
    (event) => {
      if (!saving || !event.target.matches("form[data-edit-form]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!pressed) setTimeout(send, PATIENCE);
      pressed = { form: event.target, button: event.submitter };
    },
    true,
  );
}
