// SPDX-License-Identifier: BSL-1.0
//
// The page of one run.

const data = JSON.parse(document.getElementById("data").textContent);

function fillReport() {
    const { machine, measures, subjects, workloads } = data;
    document.getElementById("machine").textContent = `${machine.cpu}, ${plural(machine.cores, "core")}; ${machine.system}; `
        + `${machine.compiler}; ${machine.when}${machine.quick ? "; a quick run" : ""}.`;
    let sections = [];
    const filter = filters(subjects, () => sections.forEach((section) => section.draw()));
    const rates = measures.findIndex((measure) => measure.key === "leases_per_s");
    const alone = workloads.find((workload) => workload.name === "hot_loop")?.configurations.find((each) => each.threads === 1);
    const idle = new Map((alone?.rows ?? []).map((row) => [filter.nameOf(subjects[row.subject]), 1e9 / row.values[rates]]));
    const model = { measures, subjects, matches: filter.matches, nameOf: filter.nameOf, idle: () => idle };
    sections = workloads.map((workload) => workloadSection(workload, model));

    document.getElementById("filters").append(...filter.nodes.filter(Boolean));
    document.getElementById("contents").append(element("ul", {}, workloads.map((workload) => element("li", {},
        element("a", { href: `#workload-${workload.name}` }, workload.name.replaceAll("_", " ")))),
    element("li", {}, element("a", { href: "#costs" }, "what each axis costs"))));
    document.getElementById("workloads").append(...sections.map((section) => section.node));
    document.getElementById("costs").append(...costsSection(workloads));
    filter.tell();
}
fillReport();
