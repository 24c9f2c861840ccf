// Keeps the conversation on the page. Without this script every form still
// works: the server then answers with a whole page.
"use strict";

const chat = document.getElementById("chat");
const question = document.getElementById("q");

async function ask(form, text) {
  const body = new FormData();
  body.set("q", text);
  body.set("lang", form.elements.lang.value);
  const reply = await fetch("/answer", { method: "POST", body });
  const holder = document.createElement("template");
  holder.innerHTML = await reply.text();
  const last = holder.content.firstElementChild;
  if (!last) return;
  chat.append(last);
  last.scrollIntoView({ block: "start" });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const text = event.submitter && event.submitter.name === "q" ? event.submitter.value : question.value;
  event.preventDefault();
  if (!text.trim()) {
    question.focus();
    return;
  }
  ask(form, text).then(
    () => { if (form.id === "ask") question.value = ""; },
    () => form.submit(),
  );
});

question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    question.form.requestSubmit();
  }
});
