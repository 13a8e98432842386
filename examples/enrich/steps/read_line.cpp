// SPDX-License-Identifier: BSL-1.0
#include "steps.hpp"

#include <fmt/format.h>

namespace enrich {

void read_line(country& it, const steward::adapters::file_area& files)
{
    const auto file = files.map(std::filesystem::path{it.from.file});
    const std::string_view text = file.text().substr(std::min(it.from.begin, file.size()), it.from.bytes);
    const std::size_t tab = text.find('\t');
    if (tab != 2 || text.size() == 3 || text.find('\t', 3) != std::string_view::npos)
        throw malformed_line{
            fmt::format("line {}: expected a code of two letters, a tab and the name of a country", it.from.number)};
    it.code = text.substr(0, tab);
    it.name = text.substr(tab + 1);
}

} // namespace enrich
