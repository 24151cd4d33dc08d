import { ask, element, percent, repeat, tasks } from "/api.js";

const PAGE = 200;
const table = document.getElementById("runs");
const more = document.getElementById("more");
let pages = 1;

more.addEventListener("click", () => {
  pages += 1;
  more.disabled = true;
});

// Evaluations come newest first, so the first of a run is its latest.
async function latestByRun() {
  const latest = new Map();
  let token = "";
  for (let page = 0; page < pages; page += 1) {
    const answer = await ask(`evaluations?pageSize=${PAGE}&pageToken=${encodeURIComponent(token)}`);
    for (const evaluation of answer.evaluations) {
      const run = evaluation.task.split("/")[1];
      if (!latest.has(run)) {
        latest.set(run, evaluation);
      }
    }
    token = answer.nextPageToken;
    if (token === "") {
      break;
    }
  }
  more.hidden = token === "";
  more.disabled = false;
  return latest;
}

function row(run, evaluation) {
  const made = document.createElement("tr");
  const link = element("a", run, { href: `/runs/${encodeURIComponent(run)}` });
  const cell = document.createElement("td");
  cell.append(link);
  made.append(
    cell,
    element("td", tasks(evaluation.taskIndex + 1, evaluation.taskCount)),
    element("td", `${percent(evaluation.averageAccuracy)} %`),
    element("td", new Date(evaluation.evaluateTime).toLocaleString()),
  );
  return made;
}

async function show() {
  const latest = await latestByRun();
  table.hidden = latest.size === 0;
  table.tBodies[0].replaceChildren(...[...latest].map(([run, evaluation]) => row(run, evaluation)));
  return latest.size === 0 ? "No task has been evaluated yet." : "";
}

repeat(show, document.getElementById("message"), 2000);
