// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include "measures.hpp"
#include "statistics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace lab {

namespace {

std::string field(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char each : text)
        quoted += each == '"' ? std::string{"\"\""} : std::string{each};
    return quoted + '"';
}

std::vector<std::string> axes_of(const results& from)
{
    std::vector<std::string> axes;
    for (const subject& one : from.subjects)
        for (const auto& [axis, policy] : one.axes)
            if (std::ranges::find(axes, axis) == axes.end())
                axes.push_back(axis);
    return axes;
}

std::vector<std::string> subject_fields(const subject& one, const std::vector<std::string>& axes)
{
    std::vector<std::string> fields{one.id, one.is_peer ? "peer" : "steward", one.version, one.missing};
    for (const std::string& axis : axes) {
        const auto found = std::ranges::find(one.axes, axis, &std::pair<std::string, std::string>::first);
        fields.push_back(found == one.axes.end() ? "" : found->second);
    }
    fields.push_back(one.bytes_per_slot ? fmt::format("{}", *one.bytes_per_slot) : "");
    return fields;
}

std::string line_of(std::vector<std::string> fields)
{
    std::ranges::transform(fields, fields.begin(), field);
    return fmt::format("{}\r\n", fmt::join(fields, ","));
}

} // namespace

std::string csv_of(const results& from)
{
    const auto axes = axes_of(from);
    std::vector<std::string> head{"subject", "kind", "version", "missing"};
    head.insert(head.end(), axes.begin(), axes.end());
    head.insert(head.end(), {"bytes_per_slot", "workload", "threads", "slots", "repetitions"});
    for (const measure& each : measures())
        for (const char* what : {"", "_q25", "_q75"})
            head.push_back(fmt::format("{}{}", each.key, what));
    std::string all = line_of(head);
    for (const result& one : from.all) {
        auto fields = subject_fields(from.subject_of(one), axes);
        const auto& [workload, threads, slots] = one.configuration;
        fields.insert(fields.end(), {workload, fmt::format("{}", threads), fmt::format("{}", slots),
                                     fmt::format("{}", one.samples.at("leases_per_s").size())});
        for (const measure& each : measures()) {
            const auto samples = samples_of(one, each.key);
            for (const double part : {0.5, 0.25, 0.75})
                fields.push_back(samples.empty() ? "" : fmt::format("{:.6g}", quantile(samples, part)));
        }
        all += line_of(std::move(fields));
    }
    for (const subject& one : from.subjects)
        if (!one.missing.empty()) {
            auto fields = subject_fields(one, axes);
            fields.resize(head.size());
            all += line_of(std::move(fields));
        }
    return all;
}

} // namespace lab
