// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/format/as_text.hpp>
#include <steward/format/duration.hpp>
#include <steward/metrics_snapshot.hpp>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace steward::inline v0 {

namespace detail {

/// Collects `name value` pairs, separated by commas, and leaves out what is zero: a snapshot cannot tell what a policy
/// does not count from what has not happened.
class listed_numbers {
public:
    void add(std::string_view name, std::uint64_t value)
    {
        if (value != 0)
            fmt::format_to(std::back_inserter(begin()), "{} {}", name, value);
    }
    void add(std::string_view name, const duration_summary& times)
    {
        if (times.count != 0)
            fmt::format_to(std::back_inserter(begin()), "{} {} on average, {} at most", name, readable(times.average()),
                           readable(times.max));
    }

    void add(const named_number& number)
    {
        if (number.value != 0)
            fmt::format_to(std::back_inserter(begin()), "{} {:.10g}", number.name, number.value);
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    [[nodiscard]] std::string& begin()
    {
        if (!text_.empty())
            text_ += ", ";
        return text_;
    }

    std::string text_;
};

/// What the metrics policy and the adapter counted, without what every pool knows.
inline void list_counts(listed_numbers& out, const metrics_snapshot& snapshot)
{
    out.add("acquisitions", snapshot.acquisitions);
    out.add("releases", snapshot.releases);
    out.add("failures", snapshot.failures);
    out.add("time-outs", snapshot.timeouts);
    out.add("creations", snapshot.creations);
    out.add("retirements", snapshot.retirements);
    out.add("peak", snapshot.peak);
    out.add("held for", snapshot.hold_time);
    out.add("slow acquisitions took", snapshot.acquire_time);
    for (const named_number& number : snapshot.numbers)
        out.add(number);
}

} // namespace detail

/// One line: `acquisitions 4, time-outs 2, active 2, size 2`. What is zero, because it has not happened or because the
/// policy does not count it, is absent; `nothing yet` if that is everything.
[[nodiscard]] inline std::string to_string(const metrics_snapshot& snapshot)
{
    detail::listed_numbers out;
    detail::list_counts(out, snapshot);
    out.add("active", snapshot.active);
    out.add("size", snapshot.size);
    out.add("available", snapshot.available);
    return out.text().empty() ? "nothing yet" : out.text();
}

} // namespace steward::inline v0

template <>
struct fmt::formatter<steward::metrics_snapshot> : steward::detail::as_text<steward::metrics_snapshot> {};
