// SPDX-License-Identifier: BSL-1.0
//
// A table that sorts by any column: by a button in the column's head, or on a phone, which has no heads, by a choice above.

// columns: { label, value(row) for the order, cell(row) for the eye, descending: what a first press means, text, wide }
function sortableTable({ id, caption, columns, rows, sorted, limit, rowClass = () => "", onsort = () => {} }) {
    let { column, descending } = sorted;
    let all = false;
    const body = element("tbody", { role: "rowgroup" });
    const heads = columns.map((each, i) => element("th", { scope: "col", role: "columnheader", class: each.text ? "text" : "" },
        element("button", { type: "button", onclick: () => press(i) }, each.label)));
    const more = element("button", { type: "button", onclick: () => { all = !all; draw(); } });
    const narrow = chooser("Sort by", columns.map((each, i) => [i, each.label]), (i) => press(Number(i)),
        { class: "narrow-only" });

    function press(i) {
        descending = i === column ? !descending : Boolean(columns[i].descending);
        column = i;
        draw();
        onsort({ column, descending });
    }

    function ordered() {
        const { value } = columns[column];
        const missing = (row) => value(row) === null || value(row) === undefined; // always at the end
        return rows.toSorted((a, b) => {
            if (missing(a) || missing(b)) return missing(a) - missing(b);
            const [x, y] = descending ? [value(b), value(a)] : [value(a), value(b)];
            return typeof x === "string" ? x.localeCompare(y) : x - y;
        });
    }

    function draw() {
        heads.forEach((head, i) => i === column
            ? head.setAttribute("aria-sort", descending ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
        narrow.querySelector("select").value = column;
        body.replaceChildren(...ordered().slice(0, all ? undefined : limit).map((row) =>
            element("tr", { class: rowClass(row), role: "row" }, columns.map((each) => element("td", {
                role: "cell", class: [each.text ? "text" : "", each.wide ? "wide" : ""].join(" ").trim(),
                "data-label": each.wide ? undefined : each.label,
            }, element("span", {}, each.cell(row)))))));
        more.hidden = rows.length <= limit;
        more.textContent = all ? `Show the first ${limit} only` : `Show all ${rows.length}`;
        more.setAttribute("aria-expanded", all);
    }

    draw();
    return element("div", {},
        element("div", { class: "controls narrow-only" }, narrow),
        element("table", { id, class: "cards", role: "table" }, element("caption", {}, caption),
            element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)), body),
        element("div", { class: "controls" }, more));
}
