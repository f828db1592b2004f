/** The page of the run panel: takes the extension's messages to the sections that show them. */
import { receive, send } from "./channel.js";
import { checkSection } from "./checkSection.js";
import { ComparisonPage } from "./comparisonPage.js";
import { element, setText, show } from "./element.js";
import { LaunchSection } from "./launchSection.js";
import { RunSection } from "./runSection.js";

/** `launch`: the view, with the form. `run`: one run in an editor. `comparison`: two runs in an editor. */
const page = document.body.dataset["page"];

const launch = new LaunchSection();
const run = new RunSection(page !== "launch");
const comparison = new ComparisonPage();
const check = element("div", {});
const notice = element("p", { class: "box warning", role: "alert", hidden: true });
let shownRun: string | undefined;

document.body.append(element("main", {}, ...(page === "launch" ? [launch.element, check] : []), notice, run.element, comparison.element));

receive((message) => {
  switch (message.type) {
    case "launch":
      return launch.update(message.form);
    case "editLaunch":
      return launch.edit();
    case "check":
      return check.replaceChildren(message.check ? checkSection(message.check) : "");
    case "notice":
      setText(notice, message.text ?? "");
      return show(notice, message.text !== null);
    case "run":
      if (message.run?.id !== shownRun) run.charts.replace([]);
      shownRun = message.run?.id;
      return run.update(message.run);
    case "charts":
      return message.run === shownRun ? run.charts.replace(message.charts) : undefined;
    case "points":
      return message.run === shownRun ? run.charts.add(message.points) : undefined;
    case "log":
      return message.run === shownRun ? run.log.update(message.run, message.text, message.anew) : undefined;
    case "comparison":
      return comparison.update(message.comparison);
  }
});

send({ type: "ready" });
