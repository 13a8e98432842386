// SPDX-License-Identifier: BSL-1.0
//
// What compiling costs: seconds and memory against the number of resources, states or policies.

const MOST_LINES = 6;

function compileSection(compile, templates) {
    const axes = [...new Set(compile.map((each) => each.axis))];
    return [element("h2", { id: "compile-title" }, "What compiling costs"),
        ...axes.flatMap((axis) => {
            const of = compile.filter((each) => each.axis === axis);
            return [element("h3", {}, `Against the number of ${axis}`), element("div", { class: "figures" },
                plotsOf(of, axis, "seconds", "s"), plotsOf(of, axis, "peak_mib", "MiB"))];
        }),
        templates.length === 0 ? null : templatesTable(templates)];
}

// One plot where all lines fit into it, else each compiler has its own, with the dearest headers first; all on one scale.
function plotsOf(all, axis, key, unit) {
    const measured = all.filter((each) => each[key] !== null);
    if (measured.length === 0) return null;
    const most = { n: Math.max(...measured.map((each) => each.n)), value: Math.max(...measured.map((each) => each[key])) };
    const title = `${key === "seconds" ? "Seconds" : "Peak memory in MiB"} against ${axis}`;
    const figure = (lines, title) => element("figure", {}, element("figcaption", {}, title), plot(lines, title, axis, unit, most));

    const together = linesOf(measured, key, (each) => `${each.header}, ${each.compiler}`);
    if (together.length <= MOST_LINES) return figure(together, title);
    return [...new Set(measured.map((each) => each.compiler))].flatMap((compiler) =>
        alikeParts(linesOf(measured.filter((each) => each.compiler === compiler), key, (each) => each.header))
            .map((lines) => figure(lines, `${title}, ${compiler}`)));
}

function linesOf(measured, key, nameOf) {
    const dearest = (line) => Math.max(...line.points.map(([, value]) => value));
    return [...new Set(measured.map(nameOf))].map((name) => ({ name, points: measured.filter((each) => nameOf(each) === name)
        .map((each) => [each.n, each[key]]).sort((a, b) => a[0] - b[0]) })).sort((a, b) => dearest(b) - dearest(a));
}

function alikeParts(lines) {
    const parts = Math.ceil(lines.length / MOST_LINES);
    const each = Math.ceil(lines.length / parts);
    return Array.from({ length: parts }, (_, i) => lines.slice(i * each, (i + 1) * each));
}

// A step of 1, 2 or 5 that makes about four of them.
function ticks(most) {
    const rough = most / 4;
    const ten = 10 ** Math.floor(Math.log10(rough));
    const step = ten * ([1, 2, 5].find((each) => each * ten >= rough) ?? 10);
    return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

// lines: at most six of { name, points: [x, y] in the order of x }, both from 0 to `most`
function plot(lines, title, axis, unit, most) {
    const across = ticks(Math.max(1, most.n));
    const up = ticks(Math.max(1e-3, most.value));
    const right = FRAME.width - FRAME.right;
    const x = (n) => FRAME.left + n / across.at(-1) * (right - FRAME.left - 8);
    const y = (value) => FRAME.height - FRAME.bottom - value / up.at(-1) * (FRAME.height - FRAME.bottom - FRAME.top);
    const grid = up.flatMap((value) => [
        drawn("line", { class: "grid", x1: FRAME.left, x2: right, y1: y(value), y2: y(value) }),
        drawn("text", { x: FRAME.left - 6, y: y(value) + 4, "text-anchor": "end" }, `${+value.toPrecision(3)}`)]);
    const places = across.map((n) => drawn("text", { x: x(n), y: FRAME.height - 8, "text-anchor": "middle" }, `${+n.toPrecision(3)}`));
    const drawings = lines.flatMap((line, i) => [
        drawn("polyline", { class: `curve curve-${i}`, points: line.points.map(([n, value]) => `${x(n)},${y(value)}`).join(" ") }),
        ...line.points.map(([n, value]) => markAt(i, x(n), y(value)))]);
    const words = lines.map((line) => `${line.name}: ${line.points.map(([n, value]) => `${n} ${axis} ${threeDigits(value)} ${unit}`)
        .join(", ")}`).join("; ");
    return [fill(drawn("svg", { viewBox: `0 0 ${FRAME.width} ${FRAME.height}`, role: "img" }), {}, [
        drawn("title", {}, title), drawn("desc", {}, words), ...grid, ...places, ...drawings]), legend(lines)];
}

function templatesTable(templates) {
    return sortableTable({ id: "templates-table", rows: templates, limit: 10, sorted: { column: 1, descending: true },
        caption: "The dearest templates, as Clang's -ftime-trace tells them", columns: [
            { label: "Template", text: true, wide: true, value: (row) => row.name, cell: (row) => element("code", {}, row.name) },
            { label: "seconds", descending: true, value: (row) => row.seconds, cell: (row) => threeDigits(row.seconds) },
            { label: "times", descending: true, value: (row) => row.count, cell: (row) => String(row.count) },
        ] });
}
