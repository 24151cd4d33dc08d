import { ask, element, heatCell, name, percent, repeat, tasks } from "/api.js";
import { showConfusion } from "/confusion.js";

const run = decodeURIComponent(location.pathname.split("/").pop());
const path = `runs/${encodeURIComponent(run)}`;
// The id of a run of the same scenario that learned all tasks together.
const reference = new URLSearchParams(location.search).get("reference");
const matrix = document.getElementById("matrix");
let shown = "";

function labels(task) {
  const names = task.classes.map(name);
  return names.length > 6 ? `${names.slice(0, 5).join(", ")}, … (${names.length})` : names.join(", ");
}

function cells(row) {
  return row.accuracy.length === 0
    ? [element("td", "failed")]
    : row.accuracy.map((value) => heatCell(percent(value), value));
}

function showMatrix(answer) {
  const head = document.createElement("tr");
  head.append(
    element("th", ""),
    ...answer.tasks.map((task, index) => element("th", `task ${index + 1}: ${labels(task)}`, { title: labels(task) })),
  );
  matrix.tHead.replaceChildren(head);
  matrix.tBodies[0].replaceChildren(
    ...answer.rows.map((row, index) => {
      const made = document.createElement("tr");
      made.append(element("th", `after task ${index + 1}`, { scope: "row" }), ...cells(row));
      return made;
    }),
  );
}

function showFailures(failures) {
  document.getElementById("failures").replaceChildren(
    ...failures.map(({ taskIndex, message, reason }) =>
      element("p", `The model after task ${taskIndex + 1} could not be evaluated: ${message} (${reason})`, {
        class: "failure",
      }),
    ),
  );
}

function status(answer) {
  if (answer.taskCount === 0 || answer.rows.length < answer.taskCount) {
    return "Waiting for the next task.";
  }
  return answer.failures.length === 0 ? "Complete." : "Complete, but for the models that could not be evaluated.";
}

// A row only where the scenario, or the question, gives the figure a meaning.
function defined(name, value) {
  return value === undefined ? [] : [[name, percent(value)]];
}

function showSummary(summary) {
  const figures = [
    ["Method", summary.method],
    ["Data set", summary.dataset],
    ["Tasks evaluated", tasks(summary.evaluatedTasks, summary.taskCount)],
    ["Average accuracy, %", percent(summary.averageAccuracy)],
    ...defined("– not told the task, %", summary.taskAgnosticAverageAccuracy),
    ...defined("– told the task, %", summary.taskAwareAverageAccuracy),
    ["Average incremental accuracy, %", percent(summary.averageIncrementalAccuracy)],
    ["Forgetting, points", percent(summary.forgetting)],
    ["Backward transfer, points", percent(summary.backwardTransfer)],
    ["Learning accuracy (plasticity), %", percent(summary.learningAccuracy)],
    ["Stability, %", percent(summary.stability)],
    ["Stability-plasticity trade-off, %", percent(summary.stabilityPlasticityTradeOff)],
    ...defined("Forward transfer, points", summary.forwardTransfer),
    ...defined(`Intransigence beside ${reference}, points`, summary.intransigence),
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
  const compared = reference === null ? "" : `?reference=${encodeURIComponent(reference)}`;
  const [answer, { summary }] = await Promise.all([ask(`${path}/accuracy-matrix`), ask(`${path}/summary${compared}`)]);
  const state = JSON.stringify([answer, summary]);
  if (state !== shown) {
    showMatrix(answer);
    showFailures(answer.failures);
    showSummary(summary);
    await showConfusion(path, answer.rows);
    shown = state;
  }
  return status(answer);
}

repeat(show, document.getElementById("message"), 2000);
