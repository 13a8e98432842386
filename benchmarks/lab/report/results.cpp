// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include <algorithm>

namespace lab {

const subject& results::subject_of(const result& one) const
{
    return *std::ranges::find(subjects, one.subject, &subject::id); // reading has made sure that it is there
}

std::vector<configuration> results::configurations() const
{
    std::vector<configuration> found;
    for (const result& one : all)
        if (std::ranges::find(found, one.configuration) == found.end())
            found.push_back(one.configuration);
    return found;
}

} // namespace lab
