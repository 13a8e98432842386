// SPDX-License-Identifier: BSL-1.0
#include "header.hpp"

#include "function_set.hpp"
#include "names.hpp"
#include "network_writer.hpp"
#include "settings_text.hpp"
#include "text_writer.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace steward::gen {

namespace {

void write_includes(text_writer& out, const machine_description& machine, const function_set& functions)
{
    std::set<std::string> own{"steward/fsm.hpp", "steward/fsm/generated.hpp", "steward/settings.hpp",
                              "steward/steward.hpp"};
    std::set<std::string> users = functions.modules();
    for (const resource_description& resource : machine.resources)
        if (resource.header.starts_with("steward/"))
            own.insert(resource.header);
        else if (!resource.header.empty())
            users.insert(resource.header);
    for (const std::string& header : own)
        out.line("#include <{}>", header);
    out.line();
    if (!users.empty()) {
        for (const std::string& header : users)
            header.starts_with('<') ? out.line("#include {}", header) : out.line("#include \"{}\"", header);
        out.line();
    }
    out.line("#include <chrono>");
    out.line("#include <cstdint>");
    out.line("#include <string_view>");
    out.line();
}

void write_resource(text_writer& out, const resource_description& resource, const std::string& name)
{
    std::string policies;
    // a class of the user's may have the name of a resource, too
    const bool is_known = resource.adapter.starts_with("steward::") || resource.adapter.starts_with("::");
    const std::string adapter = (is_known ? "" : "::") + resource.adapter;
    const std::string indent = ",\n" + std::string(28 + name.size(), ' ');
    if (!resource.is_shared)
        policies += indent + "steward::pooling::bounded<0, " + resource.pool_size + ">";
    if (resource.is_checked_periodically)
        policies += indent + "steward::health::periodic";
    out.line("struct {} : steward::resource<{}, {}{}> {{}};", name, literal(resource.name.text), adapter, policies);
}

void write_resources(text_writer& out, const machine_description& machine)
{
    if (machine.resources.empty()) {
        out.line("using catalog = steward::catalog<>;");
        out.line();
        return;
    }
    name_scope names;
    std::vector<std::string> structs;
    out.line("namespace resources {{");
    for (const resource_description& resource : machine.resources) {
        const std::string name = names.take(resource.name.text);
        write_resource(out, resource, name);
        structs.push_back("resources::" + name);
    }
    out.line("}} // namespace resources");
    out.line();
    out.line("/// In the order in which they are acquired. Their owners and what these did can be asked for.");
    out.line("using catalog = steward::catalog<steward::defaults<steward::ownership::tracked, "
             "steward::metrics::sampled<64>>,");
    out.line("                                 {}>;", fmt::join(structs, ", "));
    out.line();
}

void write_settings(text_writer& out, const machine_description& machine, std::string_view header)
{
    const std::string text = settings_text(machine);
    out.line();
    out.comment("///", "The settings of the resources as " + machine.file
                           + " has them; its variables are read when this is called.");
    out.line(
        "/// Throws steward::settings_error. Settings for another place are read by settings<catalog>::from_file.");
    out.line("inline steward::settings<catalog> settings()");
    out.line("{{");
    if (text.empty()) {
        out.line("    return {{}};");
    } else {
        std::string end = "yaml";
        while (text.find(")" + end + "\"") != std::string::npos)
            end += "_";
        out.line("    return steward::settings<catalog>::from_yaml(R\"{}(", end);
        out.line("{}", text);
        out.line("){}\",", end);
        out.line("                                                 {});",
                 literal(std::string{header} + ": settings()"));
    }
    out.line("}}");
}

} // namespace

std::string header_of(const machine_description& machine, std::string_view header)
{
    const function_set functions{machine};
    text_writer out;
    out.comment("//", "Made by steward-gen from " + machine.file + ": change that file, not this one.");
    out.line("// clang-format off");
    out.line("#pragma once");
    out.line();
    write_includes(out, machine, functions);

    out.comment("///", machine.name.text + " " + machine.version);
    out.comment("///", machine.description);
    for (const std::string& note : machine.notes)
        out.comment("///", note);
    const std::string space = namespace_for(machine.name.text);
    out.line("namespace {} {{", space);
    out.line();
    write_resources(out, machine);
    functions.write(out, header);
    const std::string main = write_networks(out, machine, functions);

    out.line("using machine = {}::machine;", main);
    out.line();
    out.line("/// Holds what the machine declares, and nothing else.");
    out.line("using manager = steward::manager_for<machine, catalog>;");
    write_settings(out, machine, header);
    out.line();
    out.line("}} // namespace {}", space);
    return std::move(out).text();
}

} // namespace steward::gen
