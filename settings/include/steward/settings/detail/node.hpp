// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::detail {

/// A place in a file, from 1.
struct file_place {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// What stands in a settings file, whatever its format, with its places.
struct settings_node {
    enum class kind : unsigned char { nothing, scalar, list, map };

    /// A name in a map.
    struct name {
        std::string text;
        file_place where;
        bool broken = false; ///< what is wrong with it was said already
    };

    settings_node() = default;
    settings_node(kind what, file_place place) : is{what}, where{place} {}

    kind is = kind::nothing;
    file_place where{};
    std::string text{};    ///< a scalar, its variables replaced
    std::string written{}; ///< the same as it stands in the file, if there were variables in it
    bool quoted = false;   ///< so that it is text, whatever it looks like
    bool broken = false;   ///< what is wrong with it was said already
    std::vector<name> names{};
    std::vector<settings_node> items; ///< of a list, or of a map: one for each name

    /// A value of a map; null if it is not there.
    [[nodiscard]] const settings_node* find(std::string_view wanted) const
    {
        const auto given = std::ranges::find(names, wanted, &name::text);
        return given == names.end() ? nullptr : &items[static_cast<std::size_t>(given - names.begin())];
    }
    [[nodiscard]] settings_node* find(std::string_view wanted)
    {
        return const_cast<settings_node*>(std::as_const(*this).find(wanted));
    }
};

} // namespace steward::inline v0::detail
