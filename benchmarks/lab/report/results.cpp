// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include <algorithm>
#include <tuple>

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
    std::vector<std::string> workloads;
    for (const configuration& one : found)
        if (std::ranges::find(workloads, one.workload) == workloads.end())
            workloads.push_back(one.workload);
    std::ranges::sort(found, {}, [&](const configuration& one) {
        return std::tuple{std::ranges::find(workloads, one.workload) - workloads.begin(), one.threads, one.slots};
    });
    return found;
}

} // namespace lab
