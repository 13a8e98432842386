// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/time_text.hpp>

#include <chrono>

namespace steward::inline v0::adapters::detail {

namespace {

using std::chrono::microseconds;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Reads a text from its front.
class text_reader {
public:
    explicit text_reader(std::string_view text) noexcept : rest_{text} {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool take(char c) noexcept
    {
        if (!rest_.starts_with(c))
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Exactly so many digits, or nothing.
    [[nodiscard]] std::optional<int> number(std::size_t digits) noexcept
    {
        if (rest_.size() < digits)
            return std::nullopt;
        int result = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (!is_digit(c))
                return std::nullopt;
            result = result * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return result;
    }
    /// The same, of at most `limit`.
    [[nodiscard]] std::optional<int> number_up_to(int limit) noexcept
    {
        const std::optional<int> result = number(2);
        return result && *result <= limit ? result : std::nullopt;
    }
    /// Digits behind a decimal point; nothing if there are none.
    [[nodiscard]] std::optional<microseconds> fraction() noexcept
    {
        if (at_end() || !is_digit(rest_.front()))
            return std::nullopt;
        microseconds result{0};
        for (std::int64_t unit = 100'000; !at_end() && is_digit(rest_.front()); unit /= 10) {
            result += microseconds{(rest_.front() - '0') * unit};
            rest_.remove_prefix(1);
        }
        return result;
    }

private:
    std::string_view rest_;
};

std::optional<std::chrono::sys_days> read_date(text_reader& text) noexcept
{
    const std::optional<int> year = text.number(4);
    const bool dash = text.take('-');
    const std::optional<int> month = text.number(2);
    const bool second_dash = text.take('-');
    const std::optional<int> day = text.number(2);
    if (!year || !dash || !month || !second_dash || !day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{std::chrono::sys_days{date}} : std::nullopt;
}

std::optional<microseconds> read_time_of_day(text_reader& text) noexcept
{
    const std::optional<int> hour = text.number_up_to(23);
    const bool colon = text.take(':');
    const std::optional<int> minute = text.number_up_to(59);
    if (!hour || !colon || !minute)
        return std::nullopt;
    const microseconds whole = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    if (!text.take(':'))
        return whole;
    const std::optional<int> second = text.number_up_to(59);
    const std::optional<microseconds> fraction = text.take('.') ? text.fraction() : std::optional{microseconds{0}};
    if (!second || !fraction)
        return std::nullopt;
    return whole + std::chrono::seconds{*second} + *fraction;
}

std::optional<microseconds> read_offset(text_reader& text) noexcept
{
    if (text.at_end() || text.take('Z'))
        return microseconds{0};
    const bool behind = text.take('-');
    if (!behind && !text.take('+'))
        return std::nullopt;
    const std::optional<int> hours = text.number_up_to(23);
    const std::optional<int> minutes = text.take(':') ? text.number_up_to(59) : std::optional{0};
    if (!hours || !minutes)
        return std::nullopt;
    const microseconds ahead = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return behind ? -ahead : ahead;
}

} // namespace

time_text::time_text(std::int64_t since_1970) noexcept
{
    const std::chrono::sys_time<microseconds> when{microseconds{since_1970}};
    const auto day = std::chrono::floor<std::chrono::days>(when);
    // The bounds come first: outside of them the calendar's numbers do not fit.
    using namespace std::chrono_literals;
    if (when < std::chrono::sys_days{1y / 1 / 1} || when >= std::chrono::sys_days{10000y / 1 / 1})
        return;
    const auto put = [this](std::int64_t number, int digits) {
        size_ += static_cast<std::size_t>(digits);
        for (std::size_t at = size_; digits != 0; --digits, number /= 10)
            characters_[--at] = static_cast<char>('0' + number % 10);
    };
    const auto mark = [this](char c) { characters_[size_++] = c; };

    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{when - day};
    put(static_cast<int>(date.year()), 4);
    mark('-');
    put(static_cast<unsigned>(date.month()), 2);
    mark('-');
    put(static_cast<unsigned>(date.day()), 2);
    mark(' ');
    put(time.hours().count(), 2);
    mark(':');
    put(time.minutes().count(), 2);
    mark(':');
    put(time.seconds().count(), 2);
    if (time.subseconds().count() == 0)
        return;
    mark('.');
    put(time.subseconds().count(), 6);
}

std::optional<std::int64_t> parse_time(std::string_view from) noexcept
{
    text_reader text{from};
    const std::optional<std::chrono::sys_days> date = read_date(text);
    if (!date)
        return std::nullopt;
    std::chrono::sys_time<microseconds> when{*date};
    if (text.take(' ') || text.take('T')) {
        const std::optional<microseconds> time = read_time_of_day(text);
        const std::optional<microseconds> offset = time ? read_offset(text) : std::nullopt;
        if (!offset)
            return std::nullopt;
        when += *time - *offset;
    }
    return text.at_end() ? std::optional{when.time_since_epoch().count()} : std::nullopt;
}

} // namespace steward::inline v0::adapters::detail
