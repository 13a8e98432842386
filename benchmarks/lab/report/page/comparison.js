// SPDX-License-Identifier: BSL-1.0
//
// The page of two runs.

const data = JSON.parse(document.getElementById("data").textContent);
const WORDS = { changed: "changed", perhaps: "perhaps", noise: "within noise" };

const verdict = (change) => change.verdict === "noise" ? WORDS.noise
    : `${WORDS[change.verdict]}, ${change.better ? "better" : "worse"}`;
const about = (run) => `${run.file}: ${run.cpu}, ${plural(run.cores, "core")}; ${run.system}; ${run.compiler}; ${run.when}`
    + (run.quick ? "; a quick run" : "");

function changesTable(rows) {
    const { measures } = data;
    const of = (change) => measures[change.measure];
    const order = { changed: 0, perhaps: 1, noise: 2 };
    const columns = [
        { label: "Verdict", text: true, value: (row) => order[row.verdict] * 2 + (row.better ? 1 : 0),
            cell: (row) => element("span", { class: row.verdict === "changed" ? (row.better ? "better" : "worse") : "" }, verdict(row)) },
        { label: "Subject", text: true, wide: true, value: (row) => row.subject, cell: (row) => row.subject.replaceAll(",", " · ") },
        { label: "Workload", text: true, value: (row) => `${row.workload} ${String(row.threads).padStart(4)}`,
            cell: (row) => `${row.workload.replaceAll("_", " ")}, ${row.threads} on ${row.slots}` },
        { label: "Measure", text: true, value: (row) => of(row).label, cell: (row) => of(row).label },
        { label: "Before", value: (row) => row.before, cell: (row) => shown(row.before, of(row)) },
        { label: "After", value: (row) => row.after, cell: (row) => shown(row.after, of(row)) },
        { label: "Ratio", descending: true, value: (row) => row.ratio, cell: (row) => row.ratio === null ? "" : [times(row.ratio),
            row.low === null || row.high === null ? "" : element("span", { class: "tag" },
                ` ${threeDigits(row.low)} … ${threeDigits(row.high)}`)] },
        { label: "p", value: (row) => row.p, cell: (row) => row.p < 0.001 ? "< 0.001" : row.p.toFixed(3) },
    ];
    return sortableTable({ id: "changes-table", columns, rows, limit: 25, sorted: { column: 0, descending: false },
        caption: `${plural(rows.length, "comparison")}; the ratio is after to before, with its 95 % interval` });
}

// One line a measure: how many became better and worse, and how all of them moved.
function summaryTable() {
    const rows = data.measures.map((measure, i) => {
        const all = data.changes.filter((change) => change.measure === i);
        const logs = all.map((change) => Math.log(change.ratio)).filter(Number.isFinite);
        const count = (better) => all.filter((change) => change.verdict === "changed" && change.better === better).length;
        return { measure, all: all.length, better: count(true), worse: count(false),
            perhaps: all.filter((change) => change.verdict === "perhaps").length,
            mean: logs.length === 0 ? null : Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length) };
    }).filter((row) => row.all > 0);
    return sortableTable({ id: "summary-table", rows, limit: 100, sorted: { column: 0, descending: false },
        caption: "Of each measure", columns: [
            { label: "Measure", text: true, wide: true, value: (row) => row.measure.label, cell: (row) => row.measure.label },
            ...[["better", "changed, better"], ["worse", "changed, worse"], ["perhaps", "perhaps"], ["all", "of"]].map(([key, label]) =>
                ({ label, descending: true, value: (row) => row[key], cell: (row) => element("span",
                    { class: row[key] > 0 && (key === "better" || key === "worse") ? key : "" }, String(row[key])) })),
            { label: "geometric mean of ratios", value: (row) => row.mean, cell: (row) => row.mean === null ? "" : times(row.mean) },
        ] });
}

function fillComparison() {
    document.getElementById("machine").append(element("span", {}, `Before: ${about(data.before)}.`), element("br"),
        element("span", {}, `After: ${about(data.after)}.`));
    document.getElementById("smallest").textContent = data.changes.length === 0 ? ""
        : `With the repetitions at hand no p can be smaller than ${threeDigits(data.smallest_p)}.`;
    const only = (title, names) => names.length === 0 ? [] : [element("h3", {}, title),
        element("ul", {}, names.map((name) => element("li", {}, name)))];
    const [before, after] = data.exchange;
    const yardstick = before === null || after === null ? null : element("p", {},
        `One atomic exchange took ${duration(before)} before and ${duration(after)} after (${times(after / before)}).`);
    document.getElementById("summary").append(...[element("h2", { id: "summary-title" }, "In short"), yardstick, summaryTable(),
        ...only("Only before", data.only_before), ...only("Only after", data.only_after)].filter(Boolean));

    const shownIf = { verdict: "", workload: "", measure: "" };
    const place = element("div");
    const status = element("p", { role: "status", class: "quiet" });
    const draw = () => {
        const rows = data.changes.filter((change) => Object.entries(shownIf).every(([key, wanted]) =>
            wanted === "" || String(change[key]) === wanted));
        status.textContent = `${rows.length} of ${plural(data.changes.length, "comparison")} shown.`;
        place.replaceChildren(changesTable(rows));
    };
    const choice = (label, key, choices) => chooser(label, [["", "all"], ...choices], (wanted) => {
        shownIf[key] = wanted;
        draw();
    });
    const workloads = [...new Set(data.changes.map((change) => change.workload))];
    document.getElementById("filters").append(element("h2", { id: "filters-title" }, "What to show"),
        element("div", { class: "controls" }, choice("Verdict", "verdict", Object.entries(WORDS)),
            choice("Workload", "workload", workloads.map((each) => [each, each.replaceAll("_", " ")])),
            choice("Measure", "measure", data.measures.map((measure, i) => [String(i), measure.label]))), status);
    document.getElementById("changes").append(element("h2", { id: "changes-title" }, "What changed"), place);
    draw();
}
fillComparison();
