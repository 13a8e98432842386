// SPDX-License-Identifier: BSL-1.0
//
// Which subjects are shown: a box for each policy of each axis that varies.

function axesOf(subjects) {
    const axes = new Map();
    for (const subject of subjects)
        for (const [axis, policy] of Object.entries(subject.axes ?? {}))
            axes.set(axis, (axes.get(axis) ?? new Set()).add(policy));
    return [...axes].map(([name, policies]) => ({ name, policies: [...policies] }));
}

// What is none goes without saying, except where a newcomer would miss it.
const named = (axis, policy) => policy !== "none" ? policy : axis === "locking" || axis === "pooling" ? `no ${axis}` : "";

// changed() after each press; matches(subject) tells whether one is shown.
function filters(subjects, changed) {
    const axes = axesOf(subjects);
    const varying = axes.filter((axis) => axis.policies.length > 1);
    const fixed = axes.filter((axis) => axis.policies.length === 1);
    const hidden = new Set();
    const boxes = [];
    const status = element("p", { role: "status", class: "quiet" });

    const box = (key, text) => {
        const input = element("input", {
            type: "checkbox", checked: true, name: key, onchange: () => {
                hidden[input.checked ? "delete" : "add"](key);
                tell();
            },
        });
        boxes.push(input);
        return element("label", {}, input, text);
    };
    const group = (name, choices) => element("fieldset", {}, element("legend", {}, name), choices);
    const peers = subjects.filter((subject) => subject.peer);
    const groups = varying.map((axis) => group(axis.name, axis.policies.map((policy) => box(`${axis.name}=${policy}`, policy))));
    if (peers.length > 0) groups.push(group("peers", peers.map((peer) => box(`peer=${peer.name}`, peer.name))));

    const matches = (subject) => subject.peer ? !hidden.has(`peer=${subject.name}`)
        : Object.entries(subject.axes).every(([axis, policy]) => !hidden.has(`${axis}=${policy}`));
    const tell = () => {
        const all = subjects.filter((subject) => !subject.peer);
        status.textContent = `${all.filter(matches).length} of ${plural(all.length, "combination")} shown.`;
        changed();
    };
    const reset = element("button", { type: "button", onclick: () => {
        hidden.clear();
        for (const each of boxes) each.checked = true;
        tell();
    } }, "Show all");

    return {
        matches, tell,
        nodes: [
            element("h2", { id: "filters-title" }, "What do you need?"),
            element("p", {}, "Leave what would do for you: tables, heat maps, curves and recommendations "
                + "follow. Where a combination names no policy of an axis, that is none."),
            fixed.length === 0 ? null : element("p", { class: "quiet" },
                `The same in all: ${fixed.map((axis) => `${axis.name} ${axis.policies[0]}`).join(", ")}.`),
            element("div", { class: "axes" }, groups), element("div", { class: "controls" }, reset), status,
        ],
        nameOf: (subject) => {
            if (subject.peer)
                return [subject.name, subject.version, subject.language && `(${subject.language})`].filter(Boolean).join(" ");
            const policies = varying.map((axis) => named(axis.name, subject.axes[axis.name])).filter(Boolean).join(" · ");
            return policies === "" ? subject.name : policies + (subject.file ? ` (${subject.file})` : "");
        },
    };
}
