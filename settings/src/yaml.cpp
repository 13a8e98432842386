// SPDX-License-Identifier: BSL-1.0
#include "yaml_builder.hpp"

#include <steward/settings/detail/reader.hpp>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <string>

namespace steward::detail {

settings_node settings_reader::parse_yaml(std::string_view text)
{
    settings_node root = parse_yaml_as_written(text);
    expand(root);
    return root;
}

settings_node settings_reader::parse_yaml_as_written(std::string_view text)
{
    std::istringstream stream{std::string{text}};
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

} // namespace steward::detail
