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
        one.best_rank = 1;
        one.worst_rank = static_cast<int>(order.size());
        one.spread = (quantile(rates(one), 0.75) - quantile(rates(one), 0.25)) / 2 / median(rates(one));
    }
    for (auto one = order.begin(); one != order.end(); ++one)
        for (auto slower = one + 1; slower != order.end(); ++slower)
            if (told_apart(rates(*one), rates(*slower))) {
                --one->worst_rank;
                ++slower->best_rank;
            }
    return order;
}

} // namespace lab
