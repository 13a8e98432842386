// SPDX-License-Identifier: BSL-1.0
#include "settings_text.hpp"

#include <yaml-cpp/emitter.h>

namespace steward::gen {

namespace {

void emit(YAML::Emitter& out, const settings_node& node)
{
    using kind = settings_node::kind;
    switch (node.is) {
    case kind::nothing: out << YAML::Null; break;
    case kind::scalar:
        if (node.quoted)
            out << YAML::DoubleQuoted;
        out << node.text;
        break;
    case kind::list:
        out << YAML::BeginSeq;
        for (const settings_node& item : node.items)
            emit(out, item);
        out << YAML::EndSeq;
        break;
    case kind::map:
        out << YAML::BeginMap;
        for (std::size_t i = 0; i != node.names.size(); ++i) {
            out << YAML::Key << node.names[i].text << YAML::Value;
            emit(out, node.items[i]);
        }
        out << YAML::EndMap;
    }
}

} // namespace

std::string settings_text(const machine_description& machine)
{
    YAML::Emitter out;
    bool any = false;
    out << YAML::BeginMap;
    for (const resource_description& resource : machine.resources)
        if (!resource.config.names.empty()) {
            any = true;
            out << YAML::Key << resource.name.text << YAML::Value;
            emit(out, resource.config);
        }
    out << YAML::EndMap;
    return any ? std::string{out.c_str()} : std::string{};
}

} // namespace steward::gen
