// SPDX-License-Identifier: BSL-1.0
#include "reading.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace steward::gen {

namespace {

using names_required = std::array<std::string_view, 1>;

void read_roles(settings_reader& reader, const settings_node& from, std::vector<role>& roles)
{
    if (from.is != settings_node::kind::map) {
        for (named& resource : read_names(reader, from, "names of resources, or {role: resource}"))
            roles.push_back({{}, std::move(resource)});
        return;
    }
    for (std::size_t i = 0; i != from.names.size(); ++i) {
        const auto& [name, where, is_broken] = from.names[i];
        if (name.empty() && !is_broken)
            reader.wrong(where, "expected the name of a role, got nothing");
        roles.push_back({{name, where}, read_name(reader, from.items[i], "the name of a resource")});
    }
}

void read_priority(settings_reader& reader, const settings_node& from, arc_description& arc)
{
    arc.priority =
        reader.integer(from, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max())
            .value_or(0);
}

constexpr auto no_mapping = [] {
    return "the machine's data has one type, so a network that is run on the way works on all of it";
};

// What an arc says besides where it comes from and leads to; `Whole` is the arc, or what has one.
template <class Whole, class Arc>
constexpr auto arc_keys(Arc)
{
    return std::array{
        key<Whole>("condition",
                   [](auto& reader, const settings_node& from, auto& whole) {
                       if (from.is != settings_node::kind::nothing)
                           Arc{}(whole).condition = read_condition(reader, from);
                   }),
        key<Whole>("transform", [](auto& reader, const settings_node& from,
                                   auto& whole) { read_functions(reader, from, Arc{}(whole).transforms); }),
        key<Whole>("resources", [](auto& reader, const settings_node& from,
                                   auto& whole) { read_roles(reader, from, Arc{}(whole).resources); }),
        key<Whole>("priority", [](auto& reader, const settings_node& from,
                                  auto& whole) { read_priority(reader, from, Arc{}(whole)); }),
        key<Whole>("metadata", [](auto& reader, const settings_node& from,
                                  auto& whole) { Arc{}(whole).notes = read_notes(reader, from); }),
        key<Whole>("target_network",
                   [](auto& reader, const settings_node& from, auto& whole) {
                       Arc{}(whole).network = read_name(reader, from, "the name of a network");
                   }),
        key<Whole>("return_state",
                   [](auto& reader, const settings_node& from, auto& whole) {
                       Arc{}(whole).return_state = read_name(reader, from, "the name of a state");
                   }),
        refused_key("data_mapping", no_mapping),
        refused_key("result_mapping", no_mapping),
    };
}

template <std::size_t N, std::size_t M>
constexpr auto joined(const std::array<settings_field, N>& some, const std::array<settings_field, M>& others)
{
    std::array<settings_field, N + M> all{};
    std::ranges::copy(others, std::ranges::copy(some, all.begin()).out);
    return all;
}

constexpr auto keys_of_arcs =
    joined(std::array{key<arc_description>("target",
                                           [](auto& reader, const settings_node& from, auto& arc) {
                                               arc.target = read_name(reader, from, "the name of a state");
                                           })},
           arc_keys<arc_description>([](auto& arc) -> auto& { return arc; }));

constexpr auto keys_of_arcs_between =
    joined(std::array{key<network_parts::arc_between>("from",
                                                      [](auto& reader, const settings_node& from, auto& whole) {
                                                          whole.from = read_name(reader, from, "the name of a state");
                                                      }),
                      key<network_parts::arc_between>("to",
                                                      [](auto& reader, const settings_node& from, auto& whole) {
                                                          whole.arc.target =
                                                              read_name(reader, from, "the name of a state");
                                                      })},
           arc_keys<network_parts::arc_between>([](auto& whole) -> auto& { return whole.arc; }));

// An arc leads to a state, or through a network.
void needs_a_target(settings_reader& reader, const arc_description& arc, std::string_view key)
{
    if (arc.target.where.line == 0 && arc.network.where.line == 0)
        reader.wrong(arc.where, std::string{"missing: expected "}.append(key));
    if (arc.return_state.where.line != 0 && arc.network.where.line == 0)
        reader.wrong(arc.return_state.where, "return_state: expected target_network beside it");
    else if (!arc.return_state.empty() && !arc.target.empty() && arc.target.text != arc.return_state.text)
        reader.wrong(arc.target.where, std::string{key} + ": expected '" + arc.return_state.text
                                           + "', or nothing: return_state says where it goes on");
}

[[nodiscard]] arc_description new_arc(const settings_node& from)
{
    arc_description arc{};
    arc.target.where = arc.network.where = arc.return_state.where = {0, 0};
    arc.where = from.where;
    return arc;
}

void read_state_arcs(settings_reader& reader, const settings_node& from, state_description& state)
{
    read_list(reader, from, "a list of arcs", [&](const settings_node& item) {
        arc_description arc = new_arc(item);
        read_keys(reader, item, keys_of_arcs, {}, &arc);
        if (item.is == settings_node::kind::map)
            needs_a_target(reader, arc, "target");
        state.arcs.push_back(std::move(arc));
    });
}

constexpr std::array keys_of_functions{
    key<state_description>("validate", [](auto& reader, const settings_node& from,
                                          auto& state) { read_conditions(reader, from, state.validators); }),
    key<state_description>("transform", [](auto& reader, const settings_node& from,
                                           auto& state) { read_functions(reader, from, state.transforms); }),
};

constexpr std::array keys_of_states{
    key<state_description>("name", [](auto& reader, const settings_node& from,
                                      auto& state) { state.name = read_name(reader, from, "the name of a state"); }),
    key<state_description>("is_start", [](auto& reader, const settings_node& from,
                                          auto& state) { state.is_start = read_bool(reader, from); }),
    key<state_description>(
        "is_end", [](auto& reader, const settings_node& from, auto& state) { state.is_end = read_bool(reader, from); }),
    key<state_description>("resources",
                           [](auto& reader, const settings_node& from, auto& state) {
                               state.resources = read_names(reader, from, "names of resources");
                           }),
    key<state_description>("pre_validators", [](auto& reader, const settings_node& from,
                                                auto& state) { read_conditions(reader, from, state.pre_validators); }),
    key<state_description>("validators", [](auto& reader, const settings_node& from,
                                            auto& state) { read_conditions(reader, from, state.validators); }),
    key<state_description>("transforms", [](auto& reader, const settings_node& from,
                                            auto& state) { read_functions(reader, from, state.transforms); }),
    key<state_description>("transform", [](auto& reader, const settings_node& from,
                                           auto& state) { read_functions(reader, from, state.transforms); }),
    key<state_description>("functions", [](auto& reader, const settings_node& from,
                                           auto& state) { read_keys(reader, from, keys_of_functions, {}, &state); }),
    key<state_description>(
        "arcs", [](auto& reader, const settings_node& from, auto& state) { read_state_arcs(reader, from, state); }),
    key<state_description>("emit_output",
                           [](auto& reader, const settings_node& from, auto&) {
                               if (const auto emits = reader.boolean(from); emits && !*emits)
                                   reader.wrong(from.where,
                                                "refused: a run gives its outcome to its caller; whether it "
                                                "is written anywhere is decided there, by the end of its "
                                                "path");
                           }),
    key<state_description>("run_on_failure",
                           [](auto& reader, const settings_node& from, auto&) {
                               if (const auto runs = reader.boolean(from); runs && *runs)
                                   reader.wrong(from.where, "refused: a run does not go on past a state that failed; "
                                                            "clean up where the outcome is looked at");
                           }),
    key<state_description>("metadata", [](auto& reader, const settings_node& from,
                                          auto& state) { state.notes = read_notes(reader, from); }),
};

constexpr std::array keys_of_networks{
    key<network_parts>("name",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.network.name = read_name(reader, from, "the name of a network");
                       }),
    key<network_parts>("states",
                       [](auto& reader, const settings_node& from, auto& parts) { parts.read_states(reader, from); }),
    key<network_parts>("arcs",
                       [](auto& reader, const settings_node& from, auto& parts) { parts.read_arcs(reader, from); }),
    key<network_parts>("resources",
                       [](auto& reader, const settings_node& from, auto& parts) {
                           parts.network.resources = read_names(reader, from, "names of resources");
                       }),
    key<network_parts>("metadata", [](auto& reader, const settings_node& from,
                                      auto& parts) { parts.network.notes = read_notes(reader, from); }),
};

} // namespace

void network_parts::read_states(settings_reader& reader, const settings_node& from)
{
    read_list(reader, from, "a list of states", [&](const settings_node& item) {
        state_description state{};
        state.name.where = item.where;
        read_keys(reader, item, keys_of_states, names_required{"name"}, &state);
        network.states.push_back(std::move(state));
    });
}

void network_parts::read_arcs(settings_reader& reader, const settings_node& from)
{
    static constexpr std::array<std::string_view, 1> required{"from"};
    read_list(reader, from, "a list of arcs", [&](const settings_node& item) {
        arc_between between{.arc = new_arc(item)};
        read_keys(reader, item, keys_of_arcs_between, required, &between);
        if (item.is == settings_node::kind::map)
            needs_a_target(reader, between.arc, "to");
        arcs.push_back(std::move(between));
    });
}

network_description network_parts::whole(settings_reader& reader) &&
{
    for (arc_between& between : arcs) {
        if (between.from.empty())
            continue;
        const auto state = find_named(network.states, between.from.text);
        if (state != network.states.end()) {
            state->arcs.push_back(std::move(between.arc));
            continue;
        }
        if (network.states.empty() || find_named(network.states, "") != network.states.end())
            continue; // it may be one that could not be read
        std::vector<std::string_view> names;
        for (const state_description& known : network.states)
            names.push_back(known.name.text);
        network.is_whole = false;
        reader.wrong(between.from.where,
                     "unknown state '" + between.from.text + "'" + suggestion(between.from.text, names));
    }
    return std::move(network);
}

network_description read_network(settings_reader& reader, const settings_node& from)
{
    network_parts parts{};
    parts.network.name.where = from.where;
    static constexpr std::array<std::string_view, 2> required{"name", "states"};
    const std::size_t before = reader.problem_count();
    read_keys(reader, from, keys_of_networks, required, &parts);
    parts.network.is_whole = reader.problem_count() == before;
    return std::move(parts).whole(reader);
}

} // namespace steward::gen
