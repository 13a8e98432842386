// SPDX-License-Identifier: BSL-1.0
#include "registry.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace steward::inline v0::lab {

namespace {

// A static inside of a function: translation units add to it before main, in any order.
std::vector<description>& registered()
{
    static std::vector<description> all;
    return all;
}

} // namespace

void add(const description& what) { registered().push_back(what); }

const std::vector<description>& all_subjects()
{
    static const bool sorted = [] { // the linker's order says nothing
        std::ranges::sort(registered(), {}, &description::policies);
        return true;
    }();
    static_cast<void>(sorted);
    return registered();
}

std::string id_of(const description& what) { return fmt::format("{}", fmt::join(what.policies, ",")); }

} // namespace steward::inline v0::lab
