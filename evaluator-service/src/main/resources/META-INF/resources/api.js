// What both pages need: questions to the service, and elements made of text (never of markup).

export async function ask(path) {
  const response = await fetch("/api/v1/" + path, { headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(body.detail ?? response.statusText), { reason: body.reason });
  }
  return body;
}

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

// The style sheet makes a colour of the share in percent, for light and dark.
export function heatCell(text, share, attributes = {}) {
  const made = element("td", text, { class: "cell", ...attributes });
  made.style.setProperty("--share", `${share}%`);
  return made;
}

// What a class is called.
export const name = (label) => (label.name === "" ? String(label.label) : label.name);

export const percent = (value) => (value === undefined ? "–" : value.toFixed(2));

export const tasks = (done, count) => (count === 0 ? `${done}` : `${done} of ${count}`);

// Asks again and again, also after failures, but not while nobody looks.
export function repeat(work, message, milliseconds) {
  const once = async () => {
    if (!document.hidden) {
      try {
        message.textContent = await work();
      } catch (failure) {
        message.textContent = failure.message;
      }
    }
    setTimeout(once, milliseconds);
  };
  once();
}
