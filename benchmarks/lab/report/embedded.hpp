// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

/// The files of page/, as embed.cmake makes them constants.
namespace lab::embedded {

extern const std::string_view report_html, comparison_html, style_css, report_js, comparison_js;

} // namespace lab::embedded
