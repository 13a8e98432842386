// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include "arguments.hpp"
#include "registry.hpp"

#include <steward/lab/combination.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string_view>

namespace steward::inline v0::lab {

namespace {

// A comma inside of <> belongs to the policy.
std::vector<std::string> split(std::string_view list)
{
    std::vector<std::string> result(1);
    int depth = 0;
    for (const char c : list) {
        depth += c == '<' ? 1 : c == '>' ? -1 : 0;
        if (c == ',' && depth == 0)
            result.emplace_back();
        else
            result.back() += c;
    }
    return result;
}

/// Those of the names that are meant: the one of exactly that name, else all that begin with it.
std::vector<std::string> fitting(std::string_view what, std::string_view meant, const std::set<std::string_view>& names)
{
    if (names.contains(meant))
        return {std::string{meant}};
    std::vector<std::string> result;
    for (const std::string_view name : names)
        if (name.starts_with(meant))
            result.emplace_back(name);
    if (result.empty())
        throw std::invalid_argument{
            fmt::format("--{}: there is no '{}'; there are: {}", what, meant, fmt::join(names, ", "))};
    return result;
}

std::vector<std::string> all_fitting(std::string_view what, std::string_view list,
                                     const std::set<std::string_view>& names)
{
    std::vector<std::string> result;
    for (const std::string& each : split(list))
        std::ranges::copy(fitting(what, each, names), std::back_inserter(result));
    return result;
}

bool take_filter(options& result, std::string_view argument)
{
    if (const auto list = value_of("workload", argument)) {
        std::set<std::string_view> names;
        for (const workload& each : all_workloads())
            names.insert(each.name);
        result.workloads = all_fitting("workload", *list, names);
        return true;
    }
    for (std::size_t axis = 0; axis != axis_names.size(); ++axis)
        if (const auto list = value_of(axis_names[axis], argument)) {
            std::set<std::string_view> names;
            for (const description& each : all_subjects())
                names.insert(each.policies[axis]);
            result.policies[axis] = all_fitting(axis_names[axis], *list, names);
            return true;
        }
    return false;
}

} // namespace

options parse(std::span<char* const> arguments)
{
    options result;
    for (const std::string_view argument : arguments) {
        if (argument == "--help")
            result.help = true;
        else if (argument == "--list")
            result.list = true;
        else if (argument == "--quick")
            result.quick = true;
        else if (argument == "--check")
            result.check = true;
        else if (const auto file = value_of("output", argument))
            result.output = *file;
        else if (const auto times = value_of("repetitions", argument))
            result.repetitions = count("--repetitions", *times);
        else if (!take_filter(result, argument))
            throw std::invalid_argument{fmt::format("'{}' is no option; --help tells what there is", argument)};
    }
    return result;
}

std::string help()
{
    std::string result = "Measures combinations of policies under workloads.\n\n"
                         "  --quick            in less than three minutes; what could not be seen is left out\n"
                         "  --check            fails where a ratio is out of its bounds\n"
                         "  --output=FILE      writes results.json\n"
                         "  --repetitions=N    11; with --quick 9 or 12, as suits the workload\n"
                         "  --list             what would be measured\n"
                         "  --workload=NAMES   only these; the beginning of a name will do\n";
    for (const std::string_view axis : axis_names)
        result += fmt::format("  --{:<17}only these policies\n", fmt::format("{}=NAMES", axis));
    return result;
}

std::vector<lab_case> wanted(const options& given)
{
    std::vector<lab_case> result;
    for (const workload& what : all_workloads()) {
        if (!fits(given.workloads, what.name))
            continue;
        for (const crowd& who : what.crowds)
            for (const description& subject : all_subjects()) {
                bool is_wanted = true;
                for (std::size_t axis = 0; axis != axis_names.size(); ++axis)
                    is_wanted = is_wanted && fits(given.policies[axis], subject.policies[axis]);
                if (const lab_case each{&subject, &what, who}; is_wanted && suits(each, given.quick))
                    result.push_back(each);
            }
    }
    if (result.empty())
        throw std::invalid_argument{"nothing is left to measure: no combination of these policies suits the workload"};
    return result;
}

} // namespace steward::inline v0::lab
