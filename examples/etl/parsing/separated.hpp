// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <range/v3/view/facade.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace etl {

/// The parts of a text between separators, as views into the text: a forward range of std::string_view for range-v3.
///
/// `separated{"a;;b", ';'}` has "a", "" and "b"; an empty text has one empty part. Nothing is copied or allocated; the
/// text must outlive whatever is taken from it. (views::split gives ranges of characters, which are not contiguous.)
class separated : public ranges::view_facade<separated> {
public:
    separated() = default;
    constexpr separated(std::string_view text, char separator) noexcept : text_{text}, separator_{separator} {}

private:
    friend ranges::range_access;

    class cursor {
    public:
        cursor() = default;
        constexpr cursor(std::string_view text, char separator) noexcept : rest_{text}, separator_{separator}
        {
            find_end();
        }

        [[nodiscard]] constexpr std::string_view read() const noexcept { return rest_.substr(0, length_); }
        constexpr void next() noexcept
        {
            at_end_ = length_ == rest_.size();
            rest_.remove_prefix(at_end_ ? length_ : length_ + 1);
            find_end();
        }
        [[nodiscard]] constexpr bool equal(ranges::default_sentinel_t) const noexcept { return at_end_; }
        [[nodiscard]] constexpr bool equal(const cursor& other) const noexcept
        {
            return rest_.size() == other.rest_.size() && at_end_ == other.at_end_;
        }

    private:
        constexpr void find_end() noexcept { length_ = std::min(rest_.find(separator_), rest_.size()); }

        std::string_view rest_;  // from the current part to the end of the text
        std::size_t length_ = 0; // of the current part
        char separator_ = '\n';
        bool at_end_ = false;
    };

    [[nodiscard]] constexpr cursor begin_cursor() const noexcept { return {text_, separator_}; }

    std::string_view text_;
    char separator_ = '\n';
};

/// The lines of a text that is not empty, without their ends (LF or CR LF). A line's end at the very end of the text
/// does not begin another line.
[[nodiscard]] inline auto lines_of(std::string_view text)
{
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    return separated{text, '\n'} | ranges::views::transform([](std::string_view line) {
               return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
           });
}

/// The fields of a line.
[[nodiscard]] constexpr separated fields_of(std::string_view line, char delimiter) noexcept
{
    return {line, delimiter};
}

} // namespace etl
