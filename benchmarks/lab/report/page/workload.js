// SPDX-License-Identifier: BSL-1.0
//
// The section of one workload: recommendation, ranked table, heat map and curves of one number of threads and slots.

function workloadSection(workload, model) {
    let configuration = workload.configurations[0];
    let sorted = { column: 0, descending: false };
    let heated = "leases_per_s";
    const says = element("div", { class: "recommendation" });
    const table = element("div");
    const notes = element("div");
    const figures = element("div", { class: "figures" });
    const place = (key) => model.measures.findIndex((measure) => measure.key === key);

    const rows = (of) => of.rows.map((row) => ({ ...row, subject: model.subjects[row.subject] }))
        .filter((row) => model.matches(row.subject));
    const missing = () => model.subjects.filter((subject) => subject.missing && model.matches(subject))
        .map((subject) => ({ subject, rank: null, values: model.measures.map(() => null) }));
    const value = (key) => (row) => row.values[place(key)];
    const brief = (row) => ({ name: model.nameOf(row.subject), rate: value("leases_per_s")(row), p99: value("p99_ns")(row),
        longest: value("max_ns")(row) });

    function draw() {
        const [stewards, peers] = [rows(configuration).filter((row) => !row.subject.peer),
            rows(configuration).filter((row) => row.subject.peer)];
        const words = recommendation({ ...configuration, rows: stewards.map(brief), peers: peers.map(brief), idle: model.idle() });
        says.replaceChildren(...words.map((each, i) => element("p", {}, i === 0 ? element("strong", {}, each) : each)));
        table.replaceChildren(rankedTable(`table-${workload.name}`, [...stewards, ...peers, ...missing()], model,
            { workload, configuration, sorted, onsort: (by) => { sorted = by; } }));
        notes.replaceChildren(...notesOf(model.notes, workload.name, configuration.threads).map((note) =>
            element("p", { class: "note" }, `Note on ${placeOf(note)}: ${note.text}`)));
        drawFigures(stewards, peers);
    }

    function drawFigures(stewards, peers) {
        const measure = model.measures[place(heated)];
        const heat = heatMap({ rows: stewards, measure, value: value(heated) });
        const some = peers.length > 0 ? [...stewards.slice(0, 6 - Math.min(3, peers.length)), ...peers.slice(0, 3)]
            : stewards.slice(0, 6);
        const lines = some.map((row) => ({ name: `${row.rank}. ${model.nameOf(row.subject)}`,
            values: PERCENTILES.map(([key]) => value(key)(row)) }));
        const drawing = curves(lines, `Waiting times in ${workload.name}`);
        figures.replaceChildren(...[
            heat && element("figure", { class: "heat-figure" }, element("figcaption", {}, "Locking × pooling"),
                chooser("Shows", ["leases_per_s", "p99_ns"].map((key) => [key, model.measures[place(key)].label]), (key) => {
                    heated = key;
                    draw();
                    figures.querySelector("select").focus();
                }), heat),
            drawing && element("figure", {}, element("figcaption", {}, "Waiting times, first ranks"), drawing),
        ].filter(Boolean));
        const select = figures.querySelector("select");
        if (select) select.value = heated;
    }

    const title = `title-${workload.name}`;
    const choices = workload.configurations.map((each, i) => [i, `${plural(each.threads, "thread")} on ${plural(each.slots, "slot")}`]);
    return {
        draw,
        node: element("section", { id: `workload-${workload.name}`, "aria-labelledby": title },
            element("h2", { id: title }, capital(workload.name.replaceAll("_", " "))),
            workload.meaning ? element("p", { class: "quiet" }, capital(workload.meaning) + ".") : null,
            element("div", { class: "controls" }, chooser("Threads and slots", choices, (i) => {
                configuration = workload.configurations[i];
                draw();
            })), says, table, notes, figures),
    };
}

function rankedTable(id, rows, model, { workload, configuration, sorted, onsort }) {
    const name = (row) => [model.nameOf(row.subject),
        row.subject.missing ? element("span", { class: "tag" }, ` missing: ${row.subject.missing}`)
            : row.subject.peer ? element("span", { class: "tag" }, " peer") : ""];
    const present = model.measures.map((measure, i) => ({ measure, i }))
        .filter(({ i }) => configuration.rows.some((row) => row.values[i] !== null));
    const columns = [
        { label: "Rank", value: (row) => row.rank, cell: (row) => row.rank === null ? "" : [`${row.rank}`,
            row.ranks[0] !== row.ranks[1] ? element("span", { class: "tag" }, ` ${row.ranks.join("–")}`) : ""] },
        { label: "Combination", text: true, wide: true, value: (row) => model.nameOf(row.subject), cell: name },
        ...present.map(({ measure, i }) => ({
            label: measure.label, descending: measure.more, value: (row) => row.values[i],
            cell: (row) => row.values[i] === null ? "" : [shown(row.values[i], measure), measure.key === "leases_per_s"
                ? element("span", { class: "tag" }, ` ±\u202f${threeDigits(row.spread * 100)}\u202f%`) : ""],
        })),
        { label: "bytes/slot", value: (row) => row.subject.bytes, cell: (row) => row.subject.bytes === undefined ? "" : String(row.subject.bytes) },
    ];
    const exchange = configuration.exchange === null ? "" : `; one atomic exchange took ${duration(configuration.exchange)}`;
    return sortableTable({
        id, columns, rows, sorted, onsort, limit: 10,
        rowClass: (row) => row.subject.missing ? "missing" : row.subject.peer ? "peer" : "",
        caption: `${workload.name}, ${plural(configuration.threads, "thread")} on ${plural(configuration.slots, "slot")}, `
            + `ranked by leases/s${exchange}`,
    });
}
