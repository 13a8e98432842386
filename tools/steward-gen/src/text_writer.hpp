// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace steward::gen {

/// Collects a file's text, and knows in which line it is.
class text_writer {
public:
    template <class... Args>
    void line(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
        text_.push_back('\n');
    }
    void line() { text_.push_back('\n'); }

    /// A text of the user's as a comment, line by line.
    void comment(std::string_view before, std::string_view text)
    {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string one{text.substr(0, end)};
            std::ranges::replace_if(one, is_control, ' ');
            while (one.ends_with(' ') || one.ends_with('\\')) // which would take the next line into the comment
                one.pop_back();
            line("{}{}{}", before, one.empty() ? "" : " ", without_surprises(one));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    /// The number of the line that is written next.
    [[nodiscard]] std::size_t next_line() const
    {
        return static_cast<std::size_t>(std::ranges::count(text_, '\n')) + 1;
    }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    // Without trigraphs, and without what turns text round.
    [[nodiscard]] static std::string without_surprises(std::string_view from)
    {
        std::string result;
        for (std::size_t i = 0; i != from.size(); ++i)
            if (begins_with_a_turn(from.substr(i)))
                i += 2;
            else
                result.append(from[i] == '?' && result.ends_with('?') ? " ?" : std::string(1, from[i]));
        return result;
    }

    std::string text_;
};

} // namespace steward::gen
