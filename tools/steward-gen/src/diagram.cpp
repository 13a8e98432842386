// SPDX-License-Identifier: BSL-1.0
#include "diagram.hpp"

#include "names.hpp"
#include "text_writer.hpp"

#include <fmt/ranges.h>

#include <map>
#include <vector>

namespace steward::gen {

namespace {

/// The names that a diagram has for states and resources.
class node_names {
public:
    explicit node_names(const machine_description& machine)
    {
        static_cast<void>(scope_.take("machine_resources"));
        for (const resource_description& resource : machine.resources)
            resources_[resource.name.text] = scope_.take("resource_" + resource.name.text);
        for (const network_description& network : machine.networks) {
            networks_[network.name.text] = scope_.take("network_" + network.name.text);
            for (const state_description& state : network.states)
                states_[{network.name.text, state.name.text}] = scope_.take(network.name.text + "_" + state.name.text);
        }
    }

    [[nodiscard]] const std::string& resource(const std::string& name) const { return resources_.at(name); }
    [[nodiscard]] const std::string& network(const std::string& name) const { return networks_.at(name); }
    [[nodiscard]] const std::string& state(const network_description& network, const std::string& name) const
    {
        return states_.at({network.name.text, name});
    }

private:
    name_scope scope_{};
    std::map<std::string, std::string> resources_{}, networks_{};
    std::map<std::pair<std::string, std::string>, std::string> states_{};
};

// In one line, whatever the code is like.
[[nodiscard]] std::string of_function(const function& f)
{
    std::string text;
    for (const char c : f.name.empty() ? f.code.text : f.name.text)
        if (c != ' ' && c != '\n' && c != '\t')
            text.push_back(c);
        else if (!text.empty() && text.back() != ' ')
            text.push_back(' ');
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

// The name of a network, and what it holds.
[[nodiscard]] std::string label_of(const network_description& network, std::string_view between)
{
    if (!network.resources || network.resources->empty())
        return network.name.text;
    std::vector<std::string_view> names;
    for (const named& resource : *network.resources)
        names.push_back(resource.text);
    return fmt::format("{}{}needs {}", network.name.text, between, fmt::join(names, ", "));
}

// What stands at an arc: its condition, its transforms, the resources that these use.
[[nodiscard]] std::string label_of(const arc_description& arc)
{
    std::vector<std::string> parts;
    if (!arc.network.empty())
        parts.push_back("through " + arc.network.text);
    if (arc.condition)
        parts.push_back("[" + of_function(*arc.condition) + "]");
    for (const function& f : arc.transforms)
        parts.push_back("/ " + of_function(f));
    for (const role& r : arc.resources)
        parts.push_back("(" + r.resource.text + ")");
    return fmt::format("{}", fmt::join(parts, " "));
}

// Mermaid has no escapes but its entities, and takes a line for a statement.
[[nodiscard]] std::string mermaid_text(std::string_view text)
{
    std::string result;
    for (const char c : text)
        if (c == '"' || c == '#' || c == ';' || c == ':' || c == '<' || c == '>' || c == '{' || c == '}')
            result += fmt::format("#{};", static_cast<int>(c));
        else
            result.push_back(is_control(c) ? ' ' : c);
    return result;
}

// Graphviz reads entities and a few escapes of its own.
[[nodiscard]] std::string graphviz_text(std::string_view text)
{
    std::string result{"\""};
    for (const char c : text)
        if (c == '&')
            result.append("&amp;");
        else if (c == '"' || c == '\\')
            result.append({'\\', c});
        else if (c == '\n')
            result.append("\\n");
        else
            result.push_back(is_control(c) ? ' ' : c);
    return result.append("\"");
}

void mermaid_network(text_writer& out, const network_description& network, const node_names& names)
{
    out.line("    state \"{}\" as {} {{", mermaid_text(label_of(network, " ")), names.network(network.name.text));
    for (const state_description& state : network.states) {
        const std::string& node = names.state(network, state.name.text);
        out.line("        state \"{}\" as {}", mermaid_text(state.name.text), node);
        for (const named& resource : state.resources)
            out.line("        {} : needs {}", node, mermaid_text(resource.text));
    }
    for (const state_description& state : network.states) {
        const std::string& node = names.state(network, state.name.text);
        if (state.is_start)
            out.line("        [*] --> {}", node);
        for (const arc_description& arc : state.arcs) {
            const std::string to = arc.next().empty() ? "[*]" : names.state(network, arc.next().text);
            const std::string label = mermaid_text(label_of(arc));
            out.line("        {} --> {}{}{}", node, to, label.empty() ? "" : " : ", label);
        }
        if (state.is_end)
            out.line("        {} --> [*]", node);
    }
    out.line("    }}");
}

void graphviz_network(text_writer& out, const network_description& network, const node_names& names)
{
    out.line("    subgraph cluster_{} {{", names.network(network.name.text));
    out.line("        label = {};", graphviz_text(label_of(network, "\n")));
    for (const state_description& state : network.states)
        out.line("        {} [label = {}, shape = box, style = rounded{}{}];", names.state(network, state.name.text),
                 graphviz_text(state.name.text), state.is_start ? ", penwidth = 2" : "",
                 state.is_end ? ", peripheries = 2" : "");
    out.line("    }}");
    for (const state_description& state : network.states) {
        const std::string& node = names.state(network, state.name.text);
        for (const arc_description& arc : state.arcs) {
            const bool ends = arc.next().empty();
            const std::string end = "end_of_" + names.network(network.name.text);
            if (ends)
                out.line("    {} [shape = point];", end);
            out.line("    {} -> {} [label = {}];", node, ends ? end : names.state(network, arc.next().text),
                     graphviz_text(label_of(arc)));
            for (const role& r : arc.resources)
                out.line("    {} -> {} [style = dashed, arrowhead = none, label = {}];", node,
                         names.resource(r.resource.text), graphviz_text("to " + arc.next().text));
        }
        for (const named& resource : state.resources)
            out.line("    {} -> {} [style = dashed, arrowhead = none];", node, names.resource(resource.text));
    }
}

} // namespace

std::string mermaid_of(const machine_description& machine)
{
    const node_names names{machine};
    text_writer out;
    out.line("stateDiagram-v2");
    for (const network_description& network : machine.networks)
        mermaid_network(out, network, names);
    if (!machine.resources.empty()) {
        out.line("    state \"resources\" as machine_resources {{");
        for (const resource_description& resource : machine.resources) {
            const std::string& node = names.resource(resource.name.text);
            out.line("        state \"{}\" as {}", mermaid_text(resource.name.text), node);
            out.line("        {} : {}", node, mermaid_text(resource.adapter));
        }
        out.line("    }}");
    }
    return std::move(out).text();
}

std::string graphviz_of(const machine_description& machine)
{
    const node_names names{machine};
    text_writer out;
    out.line("digraph {} {{", graphviz_text(machine.name.text));
    for (const network_description& network : machine.networks)
        graphviz_network(out, network, names);
    for (const resource_description& resource : machine.resources)
        out.line("    {} [label = {}, shape = cylinder];", names.resource(resource.name.text),
                 graphviz_text(resource.name.text + "\n" + resource.adapter));
    out.line("}}");
    return std::move(out).text();
}

} // namespace steward::gen
