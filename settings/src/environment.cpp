// SPDX-License-Identifier: BSL-1.0
#include <steward/settings/detail/reader.hpp>

#include <cstdlib>
#include <string>
#include <utility>

namespace steward::inline v0::detail {

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

// The variable that begins at `at`, whole with its braces.
std::string_view variable_at(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find('}', at);
    return text.substr(at, end == std::string_view::npos ? end : end + 1 - at);
}

// What stands between `${` and `}`; without a name if there is no `}`.
variable parse(std::string_view whole)
{
    if (!whole.ends_with('}'))
        return {};
    const std::string_view inside = whole.substr(2, whole.size() - 3);
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

std::string not_a_variable(std::string_view whole)
{
    return "expected ${NAME}, ${NAME:default}, ${NAME:-default} or ${NAME:?error text}, got '" + std::string{whole}
           + "'";
}

} // namespace

void settings_reader::leave_variables(settings_node& node)
{
    for (settings_node& item : node.items)
        leave_variables(item);
    for (std::size_t at = 0; (at = node.text.find("${", at)) != std::string::npos; at += 2) {
        if (at != 0 && node.text[at - 1] == '$')
            continue;
        const std::string_view whole = variable_at(node.text, at);
        if (!node.broken && !is_name(parse(whole).name))
            wrong(node.where, not_a_variable(whole));
        node.broken = true;
    }
}

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
        const std::string_view whole = variable_at(text, next);
        const variable v = parse(whole);
        if (!is_name(v.name)) {
            node.broken = true;
            wrong(node.where, not_a_variable(whole));
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
        at = next + whole.size();
    }
    result.append(text, at);
    node.written = std::exchange(node.text, std::move(result));
    node.quoted = false; // a variable may stand for anything
}

} // namespace steward::inline v0::detail
