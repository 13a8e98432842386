// SPDX-License-Identifier: BSL-1.0
//
// How long the unlucky wait: the percentiles of each subject as one curve over a logarithmic scale of time.

const FRAME = { width: 400, height: 270, left: 58, right: 12, top: 10, bottom: 28 };
const PERCENTILES = [["p50_ns", "p50", 0], ["p99_ns", "p99", 0.45], ["p999_ns", "p99.9", 0.72], ["max_ns", "longest", 1]];
const MARKS = ["M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "M-4,-4h8v8h-8z", "M0,-5L5,4H-5z", "M0,-5L5,0L0,5L-5,0z",
    "M-5,-4H5L0,5z", "M-5,-1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z"];

const markAt = (i, x, y) => drawn("path", { d: MARKS[i], class: `mark curve-${i}`, transform: `translate(${x},${y})` });

const legend = (lines) => element("ul", { class: "legend" }, lines.map((line, i) => element("li", {},
    fill(drawn("svg", { viewBox: "0 0 42 14", "aria-hidden": "true" }), {}, [
        drawn("line", { class: `curve curve-${i}`, x1: 0, x2: 42, y1: 7, y2: 7 }), markAt(i, 21, 7)]),
    element("span", {}, line.name))));

// lines: at most six of { name, values: a number or null for each of PERCENTILES }
function curves(lines, title) {
    const numbers = lines.flatMap((line) => line.values).filter((value) => value !== null).map((value) => Math.max(value, 1));
    if (numbers.length === 0) return null;
    const low = Math.floor(Math.log10(Math.min(...numbers)));
    const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...numbers))));
    const x = (part) => FRAME.left + 14 + part * (FRAME.width - FRAME.left - FRAME.right - 40);
    const y = (ns) => FRAME.height - FRAME.bottom
        - (Math.log10(Math.max(ns, 1)) - low) / (high - low) * (FRAME.height - FRAME.bottom - FRAME.top);
    const right = FRAME.width - FRAME.right;

    const grid = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).flatMap((ns) => [
        drawn("line", { class: "grid", x1: FRAME.left, x2: right, y1: y(ns), y2: y(ns) }),
        drawn("text", { x: FRAME.left - 6, y: y(ns) + 4, "text-anchor": "end" }, scaled(ns, [[1e9, "s"], [1e6, "ms"],
            [1e3, "µs"], [1, "ns"]]).replace(/\.0+(?=\D)/, "")),
    ]);
    const places = PERCENTILES.map(([, label, part]) =>
        drawn("text", { x: x(part), y: FRAME.height - 8, "text-anchor": "middle" }, label));
    const drawings = lines.flatMap((line, i) => {
        const points = line.values.map((value, k) => value === null ? null : [x(PERCENTILES[k][2]), y(value)]).filter(Boolean);
        return [drawn("polyline", { class: `curve curve-${i}`, points: points.map((point) => point.join()).join(" ") }),
            ...points.map(([px, py]) => markAt(i, px, py))];
    });
    const words = lines.map((line) => `${line.name}: ` + line.values.map((value, k) =>
        value === null ? "" : `${PERCENTILES[k][1]} ${duration(value)}`).filter(Boolean).join(", ")).join("; ");
    return [fill(drawn("svg", { viewBox: `0 0 ${FRAME.width} ${FRAME.height}`, role: "img" }), {}, [
        drawn("title", {}, title), drawn("desc", {}, words), ...grid, ...places, ...drawings]),
    legend(lines)];
}
