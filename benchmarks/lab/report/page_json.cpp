// SPDX-License-Identifier: BSL-1.0
#include "page_json.hpp"

#include "measures.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lab {

using json = nlohmann::ordered_json;

json rounded(double number)
{
    return std::isfinite(number) ? json(std::stod(fmt::format("{:.4g}", number))) : json(nullptr);
}

json source_data(const source& one)
{
    return {{"file", one.file},
            {"cpu", one.machine.cpu},
            {"cores", one.machine.cores},
            {"system", one.machine.system},
            {"compiler", one.machine.compiler},
            {"when", one.machine.when},
            {"quick", one.quick}};
}

json measure_data()
{
    json all = json::array();
    for (const measure& each : measures())
        all.push_back({{"key", each.key}, {"label", each.label}, {"more", each.more_is_better}, {"unit", each.unit}});
    return all;
}

std::string inside_script(const json& data)
{
    std::string text;
    for (const char each : data.dump())
        text += each == '<' ? std::string{"\\u003c"} : std::string{each};
    return text;
}

} // namespace lab
