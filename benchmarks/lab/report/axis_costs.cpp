// SPDX-License-Identifier: BSL-1.0
#include "axis_costs.hpp"

#include "measures.hpp"
#include "statistics.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace lab {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// A combination without one of its axes, of one run, and what it costs with each of that axis's policies.
using combination = std::pair<std::size_t, std::vector<std::pair<std::string, std::string>>>;
struct costs {
    double ns, exchange, bytes;
};
using by_policy = std::map<std::string, costs>;

std::map<combination, by_policy> pairs_of(const results& from, const configuration& where, const std::string& axis)
{
    std::map<combination, by_policy> rest;
    for (const result& one : from.all) {
        const subject& combined = from.subject_of(one);
        if (one.configuration != where || combined.is_peer)
            continue;
        combination others{one.source, {}};
        std::string policy;
        for (const auto& [name, value] : combined.axes)
            if (name == axis)
                policy = value;
            else
                others.second.emplace_back(name, value);
        std::ranges::sort(others.second);
        const auto exchange = samples_of(one, "exchange_ns");
        rest[others][policy] = {median(ns_per_lease(one)), median(exchange), combined.bytes_per_slot.value_or(unknown)};
    }
    return rest;
}

std::vector<std::string> policies_of(const results& from, const std::string& axis)
{
    std::vector<std::string> policies;
    for (const subject& one : from.subjects)
        for (const auto& [name, policy] : one.axes)
            if (name == axis && std::ranges::find(policies, policy) == policies.end())
                policies.push_back(policy);
    return policies;
}

std::string cheapest(const std::map<combination, by_policy>& rest, const std::vector<std::string>& policies)
{
    std::string best;
    double least = std::numeric_limits<double>::infinity();
    for (const std::string& policy : policies) {
        std::vector<double> ns;
        for (const auto& [others, costs] : rest)
            if (const auto found = costs.find(policy); found != costs.end() && costs.size() > 1) // else it is no pair
                ns.push_back(found->second.ns);
        if (!ns.empty() && median(ns) < least) {
            least = median(ns);
            best = policy;
        }
    }
    return best;
}

policy_cost cost_of(const std::string& policy, const std::string& over, const std::map<combination, by_policy>& rest)
{
    std::vector<double> ns;
    std::vector<double> exchanges;
    std::vector<double> bytes;
    for (const auto& [others, costs] : rest) {
        const auto with = costs.find(policy);
        const auto without = costs.find(over);
        if (with == costs.end() || without == costs.end())
            continue;
        const double difference = with->second.ns - without->second.ns;
        ns.push_back(difference);
        exchanges.push_back(difference / without->second.exchange);
        bytes.push_back(with->second.bytes - without->second.bytes);
    }
    return {.policy = policy,
            .pairs = static_cast<int>(ns.size()),
            .ns = median(ns),
            .ns_low = quantile(ns, 0.25),
            .ns_high = quantile(ns, 0.75),
            .exchanges = median(exchanges),
            .bytes = median(bytes)};
}

} // namespace

std::vector<axis_cost> axis_costs(const results& from, const configuration& where)
{
    std::vector<std::string> axes;
    for (const subject& one : from.subjects)
        for (const auto& [axis, policy] : one.axes)
            if (std::ranges::find(axes, axis) == axes.end())
                axes.push_back(axis);
    std::vector<axis_cost> all;
    for (const std::string& axis : axes) {
        const auto policies = policies_of(from, axis);
        const auto rest = pairs_of(from, where, axis);
        const bool has_none = std::ranges::find(policies, "none") != policies.end();
        axis_cost one{.axis = axis, .over = has_none ? "none" : cheapest(rest, policies)};
        for (const std::string& policy : policies)
            if (policy != one.over)
                if (const policy_cost cost = cost_of(policy, one.over, rest); cost.pairs != 0)
                    one.policies.push_back(cost);
        if (!one.policies.empty())
            all.push_back(std::move(one));
    }
    return all;
}

} // namespace lab
