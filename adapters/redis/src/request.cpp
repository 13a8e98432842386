// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/detail/request.hpp>

#include <algorithm>

namespace steward::inline v0::adapters::detail {

namespace {

void append(std::string& to, char mark, std::size_t number)
{
    to += mark;
    to.append(redis_word{number}.text()).append("\r\n");
}

// A number and the end of its line, as `append` has written them; moves behind both.
std::size_t take_number(std::string_view& from)
{
    std::size_t number = 0;
    const char* const end = std::from_chars(from.data() + 1, from.data() + from.size(), number).ptr;
    from.remove_prefix(static_cast<std::size_t>(end - from.data()) + 2);
    return number;
}

std::string_view take_word(std::string_view& from)
{
    const std::size_t size = take_number(from);
    const std::string_view word = from.substr(0, size);
    from.remove_prefix(size + 2);
    return word;
}

bool in_name(char c) noexcept
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

} // namespace

void redis_request::add(std::span<const std::string_view> words)
{
    static constexpr std::size_t around = 32; // the most that a word's length and the ends of lines take
    std::size_t size = around;
    for (const std::string_view word : words)
        size += word.size() + around;
    if (bytes_.capacity() - bytes_.size() < size)
        bytes_.reserve(std::max(bytes_.size() + size, 2 * bytes_.capacity()));
    begins_.push_back(bytes_.size());
    append(bytes_, '*', words.size());
    for (const std::string_view word : words) {
        append(bytes_, '$', word.size());
        bytes_.append(word).append("\r\n");
    }
}

void redis_request::add(const redis_request& others)
{
    for (const std::size_t begin : others.begins_)
        begins_.push_back(bytes_.size() + begin);
    bytes_ += others.bytes_;
}

void redis_request::clear() noexcept
{
    bytes_.clear();
    begins_.clear();
}

std::vector<std::string_view> redis_request::words(std::size_t command, std::size_t most) const
{
    std::string_view left = bytes();
    left.remove_prefix(begins_[command]);
    std::vector<std::string_view> result(std::min(take_number(left), most));
    for (std::string_view& word : result)
        word = take_word(left);
    return result;
}

std::string redis_request::name(std::size_t command) const
{
    static constexpr std::size_t longest = 32;
    std::string_view left = bytes();
    left.remove_prefix(begins_[command]);
    const std::string_view word = take_number(left) == 0 ? std::string_view{} : take_word(left);
    if (word.empty() || word.size() > longest)
        return "a command";
    std::string name{word};
    for (char& c : name) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (!in_name(c))
            return "a command";
    }
    return name;
}

} // namespace steward::inline v0::adapters::detail
