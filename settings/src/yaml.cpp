// SPDX-License-Identifier: BSL-1.0
#include "yaml_builder.hpp"

#include <steward/settings/detail/reader.hpp>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <string>

namespace steward::inline v0::detail {

settings_node settings_reader::parse_yaml(std::string_view text)
{
    settings_node root = parse_yaml_as_written(text);
    expand(root);
    return root;
}

settings_node settings_reader::parse_yaml_as_written(std::string_view text)
{
    text_ = text;
    std::istringstream stream{text_};
    yaml_builder builder{*this};
    try {
        YAML::Parser parser{stream};
        if (parser.HandleNextDocument(builder)) {
            yaml_builder second{*this};
            if (parser.HandleNextDocument(second))
                wrong(second.start(), "expected one document, got another one");
        }
    } catch (const YAML::Exception& e) {
        wrong(place_of(e.mark), e.msg);
    }
    return builder.result();
}

char settings_reader::at(file_place where) const noexcept
{
    std::size_t line = 0;
    for (; where.line > 1 && line != std::string::npos; --where.line)
        line = text_.find('\n', line) == std::string::npos ? std::string::npos : text_.find('\n', line) + 1;
    if (line == std::string::npos || line + where.column - 1 >= text_.size())
        return '\0';
    return text_[line + where.column - 1];
}

} // namespace steward::inline v0::detail
