// SPDX-License-Identifier: BSL-1.0
//
// What each policy costs over none of its axis.

function costsSection(workloads) {
    const measured = workloads.flatMap((workload) => workload.configurations).filter((each) => each.costs?.length > 0);
    if (measured.length === 0) return null; // no combinations of the hot loop differ in one axis alone
    const place = element("div");
    const draw = (i) => place.replaceChildren(costsTable(measured[i]));
    draw(0);
    return [element("h2", { id: "costs-title" }, "What each axis costs"),
        element("p", {}, "In the hot loop, where nothing hides it: the median over all pairs of combinations that differ in this "
            + "policy alone, and its quartiles. Nanoseconds are those of one lease, all threads together."),
        element("div", { class: "controls" }, chooser("Threads and slots", measured.map((each, i) => [i,
            `${plural(each.threads, "thread")} on ${plural(each.slots, "slot")}`]), (i) => draw(Number(i)))), place];
}

function costsTable(configuration) {
    const rows = configuration.costs.flatMap((axis) => axis.policies.map((policy) => ({ ...policy, ...axis })));
    const signed = (number) => number === null ? "" : (number > 0 ? "+" : number < 0 ? "−" : "") + threeDigits(Math.abs(number));
    const whole = (number) => number === null ? "" : (number > 0 ? "+" : number < 0 ? "−" : "") + Math.abs(Math.round(number));
    const columns = [
        { label: "Axis", text: true, value: (row) => row.axis, cell: (row) => row.axis },
        { label: "Policy", text: true, value: (row) => row.policy, cell: (row) => row.policy },
        { label: "Over", text: true, value: (row) => row.over, cell: (row) => row.over },
        { label: "ns a lease", value: (row) => row.ns, cell: (row) => `${signed(row.ns)} (${signed(row.low)} … ${signed(row.high)})` },
        { label: "× exchange", value: (row) => row.exchanges, cell: (row) => signed(row.exchanges) },
        { label: "bytes a slot", value: (row) => row.bytes, cell: (row) => whole(row.bytes) },
        { label: "pairs", value: (row) => row.pairs, cell: (row) => String(row.pairs) },
    ];
    return sortableTable({
        id: "costs-table", columns, rows, limit: 100, sorted: { column: 0, descending: false },
        caption: `${plural(configuration.threads, "thread")} on ${plural(configuration.slots, "slot")}; where an axis has no `
            + "none, over its cheapest policy",
    });
}
