// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <vector>

namespace lab {

/// The middle of the values, or the mean of the two in the middle; not a number if there are none.
double median(std::span<const double> values);

/// The value below which lies that part (0 to 1) of the values, interpolated between the two that are nearest.
double quantile(std::span<const double> values, double part);

struct mann_whitney_result {
    double u = 0;       ///< how many pairs (one of a, one of b) have the greater value in b; ties count half
    double p = 1;       ///< two-sided: how likely a difference like this one is where there is none
    bool exact = false; ///< counted over all orders; otherwise the normal approximation, corrected for ties
};

/// Whether the values of b tend to be greater or smaller than those of a: the Mann-Whitney U test. It asks for no form of
/// distribution. Exact without ties and with at most 20 values on each side.
mann_whitney_result mann_whitney(std::span<const double> a, std::span<const double> b);

/// Whether such a difference is chance in less than one case in twenty (p < 0.05).
bool told_apart(std::span<const double> a, std::span<const double> b);

/// The smallest p that so many values on each side can give at all.
double smallest_p(std::size_t a, std::size_t b);

struct interval {
    double low = 0;
    double high = 0;
};

/// Where the ratio of medians b / a lies with 95 %: the bootstrap's percentile interval over `resamples` draws. The same
/// values give the same interval.
interval ratio_interval(std::span<const double> a, std::span<const double> b, int resamples = 1000);

/// For each p whether it stays remarkable among all of them: Benjamini and Hochberg's procedure, which lets at most
/// `false_discoveries` (a part of 1) of what it lets through be chance.
std::vector<bool> discoveries(std::span<const double> p, double false_discoveries);

} // namespace lab
