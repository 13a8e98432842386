// SPDX-License-Identifier: BSL-1.0
#include <steward/settings/detail/reader.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace steward::inline v0::detail {

namespace {

// JSON has escapes that a YAML parser reads in another way, so that texts are taken from the JSON parser and places from
// the YAML parser, for which every JSON document is one of its own.
void take_texts(const nlohmann::ordered_json& from, settings_node& node)
{
    switch (node.is) {
    case settings_node::kind::nothing: break;
    case settings_node::kind::scalar:
        if (from.is_string())
            node.text = from.get<std::string>();
        break;
    case settings_node::kind::list:
        for (std::size_t i = 0; from.is_array() && i != std::min(from.size(), node.items.size()); ++i)
            take_texts(from[i], node.items[i]);
        break;
    case settings_node::kind::map:
        if (!from.is_object() || from.size() != node.names.size()) // a name stands there twice, which was said
            break;
        for (std::size_t i = 0; const auto& [name, value] : from.items()) {
            node.names[i].text = name;
            take_texts(value, node.items[i++]);
        }
    }
}

// The same text without the escapes, of which YAML knows others; everything stays in its place.
std::string without_escapes(std::string_view text)
{
    std::string result{text};
    for (std::size_t at = 0; (at = result.find('\\', at)) != std::string::npos; at += 2)
        result[at] = result[at + 1] = 'x'; // behind a backslash there is something: it is JSON
    return result;
}

file_place place_of_byte(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, std::min(byte == 0 ? 0 : byte - 1, text.size()));
    const auto lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    const std::size_t start = before.rfind('\n');
    return {lines + 1, before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1};
}

} // namespace

settings_node settings_reader::parse_json(std::string_view text)
{
    nlohmann::ordered_json document;
    try {
        document = nlohmann::ordered_json::parse(text);
    } catch (const nlohmann::json::parse_error& e) {
        const std::string_view what = e.what();
        const std::size_t detail = what.rfind(": "); // behind the parser's own number, line and column
        wrong(place_of_byte(text, e.byte),
              "not JSON: " + std::string{detail == std::string_view::npos ? what : what.substr(detail + 2)});
        return {};
    }
    settings_node root = parse_yaml_as_written(without_escapes(text));
    take_texts(document, root);
    expand(root);
    return root;
}

} // namespace steward::inline v0::detail
