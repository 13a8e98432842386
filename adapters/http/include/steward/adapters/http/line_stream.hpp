// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace steward::inline v0::adapters {

namespace detail {

/// Cuts a text that arrives in pieces into lines, wherever the pieces were cut.
class line_splitter {
public:
    enum class ends { lf, any }; ///< any: CR, LF and CR LF

    line_splitter(ends wanted, std::size_t max_line) noexcept : ends_{wanted}, max_line_{max_line} {}

    /// What was left of the piece before is forgotten.
    void feed(std::string_view piece) noexcept;
    /// The next line without its end; valid until the next call. False if the piece has no other: what is left of it is
    /// kept as the beginning of a line. Throws http_error (too_large) if the line is longer than max_line.
    [[nodiscard]] bool next(std::string_view& line);
    /// The beginning of a line that has no end yet; it is not kept any longer.
    [[nodiscard]] std::string take_rest();

private:
    /// Where the next of these stands in the piece, or its end.
    [[nodiscard]] std::size_t find(char wanted, std::size_t& known) const noexcept;
    void check(std::size_t length) const;

    ends ends_;
    bool given_ = false;    ///< begun_ is the line that was given last
    bool after_cr_ = false; ///< the last piece ended behind a CR: if an LF follows, it belongs to that
    std::size_t max_line_;
    std::size_t at_ = 0; ///< where the next line begins in the piece
    std::size_t lf_ = 0, cr_ = 0;
    std::string_view piece_{};
    std::string begun_{};
};

/// Whether the sink wants more: what it says, or yes if it says nothing.
template <class Sink, class Argument>
bool wants_more(Sink& sink, const Argument& argument)
{
    if constexpr (std::is_void_v<std::invoke_result_t<Sink&, const Argument&>>) {
        sink(argument);
        return true;
    } else {
        return static_cast<bool>(sink(argument));
    }
}

} // namespace detail

/// The lines of a body that arrives in pieces, such as JSON lines:
///
///     line_stream lines;
///     client.send(request, [&](std::string_view piece) { return lines.feed(piece, on_line); });
///     lines.finish(on_line);
///
/// A line ends with LF or CR LF. Empty lines are left out. A sink takes a `std::string_view`, valid until it returns, and
/// returns whether it wants more, or nothing. Memory: one line at most. Errors: http_error (too_large) for a longer line
/// than max_line, in bytes. Threads: one at a time.
class line_stream {
public:
    /// `max_line` bounds a line, in bytes: 16 MiB.
    explicit line_stream(std::size_t max_line = std::size_t{16} << 20) noexcept
        : lines_{detail::line_splitter::ends::lf, max_line}
    {
    }

    /// Gives the sink the lines that end within the piece. False if it wants no more: what is left of the piece is not
    /// looked at.
    template <std::invocable<const std::string_view&> Sink>
    bool feed(std::string_view piece, Sink&& sink) // NOLINT(cppcoreguidelines-missing-std-forward): it is called often
    {
        lines_.feed(piece);
        for (std::string_view line; next(line);)
            if (!detail::wants_more(sink, line))
                return false;
        return true;
    }

    /// The body has ended: gives the sink the last line, if nothing ended it.
    template <std::invocable<const std::string_view&> Sink>
    bool finish(Sink&& sink) // NOLINT(cppcoreguidelines-missing-std-forward): as above
    {
        const std::string rest = lines_.take_rest();
        const std::string_view line = without_cr(rest);
        return line.empty() || detail::wants_more(sink, line);
    }

private:
    static std::string_view without_cr(std::string_view line) noexcept;
    bool next(std::string_view& line);

    detail::line_splitter lines_;
};

} // namespace steward::inline v0::adapters
