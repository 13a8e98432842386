// SPDX-License-Identifier: BSL-1.0
//
// Locking x pooling: the best of the combinations that are left at each pair.

const HEATS = 6;

function heatMap({ rows, measure, value }) {
    const cells = new Map();
    const policies = { locking: new Set(), pooling: new Set() };
    for (const row of rows) {
        const { locking, pooling } = row.subject.axes;
        const number = value(row);
        if (!locking || !pooling || number === null) continue;
        policies.locking.add(locking);
        policies.pooling.add(pooling);
        const key = `${locking}/${pooling}`;
        const better = measure.more ? Math.max : Math.min;
        cells.set(key, better(number, cells.get(key) ?? number));
    }
    if (cells.size === 0) return null;
    const all = [...cells.values()].map((number) => Math.log(Math.max(number, 1e-3)));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const heat = (number) => {
        const part = high - low < 0.05 ? 1 : (Math.log(Math.max(number, 1e-3)) - low) / (high - low);
        return Math.round((measure.more ? part : 1 - part) * (HEATS - 1));
    };
    const best = measure.more ? Math.exp(high) : Math.exp(low);
    const cell = (locking, pooling) => {
        const number = cells.get(`${locking}/${pooling}`);
        if (number === undefined) return element("td", { class: "none" }, "–");
        return element("td", { class: `heat-${heat(number)}` }, shown(number, measure),
            element("small", {}, times(number / best)));
    };
    return element("table", { class: "heat" },
        element("caption", {}, `${measure.label}, the best of all combinations of a pair, and how it stands to the best pair: `
            + "the stronger the colour, the better"),
        element("thead", {}, element("tr", {}, element("td", { class: "none" }),
            [...policies.pooling].map((pooling) => element("th", { scope: "col" }, pooling)))),
        element("tbody", {}, [...policies.locking].map((locking) => element("tr", {},
            element("th", { scope: "row" }, locking),
            [...policies.pooling].map((pooling) => cell(locking, pooling))))));
}
