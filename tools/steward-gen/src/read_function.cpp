// SPDX-License-Identifier: BSL-1.0
#include "names.hpp"
#include "reading.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace steward::gen {

namespace {

struct function_parts {
    named type{};
    function read{};
};

// Whether YAML and C++ mean the same by it.
bool is_value(settings_reader& reader, const settings_node& from)
{
    static constexpr std::array<std::string_view, 14> words{"True", "TRUE", "False", "FALSE", "yes", "Yes",  "no",
                                                            "No",   "on",   "On",    "off",   "Off", "null", "~"};
    const std::string_view text = from.text;
    if (text.find('\0') != std::string_view::npos) {
        reader.wrong(from.where, "expected text without NUL");
        return false;
    }
    const std::size_t sign = !text.empty() && (text.front() == '-' || text.front() == '+') ? 1 : 0;
    if (!from.quoted && text.size() > sign + 1 && text[sign] == '0'
        && text.find_first_not_of("0123456789", sign) == std::string_view::npos)
        reader.wrong(from.where, "expected a number without leading zeros, or text in quotes, got '" + from.text + "'");
    else if (!from.quoted && std::ranges::find(words, text) != words.end())
        reader.wrong(from.where, "expected true or false, or text in quotes, got '" + from.text + "'");
    else
        return !read_text(reader, from, "a number, true, false or text").empty() || text.empty();
    return false;
}

// Where code begins that is written as a block (`code: |`): behind its place, and behind lines that are empty.
file_place start_of(const settings_reader& reader, const settings_node& code)
{
    const char style = reader.at(code.where);
    if (style != '|' && style != '>')
        return code.where;
    const std::size_t blank = std::min(code.text.find_first_not_of('\n'), code.text.size());
    return {code.where.line + 1 + blank, 1};
}

void read_params(settings_reader& reader, const settings_node& from, std::vector<function::param>& params)
{
    if (from.is == settings_node::kind::nothing)
        return;
    if (from.is != settings_node::kind::map)
        return reader.expected(from, "names and values");
    for (std::size_t i = 0; i != from.names.size(); ++i) {
        const auto& [name, where, is_broken] = from.names[i];
        const settings_node& value = from.items[i];
        if (is_broken)
            continue;
        if (!is_identifier(name))
            reader.wrong(where, "expected a C++ identifier, got '" + name + "'");
        else if (value.is != settings_node::kind::scalar)
            reader.expected(value, "a number, true, false or text");
        else if (is_value(reader, value))
            params.push_back({{name, where}, value});
    }
}

constexpr std::array function_keys{
    key<function_parts>("type", [](auto& reader, const settings_node& from,
                                   auto& parts) { parts.type = read_name(reader, from, "custom or inline"); }),
    key<function_parts>("name",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            parts.read.name = read_name(reader, from, "the name of a C++ function");
                            if (!parts.read.name.empty() && !is_qualified_name(parts.read.name.text))
                                reader.expected(from, "the name of a C++ function, such as orders::load");
                        }),
    key<function_parts>("module",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            parts.read.module = read_name(reader, from, "a header");
                            if (!is_header(parts.read.module.text) && !parts.read.module.empty())
                                reader.expected(from, "a header, such as orders.hpp or <orders/load.hpp>");
                        }),
    key<function_parts>("code",
                        [](auto& reader, const settings_node& from, auto& parts) {
                            const auto code = reader.text(from, "a C++ expression or lambda");
                            parts.read.code = {std::string{code.value_or("")}, start_of(reader, from)};
                            if (code && code->find_first_not_of(" \t\n") == std::string_view::npos)
                                reader.wrong(from.where, "expected a C++ expression or lambda, got nothing");
                        }),
    key<function_parts>("params", [](auto& reader, const settings_node& from,
                                     auto& parts) { read_params(reader, from, parts.read.params); }),
};

// Whether the keys are those of its type.
bool fits_its_type(settings_reader& reader, const settings_node& from, const function_parts& parts)
{
    const named& type = parts.type;
    const function& read = parts.read;
    bool fits = true;
    const auto expect = [&](bool is_there, const char* what, bool is_wanted) {
        if (is_there == is_wanted)
            return;
        fits = false;
        reader.wrong(from.where,
                     std::string{is_wanted ? "missing: expected " : "unexpected "} + what + " with type: " + type.text);
    };
    const bool is_custom = type.text == "custom", is_inline = type.text == "inline";
    if (is_custom || is_inline) {
        expect(read.name.where.line != 0, "name", is_custom);
        expect(read.code.where.line != 0, "code", is_inline);
        if (is_inline)
            expect(!read.params.empty(), "params", false);
        return fits;
    }
    if (type.text == "builtin")
        reader.wrong(type.where, "type: refused: there is no library of built-in functions; name a C++ function with "
                                 "type: custom");
    else if (type.text == "registered")
        reader.wrong(type.where, "type: refused: functions are known when the machine is compiled, not registered when "
                                 "it runs; name a C++ function with type: custom");
    else if (!type.empty()) {
        constexpr std::array<std::string_view, 2> types{"custom", "inline"};
        reader.wrong(type.where,
                     "type: expected custom or inline, got '" + type.text + "'" + suggestion(type.text, types));
    }
    return false;
}

// One, or a list of them.
void read_each(settings_reader& reader, const settings_node& from,
               std::optional<function> (*read)(settings_reader&, const settings_node&), std::vector<function>& into)
{
    const auto read_one = [&](const settings_node& item) {
        if (auto f = read(reader, item))
            into.push_back(std::move(*f));
    };
    if (from.is == settings_node::kind::list)
        std::ranges::for_each(from.items, read_one);
    else if (from.is != settings_node::kind::nothing)
        read_one(from);
}

} // namespace

std::optional<function> read_function(settings_reader& reader, const settings_node& from)
{
    if (from.is != settings_node::kind::map) {
        reader.expected(from, "a function, such as {type: custom, name: load}");
        return std::nullopt;
    }
    function_parts parts{};
    parts.read.name.where = parts.read.code.where = {0, 0};
    static constexpr std::array<std::string_view, 1> required{"type"};
    read_keys(reader, from, function_keys, required, &parts);
    if (!fits_its_type(reader, from, parts))
        return std::nullopt;
    return std::move(parts.read);
}

std::optional<function> read_condition(settings_reader& reader, const settings_node& from)
{
    auto condition = read_function(reader, from);
    if (condition && condition->code.text.starts_with("return ")) {
        reader.wrong(condition->code.where, "code: expected an expression, without return, or a lambda");
        return std::nullopt;
    }
    return condition;
}

void read_conditions(settings_reader& reader, const settings_node& from, std::vector<function>& into)
{
    read_each(reader, from, &read_condition, into);
}

void read_functions(settings_reader& reader, const settings_node& from, std::vector<function>& into)
{
    read_each(reader, from, &read_function, into);
}

} // namespace steward::gen
