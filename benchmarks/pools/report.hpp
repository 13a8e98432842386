// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace benchmarks {

/// Collects every repetition of every benchmark, for medians.
class collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override;

    /// The median of a value over the repetitions: `time_ns` (for one iteration) or the name of a counter.
    [[nodiscard]] double median(const std::string& benchmark, const std::string& value = "time_ns") const;
    [[nodiscard]] bool has(const std::string& benchmark) const { return values_.contains(benchmark); }

    /// All medians, by benchmark and value, as JSON.
    [[nodiscard]] std::string json() const;
    [[nodiscard]] std::vector<std::string> names() const;

private:
    std::map<std::string, std::map<std::string, std::vector<double>>> values_;
};

/// One line of the table: a ratio of two medians and what it may be.
struct bound {
    std::string what;
    std::string numerator, denominator, value;
    enum class kind { at_most, at_least } direction;
    double limit;
    std::string other{}; ///< another denominator: the better of the two counts
    std::string less{};  ///< a benchmark whose median is taken from the numerator's before

    [[nodiscard]] bool was_run(const class collector& results) const;
    [[nodiscard]] double ratio(const class collector& results) const;
};

/// Prints every cost and every bound; true if all bounds hold. A bound whose benchmarks were not run holds only where
/// not all were asked for.
[[nodiscard]] bool print_table(const collector& results, const std::vector<bound>& bounds, bool all_were_run);

} // namespace benchmarks
