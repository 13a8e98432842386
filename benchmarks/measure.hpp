// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace benchmarks {

/// Seconds that `f` takes.
template <class F>
[[nodiscard]] double seconds(F&& f)
{
    const auto begin = std::chrono::steady_clock::now();
    f();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

[[nodiscard]] inline double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Times of two things, done in turns.
struct pairs {
    std::vector<double> first, second;

    [[nodiscard]] double ratio() const { return median(first) / median(second); }
    /// The median of each pair's own: where the machine is fast and slow by turns, one of a pair is mostly as the other.
    [[nodiscard]] double paired_ratio() const
    {
        std::vector<double> ratios;
        for (std::size_t i = 0; i != first.size(); ++i)
            ratios.push_back(first[i] / second[i]);
        return median(std::move(ratios));
    }
};

template <class A, class B>
[[nodiscard]] pairs in_turns(int times, A&& a, B&& b)
{
    pairs result;
    for (int i = 0; i != times; ++i) {
        const bool a_first = i % 2 == 0; // whoever is second finds the caches warmer
        if (a_first)
            result.first.push_back(seconds(a));
        result.second.push_back(seconds(b));
        if (!a_first)
            result.first.push_back(seconds(a));
    }
    return result;
}

struct interval {
    double low, middle, high;
};

/// The median of the paired differences, with its 95 % bootstrap interval (Efron's percentile method).
[[nodiscard]] inline interval difference(const pairs& measured)
{
    std::vector<double> differences;
    for (std::size_t i = 0; i != measured.first.size(); ++i)
        differences.push_back(measured.first[i] - measured.second[i]);
    constexpr std::size_t resamples = 2'000;
    std::mt19937_64 random{20'261'128};
    std::uniform_int_distribution<std::size_t> any{0, differences.size() - 1};
    std::vector<double> medians;
    for (std::size_t i = 0; i != resamples; ++i) {
        std::vector<double> drawn(differences.size());
        std::ranges::generate(drawn, [&] { return differences[any(random)]; });
        medians.push_back(median(std::move(drawn)));
    }
    std::ranges::sort(medians);
    return {medians[resamples / 40], median(differences), medians[resamples - 1 - resamples / 40]};
}

/// Prints one line, and says whether the bound holds.
bool at_least(std::string_view what, double value, double bound);
bool at_most(std::string_view what, double value, double bound, std::string_view unit);
/// The upper end counts.
bool at_most(std::string_view what, const interval& value, double bound, std::string_view unit);

} // namespace benchmarks
