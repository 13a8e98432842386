// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "measures.hpp"
#include "results.hpp"
#include "statistics.hpp"

#include <string>
#include <vector>

namespace lab {

/// What became of one measure of one subject in one configuration.
struct change {
    std::string subject;
    lab::configuration configuration{};
    lab::measure measure{};
    double before = 0, after = 0; ///< medians
    std::size_t repetitions_before = 0, repetitions_after = 0;
    double ratio = 1;  ///< after / before
    interval within{}; ///< of the ratio, 95 %
    double p = 1;      ///< Mann-Whitney, two-sided
    enum class verdict : unsigned char { noise, perhaps, changed } seen = verdict::noise;

    bool is_better() const { return measure.more_is_better == (after > before); }
};

struct comparison {
    std::vector<change> changes;
    std::vector<std::string> only_before, only_after; ///< "subject: workload, threads on slots"
};

/// All that both have. `changed`: the interval of the ratio does not hold 1, and p is remarkable among all p of that
/// measure (Benjamini and Hochberg, 5 %). `perhaps`: the same with p < 0.05 on its own only.
comparison compare(const results& before, const results& after);

} // namespace lab
