// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

namespace detail {

/// Header names are the same whatever the case of their letters.
struct header_name_less {
    using is_transparent = void;

    [[nodiscard]] bool operator()(std::string_view a, std::string_view b) const noexcept
    {
        const std::size_t both = std::min(a.size(), b.size());
        for (std::size_t i = 0; i != both; ++i)
            if (a[i] != b[i] && lower(a[i]) != lower(b[i])) // most names that are compared are written alike
                return lower(a[i]) < lower(b[i]);
        return a.size() < b.size();
    }

private:
    [[nodiscard]] static constexpr char lower(char c) noexcept
    {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
};

} // namespace detail

/// The headers of a request or a response: `headers.find("content-type")` finds `Content-Type`. A name may be there
/// several times, as `Set-Cookie` is.
using http_headers = std::multimap<std::string, std::string, detail::header_name_less>;

} // namespace steward::inline v0::adapters
