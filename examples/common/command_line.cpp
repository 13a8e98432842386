// SPDX-License-Identifier: BSL-1.0
#include "common/command_line.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <utility>

namespace examples {

bool argument_list::next()
{
    if (value_)
        throw usage_error{fmt::format("{} takes no value", name_)};
    if (left_.empty())
        return false;
    name_ = left_.front();
    left_ = left_.subspan(1);
    if (const std::size_t equals = name_.find('='); name_.starts_with("--") && equals != std::string_view::npos) {
        value_ = name_.substr(equals + 1);
        name_ = name_.substr(0, equals);
    }
    return true;
}

std::string_view argument_list::value(std::string_view expected)
{
    if (!value_ && !left_.empty()) {
        value_ = left_.front();
        left_ = left_.subspan(1);
    }
    if (!value_ || value_->empty())
        throw usage_error{fmt::format("{} needs {}", name_, expected)};
    return *std::exchange(value_, std::nullopt);
}

std::size_t argument_list::number(std::size_t most)
{
    const std::string expected = fmt::format("a number from 1 to {}", most);
    const std::string_view text = value(expected);
    std::size_t result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (error != std::errc{} || end != text.data() + text.size() || result == 0 || result > most)
        throw usage_error{fmt::format("{} needs {}, got '{}'", name_, expected, text)};
    return result;
}

} // namespace examples
