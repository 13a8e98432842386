// SPDX-License-Identifier: BSL-1.0
#include "statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace lab {

namespace {

double quantile_of_sorted(std::span<const double> sorted, double part)
{
    if (sorted.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const double place = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

struct ranked_values {
    double greater_in_b = 0; // U
    double ties = 0;         // the sum of t^3 - t over groups of t equal values
};

ranked_values ranked(std::span<const double> a, std::span<const double> b)
{
    struct value {
        double number;
        bool is_of_b;
    };
    std::vector<value> all;
    for (const double each : a)
        all.push_back({each, false});
    for (const double each : b)
        all.push_back({each, true});
    std::ranges::sort(all, {}, &value::number);
    ranked_values result;
    double ranks_of_b = 0;
    for (std::size_t first = 0, last = 0; first != all.size(); first = last) {
        while (last != all.size() && all[last].number == all[first].number)
            ++last;
        const double rank = static_cast<double>(first + last + 1) / 2; // the mean of first + 1 .. last
        const auto equal = static_cast<double>(last - first);
        result.ties += equal * equal * equal - equal;
        for (std::size_t i = first; i != last; ++i)
            ranks_of_b += all[i].is_of_b ? rank : 0;
    }
    const auto m = static_cast<double>(b.size());
    result.greater_in_b = ranks_of_b - m * (m + 1) / 2;
    return result;
}

// How many orders of n and m values have each U: those whose greatest is of b add n to it, the others nothing.
std::vector<double> orders_by_u(std::size_t n, std::size_t m)
{
    std::vector<std::vector<double>> shorter(m + 1, std::vector<double>{1}); // no value of a: U is 0
    for (std::size_t i = 1; i <= n; ++i) {
        std::vector<std::vector<double>> row{{1}};
        for (std::size_t j = 1; j <= m; ++j) {
            std::vector<double> counts(i * j + 1, 0);
            for (std::size_t u = 0; u != shorter[j].size(); ++u)
                counts[u] += shorter[j][u];
            for (std::size_t u = 0; u != row[j - 1].size(); ++u)
                counts[u + i] += row[j - 1][u];
            row.push_back(std::move(counts));
        }
        shorter = std::move(row);
    }
    return shorter[m];
}

double exact_p(double u, std::size_t n, std::size_t m)
{
    // A ranking asks for the same numbers of repetitions ten thousand times.
    thread_local std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> known;
    auto& counts = known[{n, m}];
    if (counts.empty())
        counts = orders_by_u(n, m);
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    const double nearer_end = std::min(u, static_cast<double>(n * m) - u);
    const auto end = counts.begin() + static_cast<std::ptrdiff_t>(nearer_end) + 1;
    return std::min(1.0, 2 * std::accumulate(counts.begin(), end, 0.0) / total);
}

double normal_p(double u, double n, double m, double ties)
{
    const double all = n + m;
    const double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
    if (variance <= 0)
        return 1;                                                         // all are equal
    const double distance = std::max(0.0, std::abs(u - n * m / 2) - 0.5); // corrected for continuity
    return std::min(1.0, std::erfc(distance / std::sqrt(2 * variance)));
}

constexpr std::size_t most_for_exact = 20;

} // namespace

double median(std::span<const double> values) { return quantile(values, 0.5); }

double quantile(std::span<const double> values, double part)
{
    std::vector<double> sorted{values.begin(), values.end()};
    std::ranges::sort(sorted);
    return quantile_of_sorted(sorted, part);
}

mann_whitney_result mann_whitney(std::span<const double> a, std::span<const double> b)
{
    if (a.empty() || b.empty())
        return {};
    const ranked_values ranks = ranked(a, b);
    mann_whitney_result result{.u = ranks.greater_in_b};
    result.exact = ranks.ties == 0 && a.size() <= most_for_exact && b.size() <= most_for_exact;
    result.p = result.exact
                   ? exact_p(result.u, a.size(), b.size())
                   : normal_p(result.u, static_cast<double>(a.size()), static_cast<double>(b.size()), ranks.ties);
    return result;
}

bool told_apart(std::span<const double> a, std::span<const double> b) { return mann_whitney(a, b).p < 0.05; }

double smallest_p(std::size_t a, std::size_t b)
{
    if (a == 0 || b == 0)
        return 1;
    if (a <= most_for_exact && b <= most_for_exact)
        return exact_p(0, a, b);
    return normal_p(0, static_cast<double>(a), static_cast<double>(b), 0);
}

interval ratio_interval(std::span<const double> a, std::span<const double> b, int resamples)
{
    std::mt19937_64 random{20230401}; // NOLINT(bugprone-random-generator-seed): the same values, the same interval
    std::vector<double> drawn;
    const auto median_of_draw = [&](std::span<const double> values) {
        drawn.resize(values.size());
        for (double& each : drawn)
            each = values[random() % values.size()];
        std::ranges::sort(drawn);
        return quantile_of_sorted(drawn, 0.5);
    };
    std::vector<double> ratios;
    for (int i = 0; i != resamples; ++i) {
        const double of_a = median_of_draw(a);
        const double of_b = median_of_draw(b);
        ratios.push_back(of_a == of_b ? 1 : of_b / of_a); // 0 / 0 is no change
    }
    std::ranges::sort(ratios);
    return {quantile_of_sorted(ratios, 0.025), quantile_of_sorted(ratios, 0.975)};
}

std::vector<bool> discoveries(std::span<const double> p, double false_discoveries)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i != order.size(); ++i)
        if (p[order[i]] <= false_discoveries * static_cast<double>(i + 1) / static_cast<double>(p.size()))
            kept = i + 1;
    std::vector<bool> result(p.size(), false);
    for (std::size_t i = 0; i != kept; ++i)
        result[order[i]] = true;
    return result;
}

} // namespace lab
