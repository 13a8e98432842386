// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace steward::inline v0 {

/// The literal part of an owner's name. Only a constant converts to it, so it lives as long as the program.
struct owner_tag {
    const char* text; ///< static text

    /// Implicit, so that a literal can stand where a tag is expected.
    consteval owner_tag(const char* literal) noexcept : text{literal} {}
};

namespace detail {

/// A copy of `name` that lives as long as the program, the same one for equal names. Logarithmic, under a lock.
[[nodiscard]] inline const char* intern(std::string_view name)
{
    static std::mutex mutex;
    static auto& names = *new std::set<std::string, std::less<>>; // never destroyed: a late static may still report
    const std::lock_guard lock{mutex};
    const auto found = names.find(name);
    return (found != names.end() ? found : names.emplace(name).first)->c_str();
}

} // namespace detail
} // namespace steward::inline v0
