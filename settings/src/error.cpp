// SPDX-License-Identifier: BSL-1.0
#include <steward/settings/error.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace steward::inline v0 {

namespace {

std::string text_of(std::string_view file, const std::vector<settings_problem>& problems)
{
    std::string text;
    for (const settings_problem& problem : problems) {
        text.append(text.empty() ? "" : "\n").append(file);
        text.append(":").append(std::to_string(problem.line)).append(":").append(std::to_string(problem.column));
        text.append(": ").append(problem.message);
    }
    return text;
}

std::vector<settings_problem> in_order(std::vector<settings_problem> problems)
{
    const auto key = [](const settings_problem& p) { return std::tie(p.line, p.column, p.message); };
    std::ranges::sort(problems, {}, key);
    const auto [first, last] = std::ranges::unique(problems, {}, key);
    problems.erase(first, last);
    return problems;
}

} // namespace

settings_error::settings_error(std::string_view file, std::vector<settings_problem> problems)
    : std::runtime_error{text_of(file, in_order(problems))}, problems_{in_order(std::move(problems))}
{
}

} // namespace steward::inline v0
