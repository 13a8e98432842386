// SPDX-License-Identifier: BSL-1.0
//
// The page of one run.

const data = JSON.parse(document.getElementById("data").textContent);

// Of which machine and when; of several files each in a line of its own.
function sourceWords(sources) {
    const words = ({ cpu, cores, system, compiler, when, quick }) =>
        `${cpu}, ${plural(cores, "core")}; ${system}; ${compiler}; ${when}${quick ? "; a quick run" : ""}.`;
    if (sources.length === 1) return [words(sources[0])];
    const machines = new Set(sources.map(({ cpu, cores, system }) => `${cpu}\n${cores}\n${system}`));
    return [...sources.flatMap((each) => [element("span", {}, `${each.file}: ${words(each)}`), element("br")]),
        machines.size === 1 ? null : element("strong", {}, "These are different machines: do not compare numbers of one file "
            + "with those of another.")].filter(Boolean);
}

function fillReport() {
    const { sources, measures, subjects, workloads, peers, notes, compile, templates } = data;
    document.getElementById("machine").append(...sourceWords(sources));
    let sections = [];
    const filter = filters(subjects, () => sections.forEach((section) => section.draw()));
    const rates = measures.findIndex((measure) => measure.key === "leases_per_s");
    const alone = workloads.find((workload) => workload.name === "hot_loop")?.configurations.find((each) => each.threads === 1);
    const idle = new Map((alone?.rows ?? []).map((row) => [filter.nameOf(subjects[row.subject]), 1e9 / row.values[rates]]));
    const model = { measures, subjects, notes, matches: filter.matches, nameOf: filter.nameOf, idle: () => idle };
    sections = workloads.map((workload) => workloadSection(workload, model));

    // What there is no data for is not there at all.
    const links = [];
    const section = (id, title, nodes) => {
        if (nodes === null) {
            document.getElementById(id).remove();
            return;
        }
        document.getElementById(id).append(...nodes.filter(Boolean));
        if (title) links.push([id, title]);
    };
    section("peers", "steward and its peers", peers === null ? null : peersSection(peers, model, notes));
    section("filters", "", workloads.length === 0 ? null : filter.nodes);
    section("workloads", "", sections.map((each) => each.node));
    links.push(...workloads.map(({ name }) => [`workload-${name}`, name.replaceAll("_", " ")]));
    section("costs", "what each axis costs", costsSection(workloads));
    section("compile", "what compiling costs", compile.length + templates.length === 0 ? null : compileSection(compile, templates));
    document.getElementById("contents").append(element("ul", {}, links.map(([id, title]) => element("li", {},
        element("a", { href: `#${id}` }, title)))));
    filter.tell();
}
fillReport();
