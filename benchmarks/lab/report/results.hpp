// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace lab {

/// Where the numbers were made.
struct machine {
    std::string cpu, system, compiler, when;
    int cores = 0;
};

/// What was measured: a combination of policies, or a peer, which may be missing.
struct subject {
    std::string id;
    bool is_peer = false;
    std::vector<std::pair<std::string, std::string>> axes{}; ///< axis and policy, in the file's order
    std::optional<double> bytes_per_slot{};
    std::string version{}, language{}, missing{}; ///< of peers; `missing` is the reason, empty if it ran
    std::string named_after{};                    ///< the file in `id`, where several measured the same subject
};

/// Which numbers may be compared with one another.
struct configuration {
    std::string workload;
    int threads = 0, slots = 0;
    auto operator<=>(const configuration&) const = default;
};

/// What one subject did in one configuration: of each measure one number a repetition.
struct result {
    std::string subject;
    lab::configuration configuration;
    std::map<std::string, std::vector<double>> samples;
    std::size_t source = 0; ///< in results::sources
};

/// What explains some numbers; empty or 0 means all workloads, subjects, numbers of threads.
struct note {
    std::string workload{}, subject{};
    int threads = 0;
    std::string text{};
};

/// What compiling took with n resources, states or policies (`axis`): one number a repetition.
struct compile_cost {
    std::string header, compiler, axis;
    int n = 0;
    std::vector<double> seconds{};
    std::optional<double> peak_mib{};
};

struct template_cost {
    std::string name;
    double seconds = 0;
    int count = 0; ///< how often it was instantiated
};

/// A file, whose numbers come of one run.
struct source {
    std::string file; ///< as its reader was told
    lab::machine machine;
    bool quick = false;
};

struct results {
    std::vector<source> sources{};
    std::vector<subject> subjects{};
    std::vector<result> all{};
    std::vector<note> notes{};
    std::vector<compile_cost> compile{};
    std::vector<template_cost> templates{};

    const subject& subject_of(const result& one) const;
    /// Each once: workloads in the file's order, then by threads and slots.
    std::vector<configuration> configurations() const;
};

/// What a file of results lacks: file, place (line:column, or a JSON pointer), what was expected there.
struct malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads the lab's JSON. `file` is its name for errors.
/// Throws `malformed`.
results read_results(const std::string& text, const std::string& file);

} // namespace lab
