// SPDX-License-Identifier: BSL-1.0
//
// What to take, in words, with the reason. Among the combinations whose rate is within 3 % of the highest, where threads
// must wait it is the one with the lowest p99; where none waits, percentiles say nothing, and the highest rate decides.

const least = (rows, value) => rows.reduce((best, row) => value(row) < value(best) ? row : best);

// A row is {name, rate, p99, longest}; idle maps a name to nanoseconds for a lease when nobody else asks.
function recommendation({ threads, slots, rows, peers, idle }) {
    if (rows.length === 0) return ["No combination is left: allow more policies."];
    const fastest = Math.max(...rows.map((row) => row.rate));
    const near = rows.filter((row) => row.rate >= 0.97 * fastest);
    const waits = threads > slots && near.every((row) => row.p99 !== null);
    const taken = waits ? least(near, (row) => row.p99) : least(near, (row) => -row.rate);
    const said = [`For ${plural(threads, "thread")} on ${plural(slots, "slot")} take ${taken.name}.`];
    said.push(waits
        ? `Its ${rate(taken.rate)} leases/s are within 3\u202f% of the highest, and of the ${plural(near.length, "combination")} `
          + `of which that is true it has the lowest p99: ${duration(taken.p99)}.`
        : `It has the highest rate, ${rate(taken.rate)} leases/s`
          + (near.length > 1 ? `; ${plural(near.length - 1, "other is", "others are")} within 3\u202f%.` : "."));
    said.push(...idleWords(taken, rows, idle, waits), ...peerWords(taken, peers, waits));
    return said;
}

function idleWords(taken, rows, idle, waits) {
    const known = rows.filter((row) => idle.has(row.name));
    if (known.length < 2 || !idle.has(taken.name)) return [];
    const cheapest = least(known, (row) => idle.get(row.name));
    if (cheapest === taken) return ["It is the cheapest of them when nobody else asks, too."];
    const dearer = duration(idle.get(taken.name) - idle.get(cheapest.name));
    const [value, what] = waits && cheapest.p99 !== null ? [cheapest.p99 / taken.p99, "p99"]
        : [taken.rate / cheapest.rate, "rate"];
    return [`Against ${cheapest.name}, the cheapest when nobody else asks: ${what} ${times(value)} better, `
        + `${dearer} dearer for a lease when idle.`];
}

function peerWords(taken, peers, waits) {
    if (peers.length === 0) return [];
    const best = least(peers, (row) => -row.rate);
    const longest = waits && best.longest !== null && taken.longest !== null
        ? `; the longest wait is ${duration(taken.longest)} against ${duration(best.longest)}` : "";
    return [`It has ${times(taken.rate / best.rate)} the rate of the fastest peer, ${best.name}${longest}.`];
}
