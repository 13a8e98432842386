// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
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
        return std::ranges::lexicographical_compare(a, b, {}, lower, lower);
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
