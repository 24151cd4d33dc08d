import { ask, element, percent, repeat, tasks } from "/api.js";

const run = decodeURIComponent(location.pathname.split("/").pop());
const path = `runs/${encodeURIComponent(run)}`;
const matrix = document.getElementById("matrix");
let shown = "";

function labels(task) {
  const names = task.classes.map((label) => (label.name === "" ? String(label.label) : label.name));
  return names.length > 6 ? `${names.slice(0, 5).join(", ")}, … (${names.length})` : names.join(", ");
}

// From white to deep blue; text stays readable on both.
function colours(value) {
  const lightness = 96 - 0.62 * value;
  return `background: hsl(212 70% ${lightness}%); color: ${lightness > 58 ? "#10151c" : "#ffffff"}`;
}

function cell(value) {
  const made = element("td", percent(value), { class: "cell" });
  made.style.cssText = colours(value);
  return made;
}

function showMatrix(answer) {
  const head = document.createElement("tr");
  head.append(
    element("th", "after task"),
    ...answer.tasks.map((task, index) => element("th", `${index + 1}: ${labels(task)}`, { title: labels(task) })),
  );
  matrix.tHead.replaceChildren(head);
  matrix.tBodies[0].replaceChildren(
    ...answer.rows.map((row, index) => {
      const made = document.createElement("tr");
      made.append(element("th", String(index + 1), { scope: "row" }), ...row.accuracy.map(cell));
      return made;
    }),
  );
}

function showSummary(summary) {
  const figures = [
    ["Method", summary.method],
    ["Data set", summary.dataset],
    ["Tasks evaluated", tasks(summary.evaluatedTasks, summary.taskCount)],
    ["Average accuracy, %", percent(summary.averageAccuracy)],
    ["Average incremental accuracy, %", percent(summary.averageIncrementalAccuracy)],
    ["Forgetting, points", percent(summary.forgetting)],
    ["Backward transfer, points", percent(summary.backwardTransfer)],
    ["Learning accuracy, %", percent(summary.learningAccuracy)],
  ];
  document.getElementById("summary").replaceChildren(
    ...figures.map(([name, value]) => {
      const made = document.createElement("div");
      made.append(element("dt", name), element("dd", value));
      return made;
    }),
  );
  const title = summary.displayName === "" ? run : `${summary.displayName} (${run})`;
  document.getElementById("title").textContent = title;
  document.title = `Engram: ${title}`;
}

async function show() {
  const [answer, { summary }] = await Promise.all([ask(`${path}/accuracy-matrix`), ask(`${path}/summary`)]);
  const state = JSON.stringify([answer, summary]);
  if (state !== shown) {
    showMatrix(answer);
    showSummary(summary);
    shown = state;
  }
  return answer.taskCount !== 0 && answer.rows.length === answer.taskCount ? "Complete." : "Waiting for the next task.";
}

repeat(show, document.getElementById("message"), 2000);
