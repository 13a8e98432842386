// SPDX-License-Identifier: BSL-1.0
//
// Elements from data. Text always becomes text, never HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
        else if (value === true) node.setAttribute(name, "");
        else if (value !== false && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
}
const element = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const drawn = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// A select with its label: choices are [value, text]; `changed(value)` when another one is taken.
function chooser(label, choices, changed, attributes = {}) {
    const select = element("select", { onchange: () => changed(select.value) },
        choices.map(([value, text]) => element("option", { value }, text)));
    return element("label", attributes, label, select);
}
