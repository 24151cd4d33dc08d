import { ask, element, heatCell, name, percent } from "/api.js";

// More than a page can show; the JSON has all of them.
const MOST_CLASSES = 100;
const section = document.getElementById("confusion");
const note = document.getElementById("confusion-note");
const table = document.getElementById("confusion-matrix");

function cell(count, truth, taken) {
  const share = truth.total === "0" ? 0 : (100 * Number(count)) / Number(truth.total);
  return heatCell(count, share, {
    class: truth === taken ? "cell right" : "cell",
    title: `${name(truth.classLabel)} taken for ${name(taken.classLabel)}: ${count} of ${truth.total}`,
  });
}

function heading(text, scope) {
  return element("th", text, { scope, title: text });
}

function row(truth, counts, shown) {
  const made = document.createElement("tr");
  made.append(
    heading(name(truth.classLabel), "row"),
    ...shown.map((taken, column) => cell(counts[column], truth, taken)),
    heatCell(percent(truth.accuracy), truth.accuracy ?? 0),
  );
  return made;
}

function draw({ classes, counts }, task) {
  const shown = classes.slice(0, MOST_CLASSES);
  const head = document.createElement("tr");
  head.append(
    element("td", "true class"),
    ...shown.map((taken) => heading(name(taken.classLabel), "col")),
    heading("right, %", "col"),
  );
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(
    ...shown.map((truth, index) => row(truth, counts.slice(index * classes.length), shown)),
  );
  const part = shown.length < classes.length ? ` The first ${shown.length} of ${classes.length} classes.` : "";
  note.textContent =
    `Test samples of each true class (rows) by the class that the model after task ${task + 1} takes them for (columns).` + part;
}

// Nothing where the evaluation is from before there were confusion matrices.
async function find(path) {
  try {
    return await ask(path);
  } catch (failure) {
    if (failure.reason === "RUN_NOT_FOUND") {
      return undefined;
    }
    throw failure;
  }
}

// Of the last model that was evaluated.
export async function showConfusion(path, rows) {
  const task = rows.findLastIndex((row) => row.accuracy.length > 0);
  const answer = task < 0 ? undefined : await find(`${path}/tasks/${task}/confusion-matrix`);
  section.hidden = answer === undefined;
  if (answer !== undefined) {
    draw(answer, task);
  }
}
