// What both pages need: questions to the service, and elements made of text (never of markup).

export async function ask(path) {
  const response = await fetch("/api/v1/" + path, { headers: { Accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? response.statusText);
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
