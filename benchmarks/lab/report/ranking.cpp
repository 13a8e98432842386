// SPDX-License-Identifier: BSL-1.0
#include "ranking.hpp"

#include "statistics.hpp"

#include <algorithm>
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
        one.like_the_first = mann_whitney(rates(order.front()), rates(one)).p >= 0.05;
        one.spread = (quantile(rates(one), 0.75) - quantile(rates(one), 0.25)) / 2 / median(rates(one));
    }
    return order;
}

} // namespace lab
