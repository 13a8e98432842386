// SPDX-License-Identifier: BSL-1.0
#include "ranking.hpp"

#include "statistics.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace lab {

std::vector<ranked> ranking(const results& from, const configuration& where)
{
    const auto rates = [](const ranked& one) -> const auto& { return one.of->samples.at("leases_per_s"); };
    std::vector<ranked> order;
    for (const result& one : from.all)
        if (one.configuration == where)
            order.push_back({.of = &one});
    std::ranges::sort(order, {}, [&](const ranked& one) { return std::pair{-median(rates(one)), one.of->subject}; });
    int rank = 0;
    for (ranked& one : order) {
        one.rank = ++rank;
        one.spread = (quantile(rates(one), 0.75) - quantile(rates(one), 0.25)) / 2 / median(rates(one));
    }
    for (auto one = order.begin(); one != order.end(); ++one) {
        const auto is_told = [&](const ranked& other) { return mann_whitney(rates(other), rates(*one)).p < 0.05; };
        one->best_rank = 1 + static_cast<int>(std::count_if(order.begin(), one, is_told));
        one->worst_rank =
            static_cast<int>(order.size() - static_cast<std::size_t>(std::count_if(one, order.end(), is_told)));
    }
    return order;
}

} // namespace lab
