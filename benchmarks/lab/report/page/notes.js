// SPDX-License-Identifier: BSL-1.0
//
// What the files say about their numbers, beside the table concerned.

const placeOf = ({ workload, threads, slots, subject }) => [workload?.replaceAll("_", " "), subject,
    slots ? `${threads} on ${slots}` : threads && plural(threads, "thread")].filter(Boolean).join(", ") || "all";

const notesOf = (notes, workload, threads) => notes.filter((note) => (note.workload ?? workload) === workload
    && (note.threads ?? threads) === threads);
