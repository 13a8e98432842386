// SPDX-License-Identifier: BSL-1.0
//
// steward beside its peers: workloads x threads, one measure at a time.

const JUDGED = ["leases_per_s", "max_ns", "p99_ns", "p999_ns"];

function peersSection({ columns, stewards, picked, rows }, model, notes) {
    const subjects = columns.map((i) => model.subjects[i]);
    const labels = subjects.map((subject, i) => i < stewards ? (stewards === 1 ? "steward" : model.nameOf(subject)) : subject.name);
    const measures = JUDGED.map((key) => model.measures.findIndex((measure) => measure.key === key))
        .filter((i) => rows.some((row) => row.values.some((values) => values !== null && values[i] !== null)));
    const numbered = rows.map((row) => ({ ...row, notes: notesOf(notes, row.workload, row.threads) }));
    const said = [...new Set(numbered.flatMap((row) => row.notes))];
    const place = element("div");
    const draw = (i) => place.replaceChildren(peersTable({ rows: numbered, said, subjects, labels, stewards, model, i }));
    draw(measures[0]);

    const missing = subjects.filter((subject) => subject.missing);
    return [element("h2", { id: "peers-title" }, "steward and its peers"),
        element("p", {}, "The same workloads on the same machine. ", stewards === 1
            ? `steward is here ${model.nameOf(subjects[0])}${picked ? ", the combination with the best rates over all of this table" : ""}.` : ""),
        element("ul", {}, Array.from({ length: stewards }, (_, column) => column).flatMap((column) => measures.map((i) =>
            standingWords(rows, column, i, model.measures[i], labels[column])))),
        element("p", { class: "quiet" }, "Where holders compute, a pool that starves its sleepers shows flattering percentiles: "
            + "p99 and p99.9 are judged only where holders block."),
        element("div", { class: "controls" }, chooser("Shows", measures.map((i) => [i, model.measures[i].label]), (i) => draw(Number(i)))),
        place, said.length === 0 ? null : element("ol", { class: "notes" }, said.map((note) => element("li", {},
            `${placeOf(note)}: ${note.text}`))),
        missing.length === 0 ? null : element("ul", {}, missing.map((subject) => element("li", {},
            `${subject.name} is missing: ${subject.missing}`)))];
}

function standingWords(rows, column, measure, { label }, name) {
    const all = rows.map((row) => ({ row, stands: row.stands[column][measure] })).filter(({ stands }) => stands !== null);
    if (all.length === 0) return null;
    const of = (verdict) => all.filter(({ stands }) => stands.verdict === verdict);
    const where = of("behind").map(({ row, stands }) => `${placeOf(row)} (${times(stands.ratio)}${stands.noise ? ", within noise" : ""})`);
    return element("li", {}, `${name}, ${label}: first in ${of("first").length} of ${all.length}`
        + (of("near").length > 0 ? `, within 3\u202f% in ${of("near").length}` : "")
        + (where.length > 0 ? `, behind in ${where.length}: ${where.join("; ")}` : "") + ".");
}

function peersTable({ rows, said, subjects, labels, stewards, model, i }) {
    const measure = model.measures[i];
    const mark = (stands) => stands === null ? "" : stands.verdict === "first" ? element("span", { class: "tag better" }, " first")
        : stands.verdict === "near" ? element("span", { class: "tag better" }, " within 3\u202f%")
        : element("span", { class: stands.noise ? "tag" : "tag worse" }, ` ${times(stands.ratio)}${stands.noise ? ", within noise" : ""}`);
    const cell = (row, column) => row.values[column] === null || row.values[column][i] === null
        ? (subjects[column].missing ? element("span", { class: "tag" }, "missing") : "")
        : [shown(row.values[column][i], measure), column < stewards ? mark(row.stands[column][i]) : ""];
    const columns = [
        { label: "Workload", text: true, wide: true, value: (row) => rows.indexOf(row), cell: (row) => [placeOf(row),
            ...row.notes.map((note) => element("span", { class: "tag" }, ` note ${said.indexOf(note) + 1}`))] },
        ...labels.map((label, column) => ({ label, descending: measure.more, value: (row) => row.values[column]?.[i],
            cell: (row) => cell(row, column) })),
    ];
    return sortableTable({ id: "peers-table", columns, rows, limit: 100, sorted: { column: 0, descending: false },
        caption: `${measure.label}, threads on slots; a mark says how steward stands to the best of the others` });
}
