// SPDX-License-Identifier: BSL-1.0
#include <steward/settings/detail/reader.hpp>

#include <cstdlib>
#include <string>
#include <utility>

namespace steward::detail {

namespace {

bool is_name(std::string_view text)
{
    constexpr std::string_view digits_and_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    constexpr std::string_view letters = digits_and_letters.substr(10);
    return !text.empty() && letters.find(text.front()) != std::string_view::npos
           && text.find_first_not_of(digits_and_letters) == std::string_view::npos;
}

struct variable {
    std::string_view name;
    enum class otherwise { problem, unset, empty, text } kind = otherwise::problem;
    std::string_view instead{};
};

// What stands between `${` and `}`.
variable parse(std::string_view inside)
{
    const std::size_t colon = inside.find(':');
    if (colon == std::string_view::npos)
        return {inside};
    const std::string_view name = inside.substr(0, colon), rest = inside.substr(colon + 1);
    if (rest.starts_with('-'))
        return {name, variable::otherwise::empty, rest.substr(1)};
    if (rest.starts_with('?'))
        return {name, variable::otherwise::text, rest.substr(1)};
    return {name, variable::otherwise::unset, rest};
}

} // namespace

void settings_reader::expand(settings_node& node)
{
    for (settings_node& item : node.items)
        expand(item);
    const std::string& text = node.text;
    if (text.find("${") == std::string::npos)
        return;
    std::string result;
    std::size_t at = 0;
    for (std::size_t next; (next = text.find("${", at)) != std::string::npos;) {
        if (next != at && text[next - 1] == '$') { // "$${" is "${"
            result.append(text, at, next - 1 - at).append("${");
            at = next + 2;
            continue;
        }
        result.append(text, at, next - at);
        const std::size_t end = text.find('}', next);
        const std::string_view whole =
            std::string_view{text}.substr(next, end == std::string::npos ? end : end + 1 - next);
        const variable v = end == std::string::npos ? variable{} : parse(whole.substr(2, whole.size() - 3));
        if (!is_name(v.name)) {
            node.broken = true;
            wrong(node.where, "expected ${NAME}, ${NAME:default}, ${NAME:-default} or ${NAME:?error text}, got '"
                                  + std::string{whole} + "'");
            return;
        }
        const char* const value = std::getenv(std::string{v.name}.c_str());
        if (value != nullptr && !(*value == '\0' && v.kind == variable::otherwise::empty))
            result.append(value);
        else if (v.kind == variable::otherwise::unset || v.kind == variable::otherwise::empty)
            result.append(v.instead);
        else {
            node.broken = true;
            wrong(node.where, "the environment has no variable " + std::string{v.name}
                                  + (v.instead.empty() ? "" : ": " + std::string{v.instead}));
        }
        at = end + 1;
    }
    result.append(text, at);
    node.written = std::exchange(node.text, std::move(result));
    node.quoted = false; // a variable may stand for anything
}

} // namespace steward::detail
