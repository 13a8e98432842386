// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// Something that the lab measures, or that follows from what it measures.
struct measure {
    std::string_view key;   ///< as in the file; "exchanges_per_lease" is derived
    std::string_view label; ///< for people, with its unit
    bool more_is_better = false;
    std::string_view unit{}; ///< "ns" for a time, "per_s" for a rate
};

/// All of them, in the order in which they are shown.
std::span<const measure> measures();

/// One number a repetition, empty if it was not measured. "exchanges_per_lease": the time of one lease, all threads
/// together, as a multiple of the atomic exchange measured beside it.
std::vector<double> samples_of(const result& one, std::string_view key);

/// Nanoseconds for one lease, all threads together, one number a repetition.
std::vector<double> ns_per_lease(const result& one);

/// Whether who has a resource blocks, which leaves the processor to others.
bool holders_block(std::string_view workload);

/// A few words on what a workload does; empty for one that the lab does not know.
std::string_view meaning_of(std::string_view workload);

} // namespace lab
