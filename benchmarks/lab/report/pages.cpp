// SPDX-License-Identifier: BSL-1.0
#include "pages.hpp"

#include "embedded.hpp"
#include "page_data.hpp"

#include <string_view>

namespace lab {

namespace {

// The page names in double braces what stands there: style, script or data.
std::string filled(std::string_view page, std::string_view script, const std::string& data)
{
    std::string text;
    for (std::size_t at = 0; at < page.size();) {
        const std::size_t open = page.find("{{", at);
        text += page.substr(at, open - at);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = page.find("}}", open);
        const std::string_view name = page.substr(open + 2, close - open - 2);
        text += name == "style" ? embedded::style_css : name == "script" ? script : std::string_view{data};
        at = close + 2;
    }
    return text;
}

} // namespace

std::string report_page(const results& from)
{
    return filled(embedded::report_html, embedded::report_js, report_data(from));
}

std::string comparison_page(const results& before, const results& after)
{
    return filled(embedded::comparison_html, embedded::comparison_js, comparison_data(before, after));
}

} // namespace lab
