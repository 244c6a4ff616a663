// The dialogs of the minutes: to whom they are sent, and who chaired and kept the record where.
import { connect, tell } from "./dialogs.js";
import { refresh } from "./live/refresh.js";
import { notify } from "./notices.js";

connect("send-minutes", {
  method: "POST",
  open(form, told) {
    form.elements.layout.value = told.layout;
  },
  document(form) {
    const values = new FormData(form);
    const others = values.get("others").split(/[\s,;]+/).filter(Boolean);
    const to = [...new Set([...values.getAll("to"), ...others])];
    if (!to.length) {
      tell(form, form.dataset.nobody);
      form.elements.others.focus();
      return null;
    }
    return {
      to,
      subject: values.get("subject"),
      text: values.get("text"),
      layout: values.get("layout"),
      format: values.get("format"),
      transcript: values.has("transcript"),
    };
  },
  done(form) {
    notify(form.dataset.sent, { kind: "good" });
    form.reset();
    refresh("minutes");
  },
});

connect("minutes-head", {
  method: "PATCH",
  open(form, told) {
    for (const name of ["chair", "secretary", "place"]) form.elements[name].value = told[name] ?? "";
  },
  document: (form) => Object.fromEntries(new FormData(form)),
  done: () => refresh("minutes"),
});
