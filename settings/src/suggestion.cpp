// SPDX-License-Identifier: BSL-1.0
#include <steward/settings/detail/reader.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

namespace steward::inline v0::detail {

namespace {

// How many letters have to be added, removed, replaced, or swapped with their neighbour (optimal string alignment
// distance, after Damerau and Levenshtein).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()];
}

} // namespace

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names)
{
    std::string_view nearest;
    std::size_t least = std::max(std::size_t{1}, wrong.size() / 3) + 1;
    for (const std::string_view name : names)
        if (const std::size_t far = distance(wrong, name); far < least) {
            least = far;
            nearest = name;
        }
    return nearest;
}

bool is_secret(std::string_view field)
{
    std::string lower{field};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array words{"password",   "passwd",         "secret", "token", "key",
                               "credential", "connection_str", "url",    "auth",  "header"};
    return lower.ends_with("connection") // may hold a password; connection_pool_size does not
           || std::ranges::any_of(words, [&](const char* word) { return lower.find(word) != std::string::npos; });
}

} // namespace steward::inline v0::detail
