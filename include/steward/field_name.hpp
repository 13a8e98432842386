// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/hana/accessors.hpp>
#include <boost/hana/adapt_struct.hpp> // what users write beside their settings
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/second.hpp>

#include <memory>
#include <string_view>

namespace steward::inline v0 {

/// The name of the member of a Hana struct: `field_name(settings, settings.base_path)` is `"base_path"`.
///
/// `member` must be a member of `settings` itself; the result is empty otherwise. Linear in the number of members.
template <class Settings, class Member>
    requires boost::hana::Struct<Settings>::value
[[nodiscard]] constexpr std::string_view field_name(const Settings& settings, const Member& member)
{
    std::string_view result;
    boost::hana::for_each(boost::hana::accessors<Settings>(), [&](const auto& accessor) {
        const auto& candidate = boost::hana::second(accessor)(settings);
        if (static_cast<const void*>(std::addressof(candidate)) == static_cast<const void*>(std::addressof(member)))
            result = boost::hana::to<const char*>(boost::hana::first(accessor));
    });
    return result;
}

} // namespace steward::inline v0
