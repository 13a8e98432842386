// SPDX-License-Identifier: BSL-1.0
#include "parsing/rows.hpp"

#include "parsing/separated.hpp"

#include <range/v3/action/push_back.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/zip.hpp>

namespace etl {

parsed_rows parse(const shape& expected, std::string_view text, std::size_t first_line)
{
    parsed_rows result;
    for (const auto& [number, line] : ranges::views::zip(ranges::views::iota(first_line), lines_of(text))) {
        const std::size_t begin = result.fields.size();
        ranges::push_back(result.fields, fields_of(line, expected.delimiter));
        std::string reason = reason_to_reject(expected, line, fields{result.fields}.subspan(begin));
        if (reason.empty()) {
            result.lines.push_back(static_cast<std::int64_t>(number));
        } else {
            result.fields.resize(begin);
            result.rejected.push_back({static_cast<std::int64_t>(number), std::move(reason), line});
        }
    }
    return result;
}

} // namespace etl
