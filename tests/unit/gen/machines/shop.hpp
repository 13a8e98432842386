// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/steward.hpp>

#include <boost/hana/adapt_struct.hpp>

#include <concepts>
#include <string>

/// What order_flow.yaml calls.
namespace shop {

using namespace steward::literals;

struct order {
    int number = 0;
    std::string steps{};
};

struct cache {
    std::string label;
    int retries;
    int calls = 0;
};
struct cache_settings {
    std::string label{};
    int retry_count = 0;
};
class cache_adapter {
public:
    using settings = cache_settings;
    using resource_type = cache;

    explicit cache_adapter(settings wanted) : settings_{std::move(wanted)} {}
    [[nodiscard]] cache create() { return {settings_.label, settings_.retry_count}; }

private:
    settings settings_;
};

inline void authorize(order& data, auto& resources)
{
    ++resources["cache"_r].calls;
    data.steps += " authorized";
}

// gives the new data
inline order scale(const order& data, const auto& resources, const auto& params)
{
    static_assert(std::same_as<decltype(+params.ratio), double> && std::same_as<decltype(params.on), bool>);
    static_assert(requires { resources["data files"_r]; });
    return {data.number * static_cast<int>(params.factor), data.steps + std::string{params.label}};
}

inline bool is_small(const order& data) { return data.number < 100; }

inline constexpr auto is_odd = [](const order& data) { return data.number % 2 == 1; };

inline void look_up(order& data, auto& resources)
{
    data.number = resources["db"_r].template query_one<int>("select 42");
}

} // namespace shop

BOOST_HANA_ADAPT_STRUCT(shop::cache_settings, label, retry_count);
