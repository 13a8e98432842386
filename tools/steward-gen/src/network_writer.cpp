// SPDX-License-Identifier: BSL-1.0
#include "network_writer.hpp"

#include "names.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace steward::gen {

namespace {

/// Writes one network.
class network_writer {
public:
    network_writer(text_writer& out, const machine_description& machine, const network_description& network,
                   const function_set& functions, const std::map<std::string, std::string>& spaces)
        : out_{out}, machine_{machine}, network_{network}, functions_{functions}, spaces_{spaces}
    {
        for (const state_description& state : network.states) {
            names_.insert(state.name.text);
            structs_[state.name.text] = scope_.take(state.name.text);
        }
    }

    void write()
    {
        for (const std::string& note : network_.notes)
            out_.comment("///", note);
        out_.line("namespace {} {{", spaces_.at(network_.name.text));
        out_.line();
        for (const state_description& state : network_.states)
            write(state);
        for (const state_description& state : network_.states)
            for (const arc_description& arc : state.arcs)
                add(state, arc);
        write_machine();
        out_.line("}} // namespace {}", spaces_.at(network_.name.text));
        out_.line();
    }

private:
    [[nodiscard]] std::string list_of(const std::vector<function>& functions) const
    {
        std::vector<std::string> names;
        for (const function& f : functions)
            names.push_back(functions_.name_of(f));
        return fmt::format("{}", fmt::join(names, ", "));
    }
    [[nodiscard]] static std::string needs_of(const std::vector<named>& resources)
    {
        std::vector<std::string> names;
        for (const named& resource : resources)
            names.push_back(literal(resource.text));
        return fmt::format("steward::needs<{}>", fmt::join(names, ", "));
    }

    void write_name(const std::string& name, const std::string& own)
    {
        if (name != own)
            out_.line("    static constexpr std::string_view name = {};", literal(name));
    }

    void write_call(std::string_view how, std::string_view kind, const std::vector<function>& functions)
    {
        if (functions.empty())
            return;
        const bool gives = how.starts_with("bool");
        out_.line("    {}(auto& data, auto& resources) const", how);
        out_.line("    {{");
        out_.line("        {}steward::generated::{}<{}>{{}}(data, resources);", gives ? "return " : "", kind,
                  list_of(functions));
        out_.line("    }}");
    }

    void write(const state_description& state)
    {
        const std::string& name = structs_.at(state.name.text);
        for (const std::string& note : state.notes)
            out_.comment("///", note);
        if (name == state.name.text && state.resources.empty() && state.pre_validators.empty()
            && state.transforms.empty() && state.validators.empty())
            return out_.line("struct {} {{}};", name);
        out_.line("struct {} {{", name);
        write_name(state.name.text, name);
        if (!state.resources.empty())
            out_.line("    using needs = {};", needs_of(state.resources));
        write_call("bool pre_validate", "conditions", state.pre_validators);
        write_call("void operator()", "transforms", state.transforms);
        write_call("bool validate", "conditions", state.validators);
        out_.line("}};");
    }

    [[nodiscard]] std::string options_of(const arc_description& arc) const
    {
        std::string options;
        if (arc.condition)
            options += ", steward::when<steward::generated::conditions<" + functions_.name_of(*arc.condition) + ">{}>";
        if (arc.transforms.empty())
            return options;
        const std::string indent = "\n                     ";
        std::vector<named> needed;
        std::string roles;
        for (const role& r : arc.resources) {
            needed.push_back(r.resource);
            if (!r.name.empty())
                roles += "," + indent + "    steward::generated::role<" + literal(r.name.text) + ", "
                         + literal(r.resource.text) + ">";
        }
        if (!needed.empty())
            options += ", " + needs_of(needed);
        const std::string transforms = "steward::generated::transforms<" + list_of(arc.transforms) + ">";
        return options + "," + indent + "steward::transform<"
               + (roles.empty() ? transforms
                                : "steward::generated::with_roles<" + indent + "    " + transforms + roles + ">")
               + "{}>";
    }

    void add_arc(const std::string& from, const std::string& to, const std::string& options = {},
                 std::vector<std::string> notes = {})
    {
        arcs_.push_back({"steward::arc<" + from + ", " + to + options + ">", std::move(notes)});
    }

    // An arc through a network leads to a state that is this network's machine, which leads on.
    void add(const state_description& from, const arc_description& arc)
    {
        const std::string& from_struct = structs_.at(from.name.text);
        if (arc.network.empty())
            return add_arc(from_struct, structs_.at(arc.target.text), options_of(arc), arc.notes);
        const std::string through = write_nested(from, arc);
        nested_.push_back(through);
        add_arc(from_struct, through, options_of(arc), arc.notes);
        if (arc.next().empty())
            ends_.push_back(through);
        else
            add_arc(through, structs_.at(arc.next().text));
    }

    // What a nested network holds: what the state before it does, and its own.
    [[nodiscard]] std::vector<named> held_through(const state_description& from, const std::string& inner) const
    {
        std::vector<named> held = from.resources;
        const auto network = find_named(machine_.networks, inner);
        for (const named& resource : network->resources.value_or(std::vector<named>{}))
            if (std::ranges::find(held, resource.text, &named::text) == held.end())
                held.push_back(resource);
        return held;
    }

    [[nodiscard]] std::string write_nested(const state_description& from, const arc_description& arc)
    {
        std::string name = from.name.text + "_to_" + arc.network.text;
        while (!names_.insert(name).second)
            name += "_";
        const std::string through = scope_.take(name);
        out_.comment("///", "Network " + arc.network.text + ", on the way from " + from.name.text
                                + (from.resources.empty() ? "" : ", whose resources stay held") + ".");
        out_.line("struct {} : ::{}::{}::machine {{", through, namespace_for(machine_.name.text),
                  spaces_.at(arc.network.text));
        out_.line("    static constexpr std::string_view name = {};", literal(name));
        if (!from.resources.empty())
            out_.line("    using needs = {};", needs_of(held_through(from, arc.network.text)));
        out_.line("}};");
        return through;
    }

    void write_arcs()
    {
        if (arcs_.empty())
            return out_.line("    using arcs = steward::arcs<>;");
        out_.line("    using arcs = steward::arcs<");
        for (std::size_t i = 0; i != arcs_.size(); ++i) {
            for (const std::string& note : arcs_[i].notes)
                out_.comment("        //", note);
            out_.line("        {}{}", arcs_[i].text, i + 1 == arcs_.size() ? ">;" : ",");
        }
    }

    void write_machine()
    {
        std::vector<std::string> states, initial;
        for (const state_description& state : network_.states) {
            const std::string& name = structs_.at(state.name.text);
            states.push_back(name);
            if (state.is_start)
                initial.push_back(name);
            if (state.is_end)
                ends_.push_back(name);
        }
        states.insert(states.end(), nested_.begin(), nested_.end());
        const bool is_main = network_.name.text == machine_.main_network.text;
        out_.line();
        out_.line("struct machine {{");
        write_name(is_main ? machine_.name.text : network_.name.text, "machine");
        if (network_.resources && !network_.resources->empty())
            out_.line("    using needs = {};", needs_of(*network_.resources));
        out_.line("    using states = steward::states<{}>;", fmt::join(states, ", "));
        if (initial.front() != states.front())
            out_.line("    using initial = {};", initial.front());
        out_.line("    using final_states = steward::states<{}>;", fmt::join(ends_, ", "));
        write_arcs();
        out_.line("    static constexpr int max_transitions = {};", machine_.max_transitions);
        if (is_main && machine_.timeout_seconds)
            out_.line("    static constexpr auto timeout = std::chrono::seconds{{{}}};", *machine_.timeout_seconds);
        out_.line("}};");
        out_.line();
    }

    text_writer& out_;
    const machine_description& machine_;
    const network_description& network_;
    const function_set& functions_;
    const std::map<std::string, std::string>& spaces_;
    name_scope scope_{};
    std::map<std::string, std::string> structs_{};
    struct arc_text {
        std::string text;
        std::vector<std::string> notes{};
    };
    std::set<std::string> names_{};
    std::vector<arc_text> arcs_{};
    std::vector<std::string> nested_{}, ends_{};
};

} // namespace

std::string write_networks(text_writer& out, const machine_description& machine, const function_set& functions)
{
    name_scope scope;
    std::map<std::string, std::string> spaces;
    for (const network_description& network : machine.networks)
        spaces[network.name.text] = scope.take(network.name.text);
    for (const network_description& network : machine.networks)
        network_writer{out, machine, network, functions, spaces}.write();
    return spaces.at(machine.main_network.text);
}

} // namespace steward::gen
