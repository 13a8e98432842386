// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/line_stream.hpp>

#include <steward/adapters/http/error.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace steward::inline v0::adapters {

namespace detail {

void line_splitter::feed(std::string_view piece) noexcept
{
    piece_ = piece;
    at_ = lf_ = cr_ = 0;
    if (after_cr_ && !piece.empty()) {
        after_cr_ = false;
        at_ = piece.front() == '\n' ? 1 : 0;
    }
}

// What was found ahead is remembered, so that each byte is looked at once for each end, however many lines there are. At 0
// it was found at once or not looked for yet.
std::size_t line_splitter::find(char wanted, std::size_t& known) const noexcept
{
    if (known != 0 && known >= at_)
        return known;
    const void* const found =
        at_ < piece_.size() ? std::memchr(piece_.data() + at_, wanted, piece_.size() - at_) : nullptr;
    return known = found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - piece_.data())
                                    : piece_.size();
}

void line_splitter::check(std::size_t length) const
{
    if (length > max_line_)
        throw http_error{http_errc::too_large, "", "expected lines of at most " + std::to_string(max_line_) + " bytes"};
}

bool line_splitter::next(std::string_view& line)
{
    if (std::exchange(given_, false))
        begun_.clear();
    std::size_t end = find('\n', lf_);
    if (ends_ == ends::any)
        end = std::min(end, find('\r', cr_));
    const std::string_view part = piece_.substr(at_, end - at_);
    check(begun_.size() + part.size());
    if (end == piece_.size()) {
        begun_.append(part);
        at_ = end;
        return false;
    }
    at_ = end + 1;
    if (piece_[end] == '\r') {
        if (at_ == piece_.size())
            after_cr_ = true;
        else if (piece_[at_] == '\n')
            ++at_;
    }
    if (begun_.empty()) {
        line = part;
    } else {
        line = begun_.append(part);
        given_ = true;
    }
    return true;
}

std::string line_splitter::take_rest()
{
    feed({});
    if (std::exchange(given_, false))
        begun_.clear();
    return std::exchange(begun_, {});
}

} // namespace detail

std::string_view line_stream::without_cr(std::string_view line) noexcept
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

bool line_stream::next(std::string_view& line)
{
    while (lines_.next(line)) {
        line = without_cr(line);
        if (!line.empty())
            return true;
    }
    return false;
}

} // namespace steward::inline v0::adapters
