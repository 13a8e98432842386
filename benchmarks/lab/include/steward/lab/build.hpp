// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/steward.hpp>

#include <boost/hana/unpack.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace steward::inline v0::lab {

namespace detail {

/// The settings that were given for a resource by its name, else its default ones.
template <class Resource, class... Given>
[[nodiscard]] typename Resource::settings settings_of(const std::tuple<Given...>& given)
{
    typename Resource::settings result{};
    std::apply(
        [&](const auto&... each) {
            [[maybe_unused]] const auto look = [&](const auto& one) {
                if constexpr (std::remove_cvref_t<decltype(one)>::name.view() == Resource::name.view())
                    result = one.settings;
            };
            (look(each), ...);
        },
        given);
    return result;
}

template <class Resource, class Given>
[[nodiscard]] auto configured_for(const Given& given, std::size_t slots)
{
    using options = typename Resource::pooling_policy::options;
    if constexpr (std::is_same_v<options, pool_options>)
        return Resource::with(settings_of<Resource>(given), {.max_size = slots});
    else
        return Resource::with(settings_of<Resource>(given));
}

} // namespace detail

/// A manager of `slots` slots for each resource, from settings that were made for others of these names.
template <class Manager, class Given>
[[nodiscard]] Manager build(const Given& given, std::size_t slots)
{
    return boost::hana::unpack(Manager::resources(), [&](auto... each) {
        return Manager{detail::configured_for<typename decltype(each)::type>(given, slots)...};
    });
}

} // namespace steward::inline v0::lab
