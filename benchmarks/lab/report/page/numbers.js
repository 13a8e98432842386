// SPDX-License-Identifier: BSL-1.0
//
// Numbers as people read them: three digits and a unit.

function threeDigits(number) {
    if (number === 0) return "0";
    const size = Math.abs(number);
    return number.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3);
}

const scaled = (number, steps) => {
    const [size, unit] = steps.find(([step]) => Math.abs(number) >= step * 0.9995) ?? steps.at(-1);
    return `${threeDigits(number / size)}\u202f${unit}`.trimEnd();
};
const rate = (number) => scaled(number, [[1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]]);
const duration = (ns) => scaled(ns, [[1e9, "s"], [1e6, "ms"], [1e3, "µs"], [1, "ns"]]);

const shown = (number, measure) => number === null ? ""
    : measure.unit === "ns" ? duration(number) : measure.unit === "per_s" ? rate(number) : threeDigits(number);
const times = (ratio) => `${threeDigits(ratio)}\u202f×`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const plural = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;
