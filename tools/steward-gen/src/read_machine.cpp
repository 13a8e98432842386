// SPDX-License-Identifier: BSL-1.0
#include "reading.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steward::gen {

namespace {

struct machine_parts {
    machine_description machine{};
    network_parts main{}; ///< states and arcs at the top level
    file_place states_at{0, 0}, arcs_at{0, 0}, networks_at{0, 0};
};

constexpr auto only_direct = [] {
    return "a run owns its data and moves it along; what a state that throws has done to it is in the outcome";
};

// One of the modes is how steward works; the others are not.
void read_mode(settings_reader& reader, const settings_node& from, std::string_view ours,
               std::span<const std::string_view> others, std::string_view why)
{
    const named mode = read_name(reader, from, ours);
    if (mode.empty() || mode.text == ours)
        return;
    if (std::ranges::find(others, mode.text) != others.end())
        reader.wrong(from.where,
                     "'" + mode.text + "' is refused: " + std::string{why} + "; expected " + std::string{ours});
    else
        reader.expected(from, ours);
}

constexpr std::array keys_of_data_mode{
    key<machine_parts>("default",
                       [](auto& reader, const settings_node& from, auto&) {
                           constexpr std::array<std::string_view, 2> others{"copy", "reference"};
                           read_mode(reader, from, "direct", others, only_direct());
                       }),
};

constexpr std::array keys_of_machines{
    key<machine_parts>("name",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.machine.name = read_name(reader, from, "the name of the machine");
                       }),
    key<machine_parts>("version",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.machine.version = read_name(reader, from, "a version").text;
                       }),
    key<machine_parts>("description",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.machine.description = read_text(reader, from, "a text").text;
                       }),
    key<machine_parts>("data_mode", [](auto& reader, const settings_node& from,
                                       auto& parts) { read_keys(reader, from, keys_of_data_mode, {}, &parts); }),
    key<machine_parts>("execution_strategy",
                       [](auto& reader, const settings_node& from, auto&) {
                           constexpr std::array<std::string_view, 3> others{"breadth_first", "resource_optimized",
                                                                            "stream_optimized"};
                           read_mode(reader, from, "depth_first", others,
                                     "of the arcs that leave a state the first is taken whose condition is true");
                       }),
    key<machine_parts>("max_transitions",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.machine.max_transitions = read_count(reader, from, 1).value_or(1000);
                       }),
    key<machine_parts>("timeout_seconds",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           if (from.is != settings_node::kind::nothing)
                               parts.machine.timeout_seconds = read_count(reader, from, 1);
                       }),
    key<machine_parts>("metadata", [](auto& reader, const settings_node& from,
                                      auto& parts) { parts.machine.notes = read_notes(reader, from); }),
    key<machine_parts>("resources",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           read_list(reader, from, "a list of resources", [&](const settings_node& item) {
                               parts.machine.resources.push_back(read_resource(reader, item));
                           });
                       }),
    key<machine_parts>("networks",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.networks_at = from.where;
                           read_list(reader, from, "a list of networks", [&](const settings_node& item) {
                               parts.machine.networks.push_back(read_network(reader, item));
                           });
                       }),
    key<machine_parts>("main_network",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.machine.main_network = read_name(reader, from, "the name of a network");
                       }),
    key<machine_parts>("states",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.states_at = from.where;
                           parts.main.read_states(reader, from);
                       }),
    key<machine_parts>("arcs",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.arcs_at = from.where;
                           parts.main.read_arcs(reader, from);
                       }),
};

} // namespace

machine_description read_machine(std::string_view text, std::string_view file)
{
    settings_reader reader{file};
    const settings_node root = reader.parse_yaml_as_written(text);
    if (root.is != settings_node::kind::map) {
        if (reader.problem_count() == 0)
            reader.expected(root, "a machine");
        reader.finish();
    }
    machine_parts parts{};
    parts.machine.file = file;
    parts.machine.main_network.where = {0, 0};
    static constexpr std::array<std::string_view, 1> required{"name"};
    const std::size_t before = reader.problem_count();
    read_keys(reader, root, keys_of_machines, required, &parts);
    parts.main.network.is_whole = reader.problem_count() == before;
    machine_description& machine = parts.machine;

    if (parts.networks_at.line != 0) {
        for (const file_place& where : {parts.states_at, parts.arcs_at})
            if (where.line != 0)
                reader.wrong(where,
                             "unexpected: states and arcs at the top level are the network 'main'; write it under "
                             "networks");
        if (machine.networks.empty() && reader.problem_count() == before)
            reader.wrong(parts.networks_at, "networks: expected one at least");
        if (machine.main_network.where.line == 0)
            reader.wrong(root.where, "missing: expected main_network");
    } else if (parts.states_at.line != 0) {
        parts.main.network.name = {"main", parts.states_at};
        machine.networks.push_back(std::move(parts.main).whole(reader));
        if (machine.main_network.where.line == 0)
            machine.main_network = {"main", parts.states_at};
    } else {
        reader.wrong(root.where, "missing: expected networks, or states");
    }

    check_rules(reader, machine);
    reader.finish();
    return std::move(machine);
}

} // namespace steward::gen
